"""What thickness and colour of arcs mean, in one line."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.lattice.scale import HEIGHT, draw_legend
from ui.theme.theme import Theme

if TYPE_CHECKING:
    from ui.lattice.stages_view import StagesView


class Legend(QWidget):
    """Speaks of the stages that a view shows; leaves out what it has no room for."""

    def __init__(self, stages: "StagesView", theme: Theme) -> None:
        super().__init__()
        self._stages, self._theme = stages, theme
        self.setMinimumWidth(0)
        self.setFixedHeight(HEIGHT)
        stages.relaid.connect(self.update)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(260, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words, and a bar of colours between two penalties."""
        painter, palette, stages = QPainter(self), self._theme.palette, self._stages
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_legend(painter, QRectF(self.rect()), palette, stages.legend, lambda share: stages.colour(palette, share))
        painter.end()
