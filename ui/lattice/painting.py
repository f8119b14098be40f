"""The lattice on a QPainter, in view pixels."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from ui.language import tr
from ui.lattice.layout import CARD_HEIGHT, CARD_WIDTH, ArcShape, LatticeLayout, Rect
from ui.lattice.marks import draw_mark
from ui.lattice.picture import SIDE, Pictures
from ui.theme.palette import Palette, faintest, mixed

if TYPE_CHECKING:
    from recognizer.readers.reread import Constraints

KEY_HEIGHT, KEY_LINE, KEY_GAP = 26.0, 28.0, 8.0  # px, of the line that says what is what
NODE_RADIUS = 4.0
CARD_RADIUS = 6.0
NO_ROOM = "\u2013"  # in place of a word that its card is too narrow for


class LatticePainter:
    """Draws one lattice; an arc that is pointed at or chosen gets a card even where there was no room for one."""

    def __init__(
        self, painter: QPainter, pictures: Pictures, layout: LatticeLayout, palette: Palette, font: QFont
    ) -> None:
        self._painter, self._pictures, self._layout, self._palette = painter, pictures, layout, palette
        self._lattice = pictures.answer.lattice
        self._large = QFont(font)
        self._large.setPixelSize(17)
        self._large.setBold(True)
        self._small = QFont(font)
        self._small.setPixelSize(11)
        self._word = QFont(font)
        self._word.setPixelSize(10)

    def draw_all(self) -> None:
        """Guides, faint arcs with their cards, the best path, nodes."""
        self._guides()
        best = [shape for shape in self._layout.arcs if shape.arc in self._layout.best]
        others = [shape for shape in self._layout.arcs if shape.arc not in self._layout.best]
        others.sort(key=lambda shape: self._share(shape.arc))
        for shape in others:
            self._line(shape, self._faint(shape.arc), 1.0 + 1.2 * self._share(shape.arc))
        for shape in others:
            if shape.card is not None:
                self._card(shape, shape.card, self._faint(shape.arc))
        for shape in best:
            self._line(shape, self._palette.accent, 3.0)
        for shape in best:
            if shape.card is not None:
                self._card(shape, shape.card, self._palette.accent)
        self._nodes()

    def draw_key(self, area: QRectF) -> None:
        """What the lines mean."""
        self._painter.setFont(self._small)
        x, y = area.left() + KEY_GAP, area.center().y()
        lines = (self._palette.accent, 3.0), (self._palette.muted, 2.2), (faintest(self._palette), 1.0)
        for words, (colour, width) in zip((tr("best path"), tr("likely"), tr("unlikely")), lines, strict=True):
            self._painter.setPen(QPen(QColor(colour), width))
            self._painter.drawLine(QLineF(x, y, x + KEY_LINE, y))
            self._painter.setPen(QColor(self._palette.muted))
            wide = self._painter.fontMetrics().horizontalAdvance(words)
            place = QRectF(x + KEY_LINE + KEY_GAP, area.top(), wide + 2, area.height())
            self._painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
            x = place.right() + 2 * KEY_GAP

    def draw_marks(self, constraints: "Constraints") -> None:
        """Marks at the arcs and nodes that are forced or forbidden."""
        for marks, forced in ((constraints.forced, True), (constraints.forbidden, False)):
            for mark in marks:
                shape = self._layout.arcs[mark.segment]
                card = shape.card or self._room_for(shape)
                draw_mark(self._painter, card.left + card.width, card.top + 2, self._palette, forced=forced)
        for cuts, forced in ((constraints.forced_cuts, True), (constraints.forbidden_cuts, False)):
            for cut in cuts:
                draw_mark(self._painter, self._layout.nodes[cut], self._layout.node_y, self._palette, forced=forced)

    def draw_lit(self, pointed: frozenset[int], chosen: int | None) -> None:
        """What is pointed at or chosen, over the rest."""
        lit = [self._layout.arcs[arc] for arc in sorted(pointed | ({chosen} if chosen is not None else set()))]
        for shape in lit:
            strong = shape.arc in self._layout.best or shape.arc == chosen or len(lit) == 1
            self._line(shape, self._palette.lit, 3.4 if strong else 2.0)
        for shape in lit:
            if shape.card is not None or len(pointed) == 1 or shape.arc == chosen:
                self._card(shape, shape.card or self._room_for(shape), self._palette.lit, lit=True)

    def _share(self, arc: int) -> float:
        return float(self._lattice.shares[arc])

    def _faint(self, arc: int) -> str:
        return mixed(faintest(self._palette), self._palette.muted, self._share(arc))

    @staticmethod
    def _room_for(shape: ArcShape) -> Rect:
        middle = (shape.start + shape.end) / 2
        return Rect(middle - CARD_WIDTH / 2, shape.apex - CARD_HEIGHT / 2, CARD_WIDTH, CARD_HEIGHT)

    def _guides(self) -> None:
        self._painter.setPen(QPen(QColor(self._palette.line), 1))
        for x in self._layout.nodes:
            self._painter.drawLine(QLineF(x, 0, x, self._layout.node_y))

    def _nodes(self) -> None:
        self._painter.setPen(QPen(QColor(self._palette.edge), 1.5))
        self._painter.setBrush(QColor(self._palette.paper))
        for x in self._layout.nodes:
            self._painter.drawEllipse(QPointF(x, self._layout.node_y), NODE_RADIUS, NODE_RADIUS)

    def _line(self, shape: ArcShape, colour: str, width: float) -> None:
        y = self._layout.node_y
        control = y + (shape.apex - y) * 4 / 3
        path = QPainterPath(QPointF(shape.start, y))
        path.cubicTo(shape.start, control, shape.end, control, shape.end, y)
        self._painter.setPen(QPen(QColor(colour), width))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPath(path)

    def _card(self, shape: ArcShape, card: Rect, edge: str, lit: bool = False) -> None:
        best = shape.arc in self._layout.best
        area = QRectF(card.left, card.top, card.width, card.height)
        self._painter.setPen(QPen(QColor(edge), 2.0 if best or lit else 1.0))
        self._painter.setBrush(QColor(self._palette.lit_wash if lit else self._palette.raised))
        self._painter.drawRoundedRect(area, CARD_RADIUS, CARD_RADIUS)
        if card.width < SIDE:
            self._text(area, self._lattice.name(shape.arc), self._large, self._palette.text)
            return
        ink = self._palette.lit if lit else self._palette.ink
        self._pictures.draw(self._painter, QPointF(card.left + 4, card.top + 3), shape.arc, ink)
        self._classes(shape.arc, QRectF(card.left + SIDE + 5, card.top + 1, card.width - SIDE - 7, card.height - 2))

    def _classes(self, arc: int, area: QRectF) -> None:
        lattice = self._lattice
        ranked = [name for name, _penalty in lattice.ranked_classes(arc)]
        name = lattice.name(arc)
        second = next((other for other in ranked if other != name), "")
        upper = QRectF(area.left(), area.top(), area.width(), area.height() * 0.6)
        lower = QRectF(area.left(), area.top() + area.height() * 0.56, area.width(), area.height() * 0.4)
        is_character = name != lattice.classes[-1]
        self._text(upper, name, self._large, self._palette.text if is_character else self._palette.muted)
        self._text(lower, second, self._small, self._palette.muted)

    def _text(self, area: QRectF, text: str, font: QFont, colour: str) -> None:
        self._painter.setFont(font if len(text) <= 2 else self._word)
        if self._painter.fontMetrics().horizontalAdvance(text) > area.width():
            text = NO_ROOM
        self._painter.setPen(QColor(colour))
        self._painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
