"""Ink as a picture: dark on white whatever the window looks like."""

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage, QPainter, QTransform

from ui.ink.document import Stroke
from ui.ink.geometry import bounds
from ui.ink.painting import draw_strokes
from ui.theme.palette import LIGHT

MARGIN = 16.0  # source px around the ink
PIXELS = 2.0  # of a picture for each of the source
MOST_PIXELS = 8192  # of a side


def image_of(strokes: tuple[Stroke, ...], pen_width: float) -> QImage:
    """The strokes (at least one) on white, cut to size."""
    size = size_of(strokes)
    scale = min(PIXELS, MOST_PIXELS / max(size.width(), size.height()))
    image = QImage((size * scale).toSize(), QImage.Format.Format_RGB32)
    image.fill(LIGHT.paper)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter, strokes, pen_width, scale)
    painter.end()
    return image


def size_of(strokes: tuple[Stroke, ...]) -> QSizeF:
    """Of a picture of them [source px]."""
    left, top, right, bottom = bounds(strokes) or (0.0, 0.0, 0.0, 0.0)
    return QSizeF(right - left + 2 * MARGIN, bottom - top + 2 * MARGIN)


def paint(painter: QPainter, strokes: tuple[Stroke, ...], pen_width: float, scale: float) -> None:
    """Draw the strokes so that their picture begins at the painter's origin."""
    left, top, _right, _bottom = bounds(strokes) or (0.0, 0.0, 0.0, 0.0)
    move = QTransform(scale, 0, 0, scale, (MARGIN - left) * scale, (MARGIN - top) * scale)
    painter.setTransform(move, True)
    draw_strokes(painter, strokes, LIGHT.ink, pen_width)
