"""Ink as a small picture, for lists."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from ui.model.ink.document import strokes_of
from ui.model.ink.geometry import bounds
from ui.model.ink.painting import path_of, pen
from ui.model.viewport import fitted
from ui.theme.palette import Palette

if TYPE_CHECKING:
    from recognizer.ink import Ink

PEN = 1.6  # px of the picture
MARGIN = 4.0


def ink_picture(ink: "Ink", size: QSize, ratio: float, palette: Palette) -> QPixmap:
    """The ink on transparent ground, as large as fits, at the left."""
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    strokes = strokes_of(ink)
    box = bounds(strokes)
    if box is None:
        return picture
    placed = fitted(box, size.width(), size.height(), MARGIN, 1.0)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(placed.transform, True)
    painter.setPen(pen(palette.ink, PEN / placed.scale))
    for stroke in strokes:
        painter.drawPath(path_of(stroke.points))
    painter.end()
    return picture
