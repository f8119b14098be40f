"""Light on the ink: shared by the canvas and the page."""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.desk import Desk
from ui.theme.palette import Palette


def point_by_ink(desk: Desk, x: float, y: float, reach: float) -> None:
    """Light the arcs whose ink is at source position (x, y), within ``reach`` view pixels."""
    if desk.answer is None or desk.stale:
        return
    pieces = desk.answer.ink.pieces_at(x, y, reach / desk.viewport.placement.scale)
    desk.spotlight.point_at(desk.answer.lattice.arcs_over(pieces))


def lit_arcs(desk: Desk) -> list[int]:
    """The arcs whose ink is to be lit: the chosen one, and one that is pointed at; many at once would light everything."""
    spot = desk.spotlight
    pointed = list(spot.pointed)
    if desk.answer is not None and len(pointed) > 1:
        best = [arc for arc in pointed if arc in desk.answer.lattice.labels]
        pointed = best or pointed[:1]
    return pointed or ([spot.chosen] if spot.chosen is not None else [])


def draw_lit(painter: QPainter, desk: Desk, palette: Palette, view: QRectF) -> None:
    """Draw the lit ink and the two cuts around it; the painter is in source coordinates, ``view`` in view pixels."""
    if desk.answer is None or desk.stale:
        return
    for arc in lit_arcs(desk):
        lattice = desk.answer.lattice
        first, last = int(lattice.first[arc]), int(lattice.last[arc])
        desk.answer.ink.draw(painter, first, last, palette.lit)
        painter.save()
        painter.resetTransform()
        painter.setPen(QPen(QColor(palette.lit), 1, Qt.PenStyle.DashLine))
        for cut in (first, last):
            x = desk.viewport.placement.x_in_view(float(lattice.cuts[cut]))
            painter.drawLine(QLineF(x, 0, x, view.height()))
        painter.restore()
