"""Lines of text on a page: where one is looked at, and the one whose letter is pointed at or chosen."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QTransform

from ui.model.desk import Desk
from ui.model.page.document import Box
from ui.model.page.written import WrittenLine
from ui.page.fields import rectangle
from ui.theme.palette import Palette

ROOM = 4.0  # view px around a line


def across(source: object) -> Box | None:
    """Where a line of text stands, taken as wide as all text of its page; None where the source is no such line."""
    if not isinstance(source, WrittenLine):
        return None
    boxes = [source.box, *(line.box for line in source.page.text.lines)]
    return min(box[0] for box in boxes), source.box[1], max(box[2] for box in boxes), source.box[3]


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
