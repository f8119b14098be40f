"""Ink on the clipboard: as InkML for this program, as a picture for all others."""

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

from recognizer.errors import InputError
from ui.model.ink.document import Content, Stroke, strokes_of
from ui.model.ink.export import image_of, inkml
from ui.model.ink.geometry import Similarity, bounds

INKML = "application/inkml+xml"
PICTURE = "application/x-qt-image"  # Qt's name for a picture in whatever format another program takes
BESIDE = 24.0  # source px right and down of the original


class InkMime(QMimeData):
    """The strokes in every way in which they may be wanted, each made when somebody wants it."""

    def __init__(self, strokes: tuple[Stroke, ...]) -> None:
        super().__init__()
        self._strokes = strokes

    def formats(self) -> list[str]:
        """What there is."""
        return [INKML, PICTURE]

    def hasFormat(self, name: str) -> bool:
        """Is there this?"""
        return name in self.formats()

    def retrieveData(self, name: str, _preferred: object) -> object:
        """One of them."""
        if name == INKML:
            return QByteArray(inkml(Content(self._strokes)))
        return image_of(self._strokes) if name == PICTURE else None


def settle_clipboard() -> None:
    """Ink that was copied stays on the clipboard when the program ends, of which nothing may be asked any more then."""
    clipboard = QGuiApplication.clipboard()
    copied = clipboard.mimeData()
    if isinstance(copied, InkMime):
        settled = QMimeData()
        settled.setData(INKML, copied.data(INKML))
        settled.setImageData(copied.imageData())
        clipboard.setMimeData(settled)


def strokes_in(data: QMimeData) -> tuple[Stroke, ...]:
    """The strokes that were copied; none where there is no ink, or what another program calls so cannot be read."""
    from recognizer.ink import read_labelled_inkml

    if not data.hasFormat(INKML):
        return ()
    try:
        copied = read_labelled_inkml(bytes(data.data(INKML).data()))
    except InputError:
        return ()
    return strokes_of(copied.ink, copied.brushes)


def beside(strokes: tuple[Stroke, ...]) -> tuple[Stroke, ...]:
    """Copies a little right and down, so that they do not hide what they were made from."""
    shift = Similarity(dx=BESIDE, dy=BESIDE)
    return tuple(shift.of(stroke) for stroke in strokes)


def centred(strokes: tuple[Stroke, ...], x: float, y: float) -> tuple[Stroke, ...]:
    """Copies with their middle at (x, y)."""
    box = bounds(strokes)
    if box is None:
        return ()
    shift = Similarity(dx=x - (box[0] + box[2]) / 2, dy=y - (box[1] + box[3]) / 2)
    return tuple(shift.of(stroke) for stroke in strokes)
