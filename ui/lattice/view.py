"""The lattice at a glance: one arc for every segment, cards of the likeliest with their ink and best classes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from ui.language import tr
from ui.lattice.area import NOTHING, Drawing, Found, LatticeArea
from ui.lattice.describe import sentence_of
from ui.lattice.picture import Drawn
from ui.model.answer import Answer
from ui.model.current_desk import CurrentDesk
from ui.model.lattice.steps import Step
from ui.model.revision import Revision
from ui.model.viewport import Placement
from ui.theme.palette import Palette
from ui.theme.theme import Theme

if TYPE_CHECKING:
    from ui.lattice.layout import LatticeLayout
    from ui.lattice.painting import LatticePainter
    from ui.model.lattice.lattice import Lattice

WIDE, LOW = 720, 180  # px: room for the legend in one line, and for none


class LatticeView(LatticeArea):
    """Segments below the ink."""

    def __init__(self, current: CurrentDesk, theme: Theme, revision: Revision) -> None:
        super().__init__(current, theme, revision, tr("Lattice"))
        self._layout: LatticeLayout | None = None
        self.watch()

    @property
    def layout_now(self) -> "LatticeLayout | None":
        """Where everything stands; None without an answer."""
        answer = self._desk.answer
        if answer is None:
            return None
        if self._layout is None:
            placed = self._desk.viewport.placement
            self._layout = _laid_out(answer.lattice, placed, self.height() - self._footer())
        return self._layout

    @property
    def _has_legend(self) -> bool:
        """Where there is little room the lattice has all of it."""
        return self.height() > LOW

    def _footer(self) -> int:
        if not self._has_legend:
            return 0
        lines = 1 if self.width() > WIDE else 2
        return lines * self.fontMetrics().height() + 10

    def forget(self) -> None:
        """Lay out again."""
        self._layout = None
        super().forget()

    def arc_under(self, x: float, y: float) -> Found:
        """The segment under a position."""
        from ui.lattice.layout import arc_at

        layout = self.layout_now
        return NOTHING if layout is None else (arc_at(layout, x, y), None)

    def cut_under(self, x: float, y: float) -> int | None:
        """The cut whose node is under a position."""
        from ui.lattice.layout import node_at

        return None if self.layout_now is None else node_at(self.layout_now, x, y)

    def walked(self, answer: Answer, step: Step) -> Found:
        """From segment to segment."""
        from ui.lattice.walk import next_arc

        return next_arc(answer.lattice, self._desk.highlight.chosen, step), None

    def sentence(self, answer: Answer) -> str:
        """The chosen segment."""
        chosen = self._desk.highlight.chosen
        if chosen is None:
            return tr("Arcs: {count:,}. Arrow keys walk along them.", count=len(answer.lattice))
        return sentence_of(answer.lattice, chosen)

    def draw(self, painter: QPainter, answer: Answer) -> None:
        """Everything, and what is what."""
        layout = self.layout_now
        if layout is not None:
            painting = self._painting(painter, answer, layout)
            painting.draw_all()
            if self._desk.constraints is not None:
                painting.draw_marks(self._desk.constraints)
            if self._has_legend:
                self.say(painter, _legend(layout), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)

    def drawing(self, answer: Answer, palette: Palette) -> Drawing:
        """All segments, and what is what."""
        from ui.lattice.painting import KEY_HEIGHT, LatticePainter

        font = self.font()

        def draw(painter: QPainter, placed: Placement, width: float, height: float) -> None:
            layout = _laid_out(answer.lattice, placed, height - KEY_HEIGHT)
            painting = LatticePainter(painter, Drawn(answer), layout, palette, font)
            painting.draw_all()
            painting.draw_key(QRectF(0, height - KEY_HEIGHT, width, KEY_HEIGHT))

        return draw

    def draw_light(self, painter: QPainter, answer: Answer) -> None:
        """What is pointed at, chosen or followed."""
        layout, highlight = self.layout_now, self._desk.highlight
        if layout is not None:
            lit = highlight.pointed or (highlight.path.segments if highlight.path else frozenset())
            self._painting(painter, answer, layout).draw_lit(lit, highlight.chosen)

    def _painting(self, painter: QPainter, answer: Answer, layout: "LatticeLayout") -> "LatticePainter":
        from ui.lattice.painting import LatticePainter

        return LatticePainter(painter, self.pictures(answer), layout, self._theme.palette, self.font())


def _laid_out(lattice: "Lattice", placed: Placement, height: float) -> "LatticeLayout":
    from ui.lattice.layout import lay_out

    nodes = [placed.x_in_view(x) for x in lattice.cuts.tolist()]
    return lay_out(nodes, lattice.first, lattice.last, lattice.prominence, lattice.best, height)


def _legend(layout: "LatticeLayout") -> str:
    text = tr("Best path above the cuts, the other arcs below: {count:,}", count=len(layout.arcs) - len(layout.best))
    if layout.without_card:
        text += tr(
            "; {without_card:,} without a picture: point at their lines, or zoom in",
            without_card=layout.without_card,
        )
    return text + "."
