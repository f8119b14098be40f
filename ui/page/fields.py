"""Rectangles on a page: what is under a position, how one is changed, and how those of a cheque are drawn."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTransform

from ui.language import numeral, tr
from ui.model.page.document import Box
from ui.theme.palette import Palette, mixed

if TYPE_CHECKING:
    from recognizer.readers.reading import FieldOnPage

LEAST = 6.0  # px of the page: no side is shorter
TAG_PADDING = 4.0  # view px
HALO = 0.7  # opacity: pages are light and dark
YOURS = tr("yours")

Grip = tuple[int, int]  # which sides follow the pointer: -1 left or top, 1 right or foot, 0 neither; (0, 0) all of it
WHOLE: Grip = (0, 0)


def grip_at(box: Box, x: float, y: float, reach: float) -> Grip | None:
    """What of a rectangle is within ``reach`` of a position: a side, a corner, or where it is well inside the whole."""
    left, top, right, foot = box
    if not (left - reach <= x <= right + reach and top - reach <= y <= foot + reach):
        return None
    return _side(x, left, right, reach), _side(y, top, foot, reach)


def _side(at: float, low: float, high: float, reach: float) -> int:
    reach = min(reach, (high - low) / 3) if low < at < high else reach
    if abs(at - low) <= reach:
        return -1
    return 1 if abs(at - high) <= reach else 0


def dragged(box: Box, grip: Grip, dx: float, dy: float) -> Box:
    """The rectangle after what the grip holds has gone so far."""
    left, top, right, foot = box
    across, down = grip
    if grip == WHOLE:
        return left + dx, top + dy, right + dx, foot + dy
    if across < 0:
        left = min(left + dx, right - LEAST)
    elif across > 0:
        right = max(right + dx, left + LEAST)
    if down < 0:
        top = min(top + dy, foot - LEAST)
    elif down > 0:
        foot = max(foot + dy, top + LEAST)
    return left, top, right, foot


def between(x: float, y: float, other_x: float, other_y: float) -> Box:
    """The rectangle with two opposite corners."""
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def smallest_at(boxes: Sequence[Box], x: float, y: float) -> Box | None:
    """The smallest of the rectangles that a position is in."""
    around = [box for box in boxes if box[0] <= x <= box[2] and box[1] <= y <= box[3]]
    return min(around, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]), default=None)


def following(boxes: Sequence[Box], box: Box | None) -> Box | None:
    """The rectangle after this one, round and round; the first where this is none of them; None where there is no other."""
    after = boxes.index(box) + 1 if box in boxes else 0
    others = [other for other in (*boxes[after:], *boxes[:after]) if other != box]
    return next(iter(others), None)


def draw_fields(
    painter: QPainter, fields: "Sequence[FieldOnPage]", given: Box | None, placed: QTransform, palette: Palette
) -> None:
    """The fields of a cheque with their penalties, that of the answer emphasised; or the one that a person has ``given``."""
    for field in sorted(fields, key=lambda field: field.chosen):
        if field.box != given:
            chosen = field.chosen and given is None
            _draw(painter, placed.mapRect(rectangle(field.box)), numeral(field.penalty, ".1f"), chosen, palette)
    if given is not None:
        _draw(painter, placed.mapRect(rectangle(given)), YOURS, True, palette)


def draw_marked(painter: QPainter, box: Box, placed: QTransform, palette: Palette) -> None:
    """The rectangle that is being drawn."""
    painter.setPen(QPen(QColor(palette.lit), 2, Qt.PenStyle.DashLine))
    painter.drawRect(placed.mapRect(rectangle(box)))


def rectangle(box: Box) -> QRectF:
    """The box as Qt has it."""
    return QRectF(QPointF(box[0], box[1]), QPointF(box[2], box[3]))


def _draw(painter: QPainter, place: QRectF, words: str, chosen: bool, palette: Palette) -> None:
    """The field that is taken, filled, or another one."""
    if chosen:
        _framed(painter, place, words, (palette.accent, palette.accent, palette.on_accent), 2.5, palette)
    else:
        draw_tagged(painter, place, words, palette.edge, palette)


def draw_tagged(painter: QPainter, place: QRectF, words: str, colour: str, palette: Palette) -> None:
    """A frame in a colour with a pale tag."""
    tag = mixed(palette.window, palette.edge, 0.15)
    _framed(painter, place, words, (colour, tag, palette.text), 1.25, palette)


def _framed(
    painter: QPainter, place: QRectF, words: str, colours: tuple[str, str, str], width: float, palette: Palette
) -> None:
    """A frame a little outside, and a tag on its upper edge; ``colours`` of frame, tag and words."""
    place = place.adjusted(-3, -3, 3, 3)
    colour, ground, ink = map(QColor, colours)
    halo = QColor(palette.on_accent)
    halo.setAlphaF(HALO)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(halo, width + 2.5), QPen(colour, width)):
        painter.setPen(pen)
        painter.drawRoundedRect(place, 3, 3)
    metrics = QFontMetricsF(painter.font())
    tag = QRectF(0, 0, metrics.horizontalAdvance(words) + 2 * TAG_PADDING, metrics.height())
    tag.moveBottomRight(place.topRight() + QPointF(1, 0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(tag, 3, 3)
    painter.setPen(ink)
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)
