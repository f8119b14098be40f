"""Ink on the clipboard: as InkML for this program, as a picture for all others."""

from PySide6.QtCore import QMimeData

from recognizer.errors import InputError
from ui.ink.document import Content, Stroke, strokes_of
from ui.ink.export import image_of, inkml
from ui.ink.geometry import Similarity, bounds

INKML = "application/inkml+xml"
BESIDE = 24.0  # source px right and down of the original


def mime_of(strokes: tuple[Stroke, ...], pen_width: float) -> QMimeData:
    """The strokes, in every way in which they may be wanted."""
    data = QMimeData()
    data.setData(INKML, inkml(Content(strokes)))
    data.setImageData(image_of(strokes, pen_width))
    return data


def strokes_in(data: QMimeData) -> tuple[Stroke, ...]:
    """The strokes that were copied; none where there is no ink, or what another program calls so cannot be read."""
    from recognizer.ink import read_inkml

    if not data.hasFormat(INKML):
        return ()
    try:
        return strokes_of(read_inkml(bytes(data.data(INKML).data())))
    except InputError:
        return ()


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
