"""Light on the ink: shared by the canvas and the page."""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.model.desk import Desk
from ui.theme.palette import Palette


def point_by_ink(desk: Desk, x: float, y: float, reach: float) -> None:
    """Light the letter, and the arcs, whose ink is at source position (x, y), within ``reach`` view pixels."""
    if desk.stale:
        return
    letter, arcs = None, frozenset[int]()
    for line, answer in enumerate(desk.answers):
        pieces = answer.ink.pieces_at(x, y, reach / desk.viewport.placement.scale)
        if pieces:
            letter = desk.passage.glyph_over(line, pieces)
            arcs = answer.lattice.arcs_over(pieces) if line == desk.line else arcs
            break
    desk.light.point_at(None if letter is None else desk.passage.glyphs[letter].span)
    desk.highlight.point_at(arcs)


def point_nowhere(desk: Desk) -> None:
    """The pointer is elsewhere."""
    desk.light.point_at(None)
    desk.highlight.point_at(frozenset())


def lit_arcs(desk: Desk) -> list[int]:
    """The arcs whose ink is to be lit: the chosen one, and one that is pointed at; many at once would light everything."""
    highlight = desk.highlight
    pointed = list(highlight.pointed)
    if desk.answer is not None and len(pointed) > 1:
        best = [arc for arc in pointed if arc in desk.answer.lattice.labels]
        pointed = best or pointed[:1]
    return pointed or ([highlight.chosen] if highlight.chosen is not None else [])


def draw_lit(painter: QPainter, desk: Desk, palette: Palette, view: QRectF) -> None:
    """Draw the lit ink and the cuts around it; the painter is in source coordinates, ``view`` in view pixels."""
    if desk.answer is None or desk.stale:
        return
    for span in (desk.light.chosen, desk.light.pointed):
        if span is not None and span.last > span.first:
            desk.answers[span.line].ink.draw(painter, span.first, span.last, palette.lit)
    lattice, arcs = desk.answer.lattice, lit_arcs(desk)
    if not arcs:
        return
    for arc in arcs:
        desk.answer.ink.draw(painter, int(lattice.first[arc]), int(lattice.last[arc]), palette.lit)
    cuts = min(int(lattice.first[arc]) for arc in arcs), max(int(lattice.last[arc]) for arc in arcs)
    painter.save()
    painter.resetTransform()
    painter.setPen(QPen(QColor(palette.lit), 1, Qt.PenStyle.DashLine))
    for cut in cuts:
        x = desk.viewport.placement.x_in_view(float(lattice.cuts[cut]))
        painter.drawLine(QLineF(x, 0, x, view.height()))
    painter.restore()
