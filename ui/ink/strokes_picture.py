"""The finished strokes of a sheet as a picture that grows with them, on paper that may be ruled."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from ui.language import tr
from ui.model.ink.document import Stroke
from ui.model.ink.leaves import HEIGHT
from ui.model.ink.painting import colour_of, draw_strokes
from ui.model.viewport import Placement
from ui.theme.palette import Palette

RULE = 72.0  # source px from line to line
FIRST_RULE = 96.0  # source px: y of the first one
CLOSEST_RULES, CLOSEST_EDGES = 12.0, 60.0  # view px: closer than this they are only noise


@dataclass(frozen=True)
class Look:
    """All that a picture of strokes depends on beside the strokes; the size is in view pixels."""

    size: QSize
    ratio: float
    placement: Placement
    palette: Palette
    ruled: bool
    aside: frozenset[Stroke]  # drawn pale: what is not read


class StrokesPicture:
    """Draws a stroke that was only added on top of the picture of the others; anything else is drawn anew."""

    def __init__(self) -> None:
        self._look: Look | None = None
        self._strokes: tuple[Stroke, ...] = ()
        self._picture = QPixmap()

    def picture(self, strokes: tuple[Stroke, ...], look: Look) -> QPixmap:
        """The picture of strokes as it should look."""
        drawn = self._strokes
        if look != self._look or len(drawn) > len(strokes) or strokes[: len(drawn)] != drawn:
            drawn = ()
            self._picture = _paper(look)
        if len(drawn) < len(strokes):
            painter = QPainter(self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setTransform(look.placement.transform, True)
            new = strokes[len(drawn) :]
            draw_strokes(painter, [stroke for stroke in new if stroke in look.aside], look.palette.edge)
            draw_strokes(painter, [stroke for stroke in new if stroke not in look.aside], colour_of(look.palette))
            painter.end()
        self._look, self._strokes = look, strokes
        return self._picture


def _paper(look: Look) -> QPixmap:
    paper = QPixmap(look.size * look.ratio)
    paper.setDevicePixelRatio(look.ratio)
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
