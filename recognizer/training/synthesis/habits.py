"""Habits of hands that the collected pen ink has too few of: bars across sevens, loops in the feet of twos, long upstrokes of ones.

Ink is changed, so that what is new about a digit is drawn as shakily as the rest of it. A hand keeps to its habits.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from recognizer.ink.arc_length import arc_lengths, points_at
from recognizer.training.synthesis.glyphs import PenGlyph

Strokes = list[np.ndarray]  # each (n, 2): x right, y down, the digit's top left at 0, its foot at y = 1
Change = Callable[[Strokes, np.ndarray], Strokes]  # of a digit, by four numbers in 0..1 that are the hand's

_UNSTEADY = 0.08  # standard deviation of those numbers from one digit to the next
_KEPT = 0.9  # share of a hand's digits that have its habits
_WIDTH = 0.18  # standard deviation of the logarithms of the widths of a hand's digits
_STEP = 0.03  # between points of what is added [heights]


def _arc(start: np.ndarray, heading: float, turn: float, radius: float) -> np.ndarray:
    """Points (n, 2) from ``start`` on, where the pen moves at ``heading`` and turns by ``turn`` [radians, clockwise from x]."""
    angles = np.linspace(heading, heading + turn, max(4, int(abs(turn) * radius / _STEP)))
    way = np.column_stack([np.sin(angles), -np.cos(angles)]) * np.sign(turn) * radius
    moved: np.ndarray = start + way - way[0]
    return moved


def _heading(points: np.ndarray) -> float:
    """Of the way from the first of some points to the last."""
    x, y = points[-1] - points[0]
    return float(np.arctan2(y, x))


def _line(start: np.ndarray, end: np.ndarray, bow: float) -> np.ndarray:
    along = np.linspace(0, 1, max(4, int(np.hypot(*(end - start)) / _STEP)))[:, None]
    x, y = end - start
    bent: np.ndarray = start + along * (end - start) + bow * 4 * along * (1 - along) * np.array([-y, x])
    return bent


def _between(low: float, high: float, share: float) -> float:
    return low + (high - low) * share


def _curl(turn: float, radius: float) -> Change:
    """The pen comes to its start round a curl, clockwise."""

    def change(strokes: Strokes, hand: np.ndarray) -> Strokes:
        first = strokes[0]
        back = _heading(first[: max(2, len(first) // 8)]) + np.pi
        arc = _arc(first[0], back, -_between(0.3, 1, hand[0]) * turn, _between(0.3, 1, hand[1]) * radius)
        return [np.concatenate([arc[:0:-1], first]), *strokes[1:]]

    return change


def _tail(turn: float, radius: float) -> Change:
    """The pen goes on from its end, to one side or the other."""

    def change(strokes: Strokes, hand: np.ndarray) -> Strokes:
        last = strokes[-1]
        heading = _heading(last[-max(2, len(last) // 8) :])
        arc = _arc(last[-1], heading, (hand[0] - 0.25) * turn, _between(0.3, 1, hand[1]) * radius)
        return [*strokes[:-1], np.concatenate([last, arc[1:]])]

    return change


def _loose(reach: float) -> Change:
    """The first and the last fifth of the pen's way bend away from where they would be: what is closed stays open, or is crossed."""

    def change(strokes: Strokes, hand: np.ndarray) -> Strokes:
        changed = [stroke.copy() for stroke in strokes]
        for stroke, shift in ((changed[0], hand[:2]), (changed[-1][::-1], hand[2:])):
            arc = arc_lengths(stroke)
            fade = np.clip(1 - arc / max(0.2 * arc[-1], 1e-3), 0, 1)[:, None]
            stroke += fade**1.5 * (2 * shift - 1) * reach
        return changed

    return change


def _cut_end(most: float) -> Change:
    """The pen is lifted before the end."""

    def change(strokes: Strokes, hand: np.ndarray) -> Strokes:
        arc = arc_lengths(strokes[-1])
        kept = np.linspace(0, arc[-1] * (1 - most * hand[0]), len(strokes[-1]))
        return [*strokes[:-1], points_at(kept, arc, strokes[-1])]

    return change


def _bar(strokes: Strokes, hand: np.ndarray) -> Strokes:
    """A bar across the stem of a seven that has none."""
    if len(strokes) > 1:
        return strokes
    stem = strokes[0][_shoulder(strokes[0]) :]
    middle = stem[np.abs(stem[:, 1] - _between(0.38, 0.66, hand[0])).argmin()]
    half = np.array([_between(0.12, 0.36, hand[1]), _between(0.04, -0.12, hand[2])])
    aside = np.array([(hand[3] - 0.4) * 0.16, 0])
    return [*strokes, _line(middle + aside - half, middle + aside + half, 0.1 * (hand[3] - 0.5))]


def _short_roof(strokes: Strokes, hand: np.ndarray) -> Strokes:
    """A seven with a bar whose roof begins late, so that it is like a t or an f."""
    first = strokes[0]
    begin = int(_shoulder(first) * _between(0.3, 0.9, hand[0]))
    return [first[begin:], *strokes[1:]] if len(strokes) > 1 and len(first) - begin > 3 else strokes


def _shoulder(seven: np.ndarray) -> int:
    """The point (n, 2) where the roof of a seven ends."""
    high = np.flatnonzero(seven[:, 1] < 0.4)
    return int(high[seven[high, 0].argmax()]) if len(high) else 0


def _foot_loop(strokes: Strokes, hand: np.ndarray) -> Strokes:
    """A two whose downstroke turns in a loop into its foot."""
    only = strokes[0]
    low = np.flatnonzero(only[:, 1] > 0.65)
    corner = int(low[only[low, 0].argmin()]) if len(low) else 0
    before, after = only[: corner + 1], only[corner + 1 :]
    if len(before) < 4 or len(after) < 3:
        return strokes
    radius = _between(0.03, 0.15, hand[0])
    loop = _arc(before[-1], _heading(before[-4:]), np.radians(_between(200, 270, hand[1])), radius)
    fade = np.linspace(1, 0, len(after))[:, None] ** _between(0.7, 2, hand[2])
    after = after + fade * (loop[-1] - before[-1])
    after[:, 0] = loop[-1, 0] + (after[:, 0] - loop[-1, 0]) * _between(0.9, 1.6, hand[3])
    return [np.concatenate([before, loop[1:], after]), *strokes[1:]]


def _upstroke(strokes: Strokes, hand: np.ndarray) -> Strokes:
    """A one that is a stem gets an upstroke, which may begin near its foot."""
    first = strokes[0]
    if len(strokes) > 1 or np.ptp(first[:, 0]) > 0.35 or first[0, 1] > 0.3:
        return strokes
    start = first[0] + np.array([-_between(0.12, 0.55, hand[0]), _between(0.2, 0.85, hand[1])])
    return [np.concatenate([_line(start, first[0], 0.3 * (hand[2] - 0.5)), first])]


def _foot(strokes: Strokes, hand: np.ndarray) -> Strokes:
    """A stroke below a one."""
    foot = max((stroke[-1] for stroke in strokes), key=lambda end: float(end[1]))
    if len(strokes) > 1 or foot[1] < 0.9:
        return strokes
    half = np.array([_between(0.1, 0.3, hand[0]), _between(0.04, -0.06, hand[1])])
    aside = np.array([0.12 * (hand[2] - 0.5), 0])
    return [*strokes, _line(foot + aside - half, foot + aside + half, 0.1 * (hand[3] - 0.5))]


def _joining(strokes: Strokes, hand: np.ndarray) -> Strokes:
    """A nought whose end goes on to what follows."""
    last = strokes[-1]
    if last[-1, 1] > 0.5:
        return strokes
    right = max(stroke[:, 0].max() for stroke in strokes)
    end = np.array([right + _between(0.05, 0.45, hand[0]), last[-1, 1] + _between(-0.12, 0.15, hand[1])])
    return [*strokes[:-1], np.concatenate([last, _line(last[-1], end, 0.4 * hand[2])[1:]])]


def _roof_apart(strokes: Strokes, hand: np.ndarray) -> Strokes:
    """The roof of a five away from the rest, and long."""
    roof = [k for k, stroke in enumerate(strokes) if np.ptp(stroke[:, 1]) < 0.3 and stroke[:, 1].mean() < 0.35]
    if len(strokes) < 2 or not roof:
        return strokes
    own = strokes[roof[0]]
    shift = np.array([_between(-0.05, 0.3, hand[0]), _between(-0.18, 0.06, hand[1])])
    moved = own[0] + (own - own[0]) * [_between(0.8, 1.9, hand[2]), 1] + shift
    return [moved if k == roof[0] else stroke for k, stroke in enumerate(strokes)]


def _stem_apart(strokes: Strokes, hand: np.ndarray) -> Strokes:
    """The stem of a four elsewhere than where it usually crosses."""
    if len(strokes) != 2:
        return strokes
    shift = np.array([_between(-0.12, 0.22, hand[0]), _between(-0.1, 0.35, hand[1])])
    return [strokes[0], strokes[1] + shift]


# What some hands do, and what share of them.
_CHANGES: dict[str, tuple[tuple[float, Change], ...]] = {
    "0": ((0.25, _joining), (0.3, _loose(0.22))),
    "1": ((0.35, _upstroke), (0.15, _foot)),
    "2": ((0.35, _foot_loop), (0.35, _curl(4.5, 0.16)), (0.1, _tail(-1.5, 0.4))),
    "3": ((0.25, _curl(3.5, 0.14)), (0.15, _tail(2.5, 0.2)), (0.2, _loose(0.15))),
    "4": ((0.3, _stem_apart), (0.2, _loose(0.15))),
    "5": ((0.35, _roof_apart), (0.3, _cut_end(0.4)), (0.1, _loose(0.15))),
    "6": ((0.3, _loose(0.2)),),
    "7": ((0.2, _curl(1.6, 0.2)), (0.15, _tail(2.0, 0.3)), (0.5, _bar), (0.3, _short_roof)),
    "8": ((0.45, _loose(0.28)),),
    "9": ((0.3, _tail(2.5, 0.3)), (0.3, _loose(0.22))),
}


@dataclass(frozen=True)
class Habits:
    """How one hand writes otherwise than the ink it is given: the changes of each digit, with its own numbers (4,), and widths;
    from ``generator`` comes how unsteady it is."""

    changes: dict[str, list[tuple[Change, np.ndarray]]]
    widths: dict[str, float]
    generator: np.random.Generator

    @staticmethod
    def draw(generator: np.random.Generator) -> "Habits":
        """Those of a hand."""
        changes = {
            digit: [(change, generator.random(4)) for share, change in some if generator.random() < share]
            for digit, some in _CHANGES.items()
        }
        widths = {digit: float(np.exp(generator.normal(0, _WIDTH))) for digit in _CHANGES}
        return Habits(changes, widths, generator)

    def applied(self, digit: str, glyph: PenGlyph) -> PenGlyph:
        """The glyph of a digit as this hand would write it."""
        if self.generator.random() > _KEPT:
            return glyph
        low, height = glyph.points.min(0), max(float(np.ptp(glyph.points[:, 1])), 1e-3)
        strokes = np.split((glyph.points - low) / height, glyph.starts[1:])
        for change, hand in self.changes[digit]:
            strokes = change(strokes, np.clip(hand + self.generator.normal(0, _UNSTEADY, 4), 0, 1))
        return PenGlyph.of([(stroke * [height * self.widths[digit], height]).astype(np.float32) for stroke in strokes])
