"""The finished strokes of a sheet as a picture that grows with them, on paper that may be ruled."""

import time
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QTransform

from ui.language import tr
from ui.model.ink.document import Stroke
from ui.model.ink.leaves import HEIGHT
from ui.model.ink.painting import colour_of, draw_strokes
from ui.model.viewport import Placement
from ui.theme.palette import Palette

RULE = 72.0  # source px from line to line
FIRST_RULE = 96.0  # source px: y of the first one
CLOSEST_RULES, CLOSEST_EDGES = 12.0, 60.0  # view px: closer than this they are only noise
MOST_SECONDS = 0.012  # of the processor for a frame
TOGETHER = 32  # strokes that are drawn between two looks at the clock


@dataclass(frozen=True)
class Look:
    """All that a picture of strokes depends on beside the strokes; the size is in view pixels."""

    size: QSize
    ratio: float
    placement: Placement
    palette: Palette
    ruled: bool
    aside: frozenset[Stroke]  # drawn pale: what is not read
    selected: bool = False  # all in the colour of what is selected, on nothing


class StrokesPicture:
    """Draws a stroke that was only added on top of the picture of the others; anything else is drawn anew.

    No frame takes longer than the window may stand still, however full the sheet is: what there was no time for is drawn in the
    next ones. Until then the last picture of the sheet that was whole is shown, moved to where it belongs by now.
    """

    def __init__(self) -> None:
        self._look: Look | None = None
        self._strokes: tuple[Stroke, ...] = ()
        self._drawn = 0  # so many of them
        self._picture = QPixmap()
        self._before: tuple[QPixmap, Look, Stroke] | None = None  # the last whole picture, and its first stroke

    @property
    def whole(self) -> bool:
        """Is everything drawn? Else it is to be drawn once more, and soon."""
        return self._drawn == len(self._strokes)

    def draw(self, painter: QPainter, strokes: tuple[Stroke, ...], look: Look) -> None:
        """Draw the strokes as they should look onto a view, as far as there is time."""
        if look != self._look or strokes[: self._drawn] != self._strokes[: self._drawn]:
            if self._look is not None and self._strokes and self.whole:
                self._before = self._picture, self._look, self._strokes[0]
            self._picture, self._drawn = _paper(look), 0
        self._look, self._strokes = look, strokes
        self._go_on(look)
        painter.drawPixmap(0, 0, self._picture)
        if self.whole:
            self._before = None
        elif self._before is not None and self._before[2] is strokes[0] and self._before[1].palette == look.palette:
            _draw_moved(painter, self._before[0], self._before[1].placement, look.placement)

    def _go_on(self, look: Look) -> None:
        if self.whole:
            return
        begin = time.thread_time()
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(look.placement.transform, True)
        while True:
            new = list(islice(self._strokes, self._drawn, self._drawn + TOGETHER))
            if look.selected:
                draw_strokes(painter, new, look.palette.accent)
            else:
                draw_strokes(painter, [stroke for stroke in new if stroke in look.aside], look.palette.edge)
                draw_strokes(painter, [stroke for stroke in new if stroke not in look.aside], colour_of(look.palette))
            self._drawn += len(new)
            if self.whole or time.thread_time() - begin >= MOST_SECONDS:
                break
        painter.end()


def _draw_moved(painter: QPainter, picture: QPixmap, then: Placement, now: Placement) -> None:
    scale = now.scale / then.scale
    painter.save()
    painter.setTransform(
        QTransform(scale, 0, 0, scale, now.left - then.left * scale, now.top - then.top * scale), combine=True
    )
    painter.drawPixmap(0, 0, picture)
    painter.restore()


def _paper(look: Look) -> QPixmap:
    paper = QPixmap(look.size * look.ratio)
    paper.setDevicePixelRatio(look.ratio)
    if look.selected:
        paper.fill(Qt.GlobalColor.transparent)
        return paper
    paper.fill(QColor(look.palette.paper))
    painter = QPainter(paper)
    step = RULE * look.placement.scale
    if look.ruled and step >= CLOSEST_RULES:
        painter.setPen(QPen(QColor(look.palette.line), 1))
        y = look.placement.to_view(0, FIRST_RULE)[1] % step
        while y < look.size.height():
            painter.drawLine(QLineF(0, round(y) + 0.5, look.size.width(), round(y) + 0.5))
            y += step
    _draw_edges(painter, look)
    painter.end()
    return paper


def _draw_edges(painter: QPainter, look: Look) -> None:
    """Where one page ends and the next begins, with its number."""
    place, width = look.placement, look.size.width()
    first = max(int(place.to_source(0, 0)[1] // HEIGHT), 1)
    last = int(place.to_source(0, look.size.height())[1] // HEIGHT)
    if HEIGHT * place.scale < CLOSEST_EDGES:
        return
    painter.setPen(QPen(QColor(look.palette.edge), 1, Qt.PenStyle.DashLine))
    for leaf in range(first, last + 1):
        y = round(place.to_view(0, leaf * HEIGHT)[1]) + 0.5
        painter.drawLine(QLineF(0, y, width, y))
        painter.drawText(
            QRectF(0, y + 4, width - 10, 24), Qt.AlignmentFlag.AlignRight, tr("Page {page}", page=leaf + 1)
        )
