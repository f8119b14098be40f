"""The stages of a reading below the ink, one or all of them: every arc of every graph, as far as the beam lets it through."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter

from ui.language import titled, tr
from ui.lattice.area import NOTHING, Drawing, Found, LatticeArea
from ui.lattice.describe import sentence_of_arc
from ui.lattice.picture import Drawn
from ui.lattice.scale import HEIGHT as LEGEND_HEIGHT
from ui.lattice.scale import draw_legend
from ui.model.answer import Answer
from ui.model.current_desk import CurrentDesk
from ui.model.lattice.steps import StageArc, Step
from ui.model.revision import Revision
from ui.model.viewport import Placement
from ui.theme.palette import Palette, ramp_colour
from ui.theme.theme import Theme

if TYPE_CHECKING:
    import numpy as np

    from ui.lattice.band_painting import BandPainter
    from ui.lattice.bands import Band
    from ui.lattice.shown_arcs import ShownArcs
    from ui.model.lattice.paths import LatticePath

ALL = -1  # in place of the number of a stage
ACROSS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
LEAST_TINT = 0.02
MOST_LIT = 400  # arcs of a band that are lit at once


class StagesView(LatticeArea):
    """Bands of stages. ``stage`` is the one that is shown, or ALL; ``margin`` the beam [nats]."""

    relaid = Signal()

    def __init__(self, current: CurrentDesk, theme: Theme, revision: Revision) -> None:
        super().__init__(current, theme, revision, tr("Stages of the reading"))
        self.stage, self.margin = ALL, 6.0
        self._selections: tuple[ShownArcs, ...] | None = None
        self._selected_of: Answer | None = None
        self._bands: tuple[Band, ...] | None = None
        self._tints: dict[int, np.ndarray] = {}
        self._path: LatticePath | None = None  # the path that bands make room for
        self.watch()

    def show_stage(self, stage: int) -> None:
        """Show one stage, or ALL."""
        if stage != self.stage:
            self.stage = stage
            self._reselect()

    def set_margin(self, margin: float) -> None:
        """Show arcs on paths that are worse than the best by at most so much [nats]."""
        if margin != self.margin:
            self.margin = margin
            self._reselect()

    def tint(self, tints: "dict[int, np.ndarray]") -> None:
        """Colour the arcs of stages by values in -1..1 in place of their penalties."""
        self._tints = tints
        self._reselect()

    @property
    def bands(self) -> "tuple[Band, ...]":
        """Where everything stands."""
        answer = self._desk.answer
        if answer is None:
            return ()
        if self._bands is None:
            from ui.lattice.bands import bands_of

            self._bands = bands_of(self.selections, self._desk.viewport.placement, self.width(), self.height())
        return self._bands

    @property
    def selections(self) -> "tuple[ShownArcs, ...]":
        """Which arcs of which stages are shown."""
        answer = self._desk.answer
        if answer is None:
            return ()
        if self._selections is None:
            self._selections = self._select(answer)
        return self._selections

    def _select(self, answer: Answer) -> "tuple[ShownArcs, ...]":
        """What is within the beam; and however unlikely it is, the path that is followed, and arcs that have a tint."""
        import numpy as np

        from ui.lattice.shown_arcs import NONE, shown_arcs

        stages = answer.lattice.stages
        shown = range(len(stages)) if self.stage == ALL else [min(self.stage, len(stages) - 1)]
        also = {} if self._path is None else dict(self._path.arcs)
        for stage, values in self._tints.items():
            also[stage] = np.union1d(also.get(stage, NONE), np.flatnonzero(np.abs(values) >= LEAST_TINT))
        return tuple(shown_arcs(n, stages[n], self.margin, also.get(n, NONE)) for n in shown)

    def _reselect(self) -> None:
        self._selections = None
        self.forget()

    def on_light(self) -> None:
        """Another path may be followed, which is shown whatever the beam."""
        if self._desk.highlight.path is not self._path:
            self._path = self._desk.highlight.path
            self._reselect()
        super().on_light()

    def forget(self) -> None:
        """Lay out again."""
        if self._desk.answer is not self._selected_of:
            self._selected_of, self._selections = self._desk.answer, None
        self._bands = None
        super().forget()
        self.relaid.emit()

    @property
    def legend(self) -> tuple[str, str]:
        """What the ends of the ramp stand for."""
        if self._tints:
            return tr("penalty will fall"), tr("rise")
        answer = self._desk.answer
        if answer is None or len(self.bands) != 1:
            return tr("penalty: low"), tr("high")
        selection = self.bands[0].selection
        return tr("penalty: {low:.1f}", low=selection.low), tr("{high:.1f} nats", high=selection.high)

    def colour(self, palette: Palette, share: float) -> str:
        """The colour at ``share`` of the way along the ramp in use."""
        from ui.lattice.band_painting import tint_colour

        return tint_colour(palette, share) if self._tints else ramp_colour(palette, share)

    def event(self, event: QEvent) -> bool:
        """Page Up and Page Down go from stage to stage here, whatever they do elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in ACROSS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Also across the stages."""
        by = ACROSS.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.across(by)

    def arc_under(self, x: float, y: float) -> Found:
        """The arc under a position."""
        from ui.lattice.bands import arc_at

        return self._found(arc_at(self.bands, x, y))

    def cut_under(self, x: float, y: float) -> int | None:
        """The cut whose node, in any lane, is under a position."""
        from ui.lattice.bands import x_of_node_at

        node, answer = x_of_node_at(self.bands, x, y), self._desk.answer
        if node is None or answer is None:
            return None
        source = (node - self._desk.viewport.placement.left) / self._desk.viewport.placement.scale
        return int(abs(answer.lattice.cuts - source).argmin())

    def walked(self, answer: Answer, step: Step) -> Found:
        """Along the graph of the chosen arc, or of the first one shown."""
        from ui.lattice.walk import next_arc

        at = self._desk.highlight.chosen_at
        if at is None or at.stage not in [band.stage for band in self.bands]:
            at = StageArc(self.bands[0].stage, -1)
        arc = next_arc(answer.lattice.stages[at.stage], at.arc if at.arc >= 0 else None, step)
        return NOTHING if arc is None else self._found(StageArc(at.stage, arc))

    def across(self, by: int) -> None:
        """Go from the chosen arc to the one it was made from (-1), or to the likeliest that was made from it (+1)."""
        answer, at = self._desk.answer, self._desk.highlight.chosen_at
        if answer is None or at is None or not 0 <= at.stage + by < len(answer.lattice.stages):
            return
        arcs = _thread(answer, at)[at.stage + by]
        if len(arcs):
            shares = answer.lattice.stages[at.stage + by].shares[arcs]
            self._desk.highlight.choose(*self._found(StageArc(at.stage + by, int(arcs[int(shares.argmax())]))))

    def _found(self, at: StageArc | None) -> Found:
        if at is None or self._desk.answer is None:
            return NOTHING
        segment = int(self._desk.answer.lattice.stages[at.stage].segment[at.arc])
        return (None if segment < 0 else segment), at

    def sentence(self, answer: Answer) -> str:
        """The chosen arc."""
        at = self._desk.highlight.chosen_at
        if at is None:
            shown = ", ".join(titled(answer.lattice.stages[band.stage].name) for band in self.bands)
            return tr(
                "Stages shown: {shown}. Arrow keys walk along arcs, Page Up and Page Down go from stage to stage.",
                shown=shown,
            )
        return sentence_of_arc(answer.lattice.stages[at.stage], at.arc)

    def draw(self, painter: QPainter, answer: Answer) -> None:
        """All bands."""
        placed = self._desk.viewport.placement
        cuts = [placed.x_in_view(x) for x in answer.lattice.cuts.tolist()]
        painting = self._painting(painter, answer)
        painting.draw(self.bands, cuts, self.width())
        if self._desk.constraints is not None:
            for band in self.bands:
                painting.mark(band, self._desk.constraints, cuts)

    def drawing(self, answer: Answer, palette: Palette) -> Drawing:
        """All bands that are shown, and what their colours mean."""
        from ui.lattice.band_painting import BandPainter, tint_colour
        from ui.lattice.bands import bands_of

        colour_at = tint_colour if self._tints else ramp_colour

        selections, tints, font, ends = self._select(answer), self._tints, self.font(), self.legend

        def draw(painter: QPainter, placed: Placement, width: float, height: float) -> None:
            painting = BandPainter(painter, Drawn(answer), palette, font, tints)
            cuts = [placed.x_in_view(x) for x in answer.lattice.cuts.tolist()]
            painting.draw(bands_of(selections, placed, width, height - LEGEND_HEIGHT), cuts, width)
            painter.setFont(font)
            area = QRectF(0, height - LEGEND_HEIGHT, width, LEGEND_HEIGHT)
            draw_legend(painter, area, palette, ends, lambda share: colour_at(palette, share))

        return draw

    def draw_light(self, painter: QPainter, answer: Answer) -> None:
        """The thread of the arc that is pointed at or chosen through all stages, or the arcs of the ink pointed at."""
        painting = self._painting(painter, answer)
        for band in self.bands:
            arcs, named = self.lit(answer, band)
            if len(arcs):
                painting.light(band, arcs[:MOST_LIT], chips=named)

    def lit(self, answer: Answer, band: "Band") -> "tuple[np.ndarray, bool]":
        """The arcs of a band that stand in the light, and whether with their names."""
        import numpy as np

        highlight, stages = self._desk.highlight, answer.lattice.stages
        at = highlight.pointed_at or (highlight.chosen_at if not highlight.pointed else None)
        if at is not None:
            arcs = _thread(answer, at)[band.stage]
            best = np.array([arc for arc in arcs.tolist() if arc in stages[band.stage].best], np.int64)
            return (best if len(best) and band.stage > at.stage else arcs), len(arcs) <= 3 or len(best) > 0
        segments = highlight.pointed or (frozenset({highlight.chosen}) if highlight.chosen is not None else frozenset())
        if segments:
            stage = stages[band.stage]
            mine = np.flatnonzero(np.isin(stage.segment, list(segments)))
            best = np.array([arc for arc in mine.tolist() if arc in stage.best], np.int64)
            return (best if len(best) else mine), len(best) > 0
        if highlight.path is not None and band.stage in highlight.path.arcs:
            return highlight.path.arcs[band.stage], True
        return np.empty(0, np.int64), False

    def _painting(self, painter: QPainter, answer: Answer) -> "BandPainter":
        from ui.lattice.band_painting import BandPainter

        return BandPainter(painter, self.pictures(answer), self._theme.palette, self.font(), self._tints)


def _thread(answer: Answer, at: StageArc) -> "list[np.ndarray]":
    """For every stage the arcs that one arc was made from, itself, and those that were made from it."""
    trace = answer.reading.trace
    return trace.thread(trace.names[at.stage], at.arc)
