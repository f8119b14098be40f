"""The line of text on a page whose letter is pointed at or chosen."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QTransform

from ui.model.desk import Desk
from ui.model.page.written import WrittenLine
from ui.page.fields import rectangle
from ui.theme.palette import Palette

ROOM = 4.0  # view px around a line


def draw_lit_line(painter: QPainter, desk: Desk, placed: QTransform, palette: Palette) -> None:
    """A frame around the line of the light; the painter is in view coordinates."""
    span = desk.light.pointed or desk.light.chosen
    if span is None or span.line >= len(desk.answers):
        return
    source = desk.answers[span.line].source
    if isinstance(source, WrittenLine):
        painter.setPen(QPen(QColor(palette.lit), 1.5))
        area: QRectF = placed.mapRect(rectangle(source.box))
        painter.drawRoundedRect(area.adjusted(-ROOM, -ROOM, ROOM, ROOM), ROOM, ROOM)
