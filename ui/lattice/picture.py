"""The ink of arcs as little pictures."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from ui.model.answer import Answer

SIDE = 30.0  # px of a picture
RING = 4.5  # px: half the side of a node


class Pictures:
    """Square pictures of the arcs of one answer, each drawn once for its colour; scrolling and zooming show them again."""

    def __init__(self, answer: Answer, ratio: float) -> None:
        self.answer, self.ratio = answer, ratio
        self._made: dict[tuple[int, str], QImage] = {}
        self._rings: dict[str, QImage] = {}

    def of(self, arc: int, colour: str) -> QImage:
        """The picture of an arc."""
        key = arc, colour
        if key not in self._made:
            picture = self._empty(SIDE)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_ink(painter, self.answer, arc, QRectF(0, 0, SIDE, SIDE), colour)
            painter.end()
            self._made[key] = picture
        return self._made[key]

    def ring(self, edge: str, ground: str) -> QImage:
        """A node of a graph."""
        if edge not in self._rings:
            picture = self._empty(2 * RING)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _draw_ring(painter, QPointF(RING, RING), edge, ground)
            painter.end()
            self._rings[edge] = picture
        return self._rings[edge]

    def draw(self, painter: QPainter, at: QPointF, arc: int, colour: str) -> None:
        """Draw the picture of an arc."""
        painter.drawImage(at, self.of(arc, colour))

    def draw_ring(self, painter: QPainter, middle: QPointF, edge: str, ground: str) -> None:
        """Draw a node."""
        painter.drawImage(middle - QPointF(RING, RING), self.ring(edge, ground))

    def _empty(self, side: float) -> QImage:
        pixels = round(side * self.ratio)
        picture = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
        picture.setDevicePixelRatio(self.ratio)
        picture.fill(Qt.GlobalColor.transparent)
        return picture


class Drawn(Pictures):
    """For drawings that go out: what are lines stays lines, sharp at any size."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer, 1.0)

    def draw(self, painter: QPainter, at: QPointF, arc: int, colour: str) -> None:
        """Draw the ink of an arc."""
        draw_ink(painter, self.answer, arc, QRectF(at, QSizeF(SIDE, SIDE)), colour)

    def draw_ring(self, painter: QPainter, middle: QPointF, edge: str, ground: str) -> None:
        """Draw a node."""
        _draw_ring(painter, middle, edge, ground)


def _draw_ring(painter: QPainter, middle: QPointF, edge: str, ground: str) -> None:
    painter.setPen(QPen(QColor(edge), 1.5))
    painter.setBrush(QColor(ground))
    painter.drawEllipse(middle, RING - 1, RING - 1)


def draw_ink(painter: QPainter, answer: Answer, arc: int, area: QRectF, colour: str) -> None:
    """Draw the ink of an arc, fitted and centred in ``area``."""
    lattice = answer.lattice
    left, top, right, bottom = lattice.boxes[arc].tolist()
    width, height = max(right - left, 1.0), max(bottom - top, 1.0)
    scale = min(area.width() / (width + 6), area.height() / (height + 6))
    painter.save()
    painter.setClipRect(area)
    painter.translate(area.center())
    painter.scale(scale, scale)
    painter.translate(-(left + right) / 2, -(top + bottom) / 2)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    answer.ink.draw(painter, int(lattice.first[arc]), int(lattice.last[arc]), colour)
    painter.restore()
