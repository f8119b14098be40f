"""What the colours of arcs mean, drawn as a bar between words."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter

from ui.language import tr
from ui.theme.palette import Palette

HEIGHT = 22  # px
BAR, LEAST_BAR, BAR_HEIGHT, GAP = 70.0, 20.0, 8.0, 6.0  # px
STOPS = 9


def draw_legend(
    painter: QPainter, area: QRectF, palette: Palette, ends: tuple[str, str], colour_at: Callable[[float], str]
) -> None:
    """A bar of colours between the words for its ``ends``, as far as there is room; ``colour_at`` a share of the way between them."""
    painter.setPen(QColor(palette.muted))
    low, high = ends
    advance = painter.fontMetrics().horizontalAdvance
    bar, x = min(BAR, area.width() - 3 * GAP - advance(low) - advance(high)), area.left() + GAP
    for part in (low, None, high, "   " + tr("thick: likely")) if bar >= LEAST_BAR else ():
        width = bar if part is None else advance(part)
        if x + width > area.right():
            break
        if part is None:
            _draw_bar(painter, QRectF(x, area.center().y() - BAR_HEIGHT / 2, width, BAR_HEIGHT), colour_at)
        else:
            place = QRectF(x, area.top(), width + 2, area.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, part)
        x += width + GAP


def _draw_bar(painter: QPainter, area: QRectF, colour_at: Callable[[float], str]) -> None:
    gradient = QLinearGradient(area.topLeft(), area.topRight())
    for step in range(STOPS):
        share = step / (STOPS - 1)
        gradient.setColorAt(share, QColor(colour_at(share)))
    painter.fillRect(area, gradient)
