"""The ink of one arc as a little picture."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui.desk import Answer


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
