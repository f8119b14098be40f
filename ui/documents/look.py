"""A file of a queue as pages to look at: ink becomes a picture of itself."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from ui.ink.export import image_of
from ui.opening import OpenedInk, OpenedPages, halvings, open_source

if TYPE_CHECKING:
    import numpy as np

PEN_WIDTH = 3.0  # px of ink in pictures
IS_INK = "This is ink. To look into how it was read, open the file by itself."


def pages_of(file: Path) -> OpenedPages:
    """The pages of a file. Raises InputError, OSError."""
    opened = open_source(file, file.name, lambda _done, _total: None)
    if not isinstance(opened, OpenedInk):
        return opened
    from recognizer.page import Page

    grey = _grey(image_of(opened.content.strokes, PEN_WIDTH))
    return OpenedPages(file.name, (Page(grey),), (halvings(grey),), unread=IS_INK)


def _grey(image: QImage) -> "np.ndarray":
    """(H, W) uint8"""
    import numpy as np

    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].copy()
