"""What thickness and colour of arcs mean, in one line."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.language import tr
from ui.theme.theme import Theme

if TYPE_CHECKING:
    from ui.lattice.stages_view import StagesView

BAR, LEAST_BAR = 70.0, 20.0  # px
STOPS = 9


class Legend(QWidget):
    """Speaks of the stages that a view shows; leaves out what it has no room for."""

    def __init__(self, stages: "StagesView", theme: Theme) -> None:
        super().__init__()
        self._stages, self._theme = stages, theme
        self.setMinimumWidth(0)
        self.setFixedHeight(22)
        stages.relaid.connect(self.update)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(260, 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words, and a bar of colours between two penalties."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._theme.palette.muted))
        x = 6.0
        low, high = self._stages.legend
        advance = self.fontMetrics().horizontalAdvance
        bar = min(BAR, self.width() - 3 * x - advance(low) - advance(high))
        parts = (low, None, high, "   " + tr("thick: likely")) if bar >= LEAST_BAR else ()
        for part in parts:
            width = bar if part is None else advance(part)
            if x + width > self.width():
                break
            if part is None:
                self._bar(painter, QRectF(x, 7, width, 8))
            else:
                area = QRectF(x, 0, width + 2, self.height())
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, part)
            x += width + 6
        painter.end()

    def _bar(self, painter: QPainter, area: QRectF) -> None:
        palette = self._theme.palette
        gradient = QLinearGradient(area.topLeft(), area.topRight())
        for step in range(STOPS):
            share = step / (STOPS - 1)
            gradient.setColorAt(share, QColor(self._stages.colour(palette, share)))
        painter.fillRect(area, gradient)
