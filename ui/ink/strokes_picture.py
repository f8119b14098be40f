"""The finished strokes of a sheet as a picture that grows with them, on paper that may be ruled."""

import time
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import QLineF, QSize
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QTransform

from ui.model.ink.document import Stroke
from ui.model.ink.painting import draw_strokes
from ui.model.viewport import Placement

RULE = 72.0  # source px from line to line
FIRST_RULE = 96.0  # source px: y of the first one
CLOSEST_RULES = 12.0  # view px: closer than this they are only noise
MOST_SECONDS = 0.012  # of the processor for a frame
TOGETHER = 32  # strokes that are drawn between two looks at the clock


@dataclass(frozen=True)
class Look:
    """All that a picture of strokes depends on beside the strokes; the size is in view pixels, colours are Qt's names."""

    size: QSize
    ratio: float
    placement: Placement
    paper: str
    rules: str  # empty: there are none
    ink: str
    pale: str  # of strokes that are ``aside``: they are not read
    pen_width: float
    aside: frozenset[Stroke]


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
        elif self._before is not None and self._before[2] is strokes[0] and self._before[1].paper == look.paper:
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
            draw_strokes(painter, [stroke for stroke in new if stroke in look.aside], look.pale, look.pen_width)
            draw_strokes(painter, [stroke for stroke in new if stroke not in look.aside], look.ink, look.pen_width)
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
    paper.fill(QColor(look.paper))
    step = RULE * look.placement.scale
    if look.rules and step >= CLOSEST_RULES:
        painter = QPainter(paper)
        painter.setPen(QPen(QColor(look.rules), 1))
        y = look.placement.to_view(0, FIRST_RULE)[1] % step
        while y < look.size.height():
            painter.drawLine(QLineF(0, round(y) + 0.5, look.size.width(), round(y) + 0.5))
            y += step
        painter.end()
    return paper
