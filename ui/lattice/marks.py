"""How forced and forbidden things are marked: a check or a cross in the colours of accepted and refused, never colour alone."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ui.theme.palette import Palette

SIZE = 7.0  # half the width of a mark


def draw_mark(painter: QPainter, x: float, y: float, palette: Palette, *, forced: bool) -> None:
    """A mark centred at a position."""
    colour = QColor(palette.accepted if forced else palette.refused)
    area = QRectF(x - SIZE, y - SIZE, 2 * SIZE, 2 * SIZE)
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(QColor(palette.paper))
    painter.drawEllipse(area)
    sign = QPainterPath(QPointF(x - 3, y + 0.5 if forced else y - 3))
    if forced:
        sign.lineTo(x - 0.5, y + 3)
        sign.lineTo(x + 3.5, y - 3)
    else:
        sign.lineTo(x + 3, y + 3)
        sign.moveTo(x - 3, y + 3)
        sign.lineTo(x + 3, y - 3)
    painter.setPen(QPen(colour, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(sign)
