"""Connected patches of ink: which are letters or parts of them, and which are marks, holes and shadows."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from recognizer.page.running import highest, lowest

_CORE = 0.6  # of the usual height of a patch of ink that small letters have
_LOWEST = 6  # px of a patch that tells of letters
# In core heights.
_SOLID = 0.9  # across: no stroke is so wide
_FILLED = 0.3  # share of a patch that is so wide where it is a hole, a shadow or the rim of the paper
_HOLE = 0.6  # least height and width of a hole or a blot
_FULL, _ROUND = (
    0.6,
    0.36,
)  # share of its box that it fills, and of its width that its middle is away from its rim, at least
_FLAT, _LONG = 0.6, 1.5  # most height and least length of dashes, bars and underlines, which show no line


@dataclass(frozen=True, eq=False)
class Patches:
    """``numbers`` (H, W) int32 numbers the patches of ink from 1; ``boxes`` (n, 4) int: left, top, right, foot of each; ``core``: about
    how high small letters are [px]."""

    numbers: np.ndarray
    boxes: np.ndarray
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

    def of(self, chosen: np.ndarray) -> np.ndarray:
        """(H, W) bool: the ink of those that are ``chosen`` (n,) bool."""
        ink: np.ndarray = np.concatenate([[False], chosen])[self.numbers]
        return ink


def patches_of(ink: np.ndarray) -> Patches | None:
    """Those of ``ink`` (H, W) bool that may be writing; None where there are none."""
    numbers, _ = ndimage.label(ink, np.ones((3, 3)))
    boxes = _boxes(numbers)
    core = _core_height(boxes)
    if core is None:
        return None
    sizes = np.bincount(numbers.ravel(), minlength=len(boxes) + 1)[1:]
    side = max(3, round(_SOLID * core) | 1)
    solid = highest(highest(lowest(lowest(ink, side, 0), side, 1), side, 0), side, 1)
    filled = np.bincount(numbers[solid & ink], minlength=len(boxes) + 1)[1:]
    kept = (filled < _FILLED * sizes) & ~_holes(numbers, boxes, sizes, core)
    numbers = np.concatenate([[0], np.where(kept, np.cumsum(kept), 0)]).astype(np.int32)[numbers]
    return Patches(numbers, boxes[kept], core) if kept.any() else None


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


def _boxes(numbers: np.ndarray) -> np.ndarray:
    boxes = [(x.start, y.start, x.stop, y.stop) for y, x in ndimage.find_objects(numbers)]
    return np.array(boxes, int).reshape(-1, 4)


def _core_height(boxes: np.ndarray) -> float | None:
    """About how high small letters are [px], by the heights of the patches that most of the writing's length is of."""
    high, wide = boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]
    tell = (high >= _LOWEST) & (wide < 40 * high)
    if not tell.any():
        return None
    order = np.argsort(high[tell])
    lengths = np.cumsum(wide[tell][order])
    return _CORE * float(high[tell][order][np.searchsorted(lengths, lengths[-1] / 2)])
