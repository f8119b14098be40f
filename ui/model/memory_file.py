"""Memory that Qt's writers take for a file, so that files themselves are written in one place, whole or not at all."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter


class MemoryFile(QBuffer):
    """Open for writing."""

    def __init__(self) -> None:
        super().__init__()
        self.open(QIODevice.OpenModeFlag.WriteOnly)

    def bytes(self) -> bytes:
        """What was written."""
        return bytes(self.data().data())


def png_of(image: QImage) -> bytes:
    """A picture as a file."""
    file = MemoryFile()
    QImageWriter(file, QByteArray(b"PNG")).write(image)
    return file.bytes()
