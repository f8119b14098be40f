"""What strokes look like, and which are no writing by their shape, wherever they are: rules, boxes, arrows, sketches and hatching.

Writing turns back on itself all the time, drawings go on: that is how the two are told apart. Lengths are in core heights.
"""

import numpy as np

from recognizer.boxes import around
from recognizer.ink.pen_path import STEP, PenPath

# Drawings, by shape alone: strokes that go on, gaining such a share of a long window of their path on an average, and are both
# higher and wider than letters with a bar; rules and shafts of arrows, which gain such a share of short windows along so much of
# their path, and most of it; and what is both higher and wider than any letters.
_WINDOW, _GOES_ON, _OPEN = 6.0, 0.68, 1.6
_SHORT_WINDOW, _SMOOTH, _RULE, _MOSTLY = 3.0, 0.92, 4.2, 0.6
_TOWERS = 5.5
# Frames: least length and size of a stroke; least size of strokes that it holds, and width of all of them; sectors, seen from
# there, of which it leaves out one at most. Sides: share of its length that one gains; its least length; how near two meet.
_AROUND, _FRAME, _HELD, _HOLDS, _SECTORS = 6.0, 1.6, 0.6, 1.2, 12
_STRAIGHT, _SIDE, _MEET = 0.93, 1.2, 0.6
_SPARSE, _FEW = 0.3, 4  # share of its frame, and number of strokes, of what is part of a drawing itself
# Bars.
_FLAT, _ALONG = 0.35, 0.75  # height for its width, and gain for its length, of a bar
_LOW = 1.0  # a bar is no higher
_CELL = 0.25  # strokes touch where they pass through the same cell
# Hatching: length of the pen's path on a square of that side, for its size. Writing has 1 to 3 of it, 5 where lines run into each other.
_SQUARE, _HATCHED = 3, 6.0
# And where there is as much of it as of writing, on a square of that side, the share of it that goes one way: of writing 0.93 at most, and
# that where it leans far.
_WIDE_SQUARE, _WRITTEN, _ONE_WAY = 4, 0.75, 0.95


def gains(path: PenPath, window: float) -> tuple[np.ndarray, np.ndarray]:
    """How far strokes get along each ``window`` of their path, as a share of it (W,), and which strokes these are."""
    k = round(window / STEP)
    if len(path.at) <= k:
        return np.empty(0), np.empty(0, int)
    whole = path.stroke[k:] == path.stroke[:-k]
    return np.hypot(*(path.at[k:] - path.at[:-k]).T)[whole] / window, path.stroke[k:][whole]


def straightness(path: PenPath) -> np.ndarray:
    """(n,) distance of a stroke's ends as a share of its length; 1 of dots."""
    ends = path.at[path.first[1:] - 1] - path.at[path.first[:-1]]
    return np.where(path.length > STEP, np.hypot(*ends.T) / np.maximum(path.length, STEP), 1.0)


def drawn(path: PenPath) -> np.ndarray:
    """(n,) bool: strokes that are no writing by their shape, wherever they are."""
    boxes = path.boxes
    least = (boxes[:, 2:] - boxes[:, :2]).min(axis=1)
    count = len(path.length)
    gained, stroke = gains(path, _WINDOW)
    windows = np.bincount(stroke, minlength=count)
    goes_on = (np.bincount(stroke, gained, count) > _GOES_ON * windows) & (least > _OPEN)
    gained, stroke = gains(path, _SHORT_WINDOW)
    smooth = np.bincount(stroke, gained > _SMOOTH, count) * STEP + _SHORT_WINDOW
    straight = smooth > np.maximum(_RULE, _MOSTLY * path.length)
    found: np.ndarray = goes_on | straight | (least > _TOWERS)
    return found


def hatched(path: PenPath) -> np.ndarray:
    """(n,) bool: strokes that lie, on an average of their length, where there is more ink than writing ever has, or where ink goes one
    way only."""
    steps = np.diff(path.first)
    ink = (path.length / steps)[path.stroke]
    squares = _Squares(path, _SQUARE)
    dense = squares.highest(squares.sums(ink)) / _SQUARE**2
    squares = _Squares(path, _WIDE_SQUARE)
    most = squares.sums(ink)
    along = np.hypot(*(squares.sums(ink * part) for part in _axes(path)))
    written = most > _WRITTEN * _WIDE_SQUARE**2
    one_way = squares.highest(np.divide(along, most, out=np.zeros_like(most), where=written))
    found: np.ndarray = np.bincount(path.stroke, dense) > _HATCHED * steps
    return found | (np.bincount(path.stroke, one_way) > _ONE_WAY * steps)


def _axes(path: PenPath) -> np.ndarray:
    """(2, N) cosine and sine of twice the angle of each step, so that to and fro are one; nought of dots."""
    way = np.diff(path.at, axis=0, append=path.at[-1:])
    last = path.first[1:] - 1
    way[last] = np.where((np.diff(path.first) > 1)[:, None], way[last - 1], 0.0)
    x, y = way.T
    length = np.maximum(x**2 + y**2, 1e-12)
    return np.stack([x**2 - y**2, 2 * x * y]) / length


class _Squares:
    """The squares of a ``side`` that a path goes through, each beginning at another cell of one core height."""

    def __init__(self, path: PenPath, side: int) -> None:
        cell = np.floor(path.at).astype(np.int64)
        cell -= cell.min(axis=0)
        column = cell[:, 1].max() + side
        cells, self._of_step = np.unique(cell[:, 0] * column + cell[:, 1], return_inverse=True)
        within = [column * right + down for right in range(side) for down in range(side)]
        squares, of_cell = np.unique(cells[:, None] + within, return_inverse=True)
        self._of_cell = of_cell.reshape(-1, len(within))  # the squares that a cell is in
        self._count = len(squares)

    def sums(self, values: np.ndarray) -> np.ndarray:
        """(squares,) of what the steps have (N,)."""
        of_cell = np.bincount(self._of_step, values)
        return np.bincount(self._of_cell.ravel(), np.repeat(of_cell, self._of_cell.shape[1]), self._count)

    def highest(self, values: np.ndarray) -> np.ndarray:
        """(N,) of the squares (squares,) that each step is in."""
        found: np.ndarray = values[self._of_cell].max(axis=1)[self._of_step]
        return found


def frames(path: PenPath) -> np.ndarray:
    """(n,) bool: strokes that go round others, or sides of what does."""
    boxes, found = path.boxes, np.zeros(len(path.length), bool)
    size = boxes[:, 2:] - boxes[:, :2]
    one = [[k] for k in np.flatnonzero((path.length > _AROUND) & (size.min(axis=1) > _FRAME)).tolist()]
    for strokes in one + _sides(path):
        at = np.concatenate([path.at[path.first[k] : path.first[k + 1]] for k in strokes])
        low, high = at.min(axis=0), at.max(axis=0)
        inside = (boxes[:, :2] > low).all(axis=1) & (boxes[:, 2:] < high).all(axis=1) & (size.max(axis=1) > _HELD)
        inside[strokes] = False
        if not inside.any():
            continue
        within = around(boxes[inside])
        crossing = ((at > within[:2]) & (at < within[2:])).all(axis=1)
        way = at - (within[:2] + within[2:]) / 2
        sectors = np.unique((np.arctan2(way[:, 1], way[:, 0]) / (2 * np.pi) * _SECTORS).round() % _SECTORS)
        if within[2] - within[0] > _HOLDS and not crossing.any() and len(sectors) >= _SECTORS - 1:
            found[strokes] = True
            sparse = np.prod(within[2:] - within[:2]) < _SPARSE * np.prod(high - low)
            found[inside] |= sparse and inside.sum() <= _FEW  # eyes and a mouth
    return found


def _sides(path: PenPath) -> list[list[int]]:
    """Straight strokes that meet at their ends, three or more together."""
    sides = np.flatnonzero((straightness(path) > _STRAIGHT) & (path.length > _SIDE))
    ends = np.stack([path.at[path.first[sides]], path.at[path.first[sides + 1] - 1]], 1)
    group = np.arange(len(sides))
    for k in range(len(sides)):
        far = np.abs(ends[:k, :, None] - ends[k][None, None]).max(axis=-1).min(axis=(1, 2))
        for other in np.unique(group[:k][far < _MEET]):
            group[group == other] = k
    groups = [sides[group == k].tolist() for k in np.unique(group)]
    return [each for each in groups if len(each) > 2]


def bars(path: PenPath) -> np.ndarray:
    """(n,) bool: strokes that go along the line and are low, be they of a letter, a dash or an underline."""
    boxes = path.boxes
    wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    found: np.ndarray = (high < _FLAT * wide) & (high < _LOW) & (straightness(path) > _ALONG)
    return found


def in_touch(path: PenPath, start: np.ndarray) -> np.ndarray:
    """(n,) bool: strokes that touch those that ``start`` (n,), or touch one that does, and so on."""
    _, cell = _cells(path)
    order = np.lexsort((path.stroke, cell))
    cell, stroke = cell[order], path.stroke[order]
    pair = np.flatnonzero((cell[1:] == cell[:-1]) & (stroke[1:] != stroke[:-1]))
    one, other = stroke[pair], stroke[pair + 1]
    found, before = start.copy(), -1
    while found.sum() != before:
        before = found.sum()
        either = found[one] | found[other]
        found[one[either]] = found[other[either]] = True
    return found


def touches(path: PenPath, chosen: np.ndarray) -> np.ndarray:
    """(n,) how often each stroke comes upon one of the ``chosen`` (n,) that was written before it."""
    count, key = _cells(path)
    earliest = np.full(count, len(path.length))
    np.minimum.at(earliest, key[chosen[path.stroke]], path.stroke[chosen[path.stroke]])
    upon = earliest[key] < path.stroke
    before = np.concatenate([[False], upon[:-1]])
    before[path.first[:-1]] = False
    return np.bincount(path.stroke, upon & ~before, len(path.length))


def _cells(path: PenPath) -> tuple[int, np.ndarray]:
    """How many cells the path goes through, and the number of the one that each step is in (N,)."""
    cell = np.floor(path.at / _CELL).astype(np.int64)
    cell -= cell.min(axis=0)
    cells, number = np.unique(cell[:, 0] * (cell[:, 1].max() + 1) + cell[:, 1], return_inverse=True)
    return len(cells), number
