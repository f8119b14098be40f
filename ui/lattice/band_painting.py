"""The bands of the stages on a QPainter, in view pixels: thickness tells how likely an arc is, colour its penalty."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from ui.language import titled, tr
from ui.lattice.bands import CROWDED, NODES, TITLE, Band
from ui.lattice.layout import Rect
from ui.lattice.marks import draw_mark
from ui.lattice.picture import Pictures
from ui.lattice.shown_arcs import CHIP_HEIGHT, PICTURE_CHIP
from ui.model.lattice.stage import StageGraph
from ui.theme.palette import Palette, faintest, mixed, ramp_colour

if TYPE_CHECKING:
    from recognizer.readers.reread import Constraints

COLOURS = 12  # steps of the ramp that lines are drawn in
LIKELY = 0.02  # posterior from which on a line is more than a hair
THICKEST = 4.5  # px, of a line that is certain
MANY = 1500  # hair lines: more are drawn without smoothing


class BandPainter:
    """Draws bands of one answer. ``tints``: for a stage a value (A,) of each arc in -1..1 that takes the place of its penalty."""

    def __init__(
        self,
        painter: QPainter,
        pictures: Pictures,
        palette: Palette,
        font: QFont,
        tints: Mapping[int, np.ndarray],
    ) -> None:
        self._painter, self._pictures, self._palette, self._tints = painter, pictures, palette, tints
        self._stages = pictures.answer.lattice.stages
        self._font = QFont(font)
        self._font.setPixelSize(13)
        self._bold = QFont(self._font)
        self._bold.setBold(True)

    def draw(self, bands: Sequence[Band], cuts: Sequence[float], width: float) -> None:
        """Everything, and guides at the cuts."""
        bottom = max((band.top + band.height for band in bands), default=0.0)
        self._painter.setPen(QPen(QColor(self._palette.line), 1))
        if len(cuts) < 2 or (cuts[-1] - cuts[0]) / (len(cuts) - 1) >= CROWDED:
            self._painter.drawLines([QLineF(x, 0, x, bottom) for x in cuts if 0 <= x <= width])
        for band in bands:
            self._painter.save()
            self._painter.setClipRect(QRectF(0, band.top, width, band.height))
            self._lines(band)
            self._nodes(band)
            self._chips(band)
            self._painter.restore()
            self._heading(band, width)

    def light(self, band: Band, arcs: np.ndarray, *, chips: bool) -> None:
        """Draw some arcs of a band in the light, with their names or without."""
        lit = np.flatnonzero(np.isin(band.arcs, arcs))
        self._painter.save()
        self._painter.setClipRect(QRectF(0, band.top, 1e6, band.height))
        self._painter.setPen(QPen(QColor(self._palette.lit), 2.6))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for line in band.lines[lit].tolist():
            self._painter.drawPath(_path([line]))
        if chips:
            for i in lit.tolist():
                arc = int(band.arcs[i])
                card = band.chips.get(arc) or self._room_for(band, i)
                self._chip(self._stages[band.stage], arc, card, QColor(self._palette.lit), self._palette.lit_wash)
        self._painter.restore()

    def mark(self, band: Band, constraints: "Constraints", cuts: Sequence[float]) -> None:
        """Marks at the arcs that are forced or forbidden where they are read, and in the first band at cuts."""
        stage = self._stages[band.stage]
        for marks, forced in ((constraints.forced, True), (constraints.forbidden, False)):
            for arc, chip in band.chips.items():
                label = 0 if stage.pictured else int(stage.read[arc])
                if (int(stage.segment[arc]), label) in marks:
                    draw_mark(self._painter, chip.left + chip.width, chip.top + 2, self._palette, forced=forced)
        if stage.pictured:
            for marked, forced in ((constraints.forced_cuts, True), (constraints.forbidden_cuts, False)):
                for cut in marked:
                    draw_mark(self._painter, cuts[cut], band.top + TITLE + NODES, self._palette, forced=forced)

    def _lines(self, band: Band) -> None:
        arcs, lines = band.arcs[band.drawn], band.lines[band.drawn]
        widths, steps = self._widths(band.stage, arcs), self._steps(band)[band.drawn]
        colours = self._colours(band.stage)
        thin, thick = np.flatnonzero(widths <= 1), np.flatnonzero(widths > 1)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(thin) <= MANY)
        for step in range(COLOURS - 1, -1, -1):
            self._painter.setPen(QPen(colours[step], 0))
            self._draw_hairs(lines[thin[steps[thin] == step]])
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for i in thick[np.argsort(widths[thick])].tolist():
            self._painter.setPen(QPen(colours[steps[i]], float(widths[i]), c=Qt.PenCapStyle.RoundCap))
            self._painter.drawPath(_path([lines[i].tolist()]))

    def _draw_hairs(self, lines: np.ndarray) -> None:
        straight = lines[:, 4] == 0
        self._painter.drawLines([QLineF(*line[:4]) for line in lines[straight].tolist()])
        if not straight.all():
            self._painter.drawPath(_path(lines[~straight].tolist()))

    def _widths(self, stage: int, arcs: np.ndarray) -> np.ndarray:
        share = np.abs(self._tints[stage][arcs]) if stage in self._tints else self._stages[stage].shares[arcs]
        widths: np.ndarray = np.where(share >= LIKELY, 1.2 + (THICKEST - 1.2) * share, 1.0)
        return widths

    def _steps(self, band: Band) -> np.ndarray:
        """(n,) the step of the ramp of each arc in view."""
        tint = self._tints.get(band.stage)
        place = band.selection.heat[band.seen] if tint is None else (1 - tint[band.arcs]) / 2
        steps: np.ndarray = np.rint(place * (COLOURS - 1)).astype(int)
        return steps

    def _colours(self, stage: int) -> list[QColor]:
        colour = tint_colour if stage in self._tints else ramp_colour
        return [QColor(colour(self._palette, step / (COLOURS - 1))) for step in range(COLOURS)]

    def _nodes(self, band: Band) -> None:
        points = [QPointF(x, y) for x, y in zip(band.node_x.tolist(), band.node_y.tolist(), strict=True)]
        columns = np.unique(band.node_x)
        crowded = len(np.unique(np.round(band.node_y))) > 8 or float(np.diff(columns).min(initial=CROWDED)) < CROWDED
        if crowded:  # dots in place of rings, which take long where there are thousands
            self._painter.setPen(QPen(QColor(self._palette.edge), 2.5, c=Qt.PenCapStyle.SquareCap))
            self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            self._painter.drawPoints(QPolygonF(points))
            self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            return
        for point in points:
            self._pictures.draw_ring(self._painter, point, self._palette.edge, self._palette.raised)

    def _chips(self, band: Band) -> None:
        stage = self._stages[band.stage]
        steps = dict(zip(band.arcs.tolist(), self._steps(band).tolist(), strict=True))
        colours = self._colours(band.stage)
        for arc, card in reversed(band.chips.items()):
            edge = QColor(self._palette.accent) if arc in stage.best else colours[steps[arc]]
            self._chip(stage, arc, card, edge, self._palette.raised)

    def _chip(self, stage: StageGraph, arc: int, card: Rect, edge: QColor, ground: str) -> None:
        area = QRectF(card.left, card.top, card.width, card.height)
        best = arc in stage.best
        self._painter.setPen(QPen(edge, 2.0 if best else 1.0))
        self._painter.setBrush(QColor(ground))
        self._painter.drawRoundedRect(area, 5, 5)
        if stage.pictured:
            self._pictures.draw(self._painter, QPointF(card.left + 2, card.top + 2), arc, self._palette.ink)
            return
        wrote = bool(stage.texts[stage.written[arc]])
        self._painter.setFont(self._bold if best else self._font)
        self._painter.setPen(QColor(self._palette.text if wrote else self._palette.muted))
        self._painter.drawText(area, Qt.AlignmentFlag.AlignCenter, stage.label(arc))

    def _room_for(self, band: Band, i: int) -> Rect:
        x1, y1, x2, y2, bulge = band.lines[i].tolist()
        width = float(band.selection.chip_width[band.seen[i]])
        height = PICTURE_CHIP if band.selection.stage.pictured else CHIP_HEIGHT
        return Rect((x1 + x2 - width) / 2, (y1 + y2) / 2 + bulge - height / 2, width, height)

    def _heading(self, band: Band, width: float) -> None:
        if band.top > 0:
            self._painter.setPen(QPen(QColor(self._palette.line), 1))
            self._painter.drawLine(QLineF(0, band.top, width, band.top))
        stage = self._stages[band.stage]
        count = len(stage) - band.selection.hidden
        arcs = tr("1 arc") if count == 1 else tr("{count:,} arcs", count=count)
        text = f"{titled(stage.name)}: {arcs}"
        if band.selection.hidden:
            text += tr("; less likely and hidden: {hidden:,}", hidden=band.selection.hidden)
        self._painter.setFont(self._font)
        self._painter.setPen(QColor(self._palette.muted))
        metrics = self._painter.fontMetrics()
        area = QRectF(6, band.top + 1, metrics.horizontalAdvance(text) + 8, TITLE - 2)
        self._painter.fillRect(area, QColor(self._palette.paper))
        self._painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def tint_colour(palette: Palette, share: float) -> str:
    """The colour at ``share`` (0..1) of the way from what is pulled over what is left alone to what is pushed."""
    strong = palette.accent if share < 0.5 else palette.lit
    return mixed(faintest(palette), strong, min(1.0, 3 * abs(2 * share - 1)))


def _path(lines: Sequence[Sequence[float]]) -> QPainterPath:
    path = QPainterPath()
    for x1, y1, x2, y2, bulge in lines:
        control = bulge * 4 / 3
        path.moveTo(x1, y1)
        path.cubicTo(x1, y1 + control, x2, y2 + control, x2, y2)
    return path
