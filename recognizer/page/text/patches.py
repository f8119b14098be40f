"""Connected patches of ink: which are letters or parts of them, and which are marks, holes and shadows."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from recognizer.page.patches import connected
from recognizer.page.running import highest, lowest
from recognizer.page.text.drawn_lines import drawn_lines
from recognizer.page.text.marks_in_rows import in_rows

_DRAWN = 0.5  # share of a patch from which on drawn lines in it go
_CORE = 0.9  # of the rows that most of a patch's ink is in that small letters have
_LONGEST = 6.0  # of those rows that a patch counts for at most: frames and rims of paper are longer
_LOWEST = 6  # px of a patch that tells of letters
# In core heights.
_SOLID = 0.9  # across: no stroke is so wide
_FILLED = 0.3  # share of a patch that is so wide where it is a hole, a shadow or the rim of the paper
_HOLE = 0.6  # least height and width of a hole or a blot
_THICKER = 2.5  # than the usual stroke of a page no other stroke is by more
# Share of its box that it fills, and of its width that its middle is away from its rim, at least.
_FULL, _ROUND = 0.6, 0.36
_FLAT, _LONG = 0.6, 1.5  # most height and least length of dashes, bars and underlines, which show no line


@dataclass(frozen=True, eq=False)
class TextPatches:
    """``numbers`` (H, W) int32 numbers the patches of ink from 1; ``boxes`` (n, 4) int: left, top, right, foot of each; ``inked``
    (n,): how many rows most ink of each is in [px]; ``core``: about how high small letters are [px]."""

    numbers: np.ndarray
    boxes: np.ndarray
    inked: np.ndarray
    core: float

    @property
    def wide(self) -> np.ndarray:
        """(n,) [core heights]"""
        wide: np.ndarray = (self.boxes[:, 2] - self.boxes[:, 0]) / self.core
        return wide

    @property
    def high(self) -> np.ndarray:
        """(n,) [core heights]"""
        high: np.ndarray = (self.boxes[:, 3] - self.boxes[:, 1]) / self.core
        return high

    @property
    def flat(self) -> np.ndarray:
        """(n,) bool: dashes, bars and underlines."""
        flat: np.ndarray = (self.high <= _FLAT) & (self.wide >= _LONG) & (self.wide > 2 * self.high)
        return flat

    def core_of(self, chosen: np.ndarray) -> float:
        """About how high the small letters of those are that are ``chosen`` (n,) bool [px]; 0 where they tell nothing."""
        return _core_height(self.boxes[chosen], self.inked[chosen]) or 0.0

    def of(self, chosen: np.ndarray) -> np.ndarray:
        """(H, W) bool: the ink of those that are ``chosen`` (n,) bool."""
        ink: np.ndarray = np.concatenate([[False], chosen])[self.numbers]
        return ink


def patches_of(ink: np.ndarray) -> TextPatches | None:
    """Those of ``ink`` (H, W) bool that may be writing; None where there are none."""
    numbers, boxes, sizes = connected(ink)
    inked = _inked(numbers, boxes)
    core = _core_height(boxes, inked)
    if core is None:
        return None
    drawn = drawn_lines(ink, boxes, core)
    if drawn.any():
        # Where more of a patch is writing, the line is a rule that was left in it, or a flourish, and the writing would fall to pieces.
        counts = np.bincount(numbers[drawn], minlength=len(boxes) + 1)[1:]
        ink = ink & ~(drawn & np.append(False, counts >= _DRAWN * sizes)[numbers])
        numbers, boxes, sizes = connected(ink)
        inked = _inked(numbers, boxes)
    side = max(3, round(_SOLID * core) | 1)
    solid = highest(highest(lowest(lowest(ink, side, 0), side, 1), side, 0), side, 1)
    filled = np.bincount(numbers[solid & ink], minlength=len(boxes) + 1)[1:]
    kept = (filled < _FILLED * sizes) & ~_holes(numbers, boxes, sizes, core) & ~_thick(ink, numbers, sizes)
    kept &= ~in_rows(boxes)
    numbers = np.concatenate([[0], np.where(kept, np.cumsum(kept), 0)]).astype(np.int32)[numbers]
    return TextPatches(numbers, boxes[kept], inked[kept], core) if kept.any() else None


def _holes(numbers: np.ndarray, boxes: np.ndarray, sizes: np.ndarray, core: float) -> np.ndarray:
    """(n,) bool: which patches are holes or blots: so far from any paper that no stroke is so wide."""
    side = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    found = np.zeros(len(boxes), bool)
    for k in np.flatnonzero((side > _HOLE * core) & (sizes > _FULL * area)):
        left, top, right, foot = boxes[k]
        patch = np.pad(numbers[top:foot, left:right] == k + 1, 1)
        found[k] = ndimage.distance_transform_edt(patch).max() > _ROUND * side[k]
    return found


def _thick(ink: np.ndarray, numbers: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """(n,) bool: which patches are of strokes so much thicker than the page's that no pen of its drew them: shadows, clips, blots."""
    rims = np.maximum(np.bincount(numbers[ink & ~lowest(lowest(ink, 3, 0), 3, 1)], minlength=len(sizes) + 1)[1:], 1)
    width = 2 * sizes / rims
    order = np.argsort(width)
    lengths = np.cumsum(rims[order])
    usual = width[order][np.searchsorted(lengths, lengths[-1] / 2)]
    return np.asarray(width > _THICKER * usual)


def _inked(numbers: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """(n,) how many rows most ink of a patch is in [px], to which ascenders of joined letters hardly add."""
    rows = [(numbers[y0:y1, x0:x1] == k + 1).sum(1) for k, (x0, y0, x1, y1) in enumerate(boxes)]
    return np.array([row.sum() ** 2 / (row**2).sum() for row in rows])


def _core_height(boxes: np.ndarray, inked: np.ndarray) -> float | None:
    """About how high small letters are [px], by the rows that the ink of those patches is in that most of the writing's length is of."""
    high, wide = boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]
    tell = (high >= _LOWEST) & (wide < 40 * high)
    if not tell.any():
        return None
    rows = inked[tell]
    order = np.argsort(rows)
    lengths = np.cumsum(np.minimum(wide[tell], _LONGEST * rows)[order])
    return _CORE * float(rows[order][np.searchsorted(lengths, lengths[-1] / 2)])
