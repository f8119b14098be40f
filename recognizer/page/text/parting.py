"""Which line each patch of ink is of; patches that several lines share are parted where they are thinnest."""

from itertools import pairwise

import numpy as np

from recognizer.page.text.patches import TextPatches
from recognizer.page.text.ridges import Ridge

# In core heights.
_BAND = 0.6  # above and below the middle of a line: the small letters
_ROOTED = 1.0  # columns of a patch in that band from which on it is of the line
_REACH = 3.0  # beyond the ends of a line that ink still is of it
_UNDER = 0.3  # below it, from which on a flat patch is an underline
_OFF = 2.2  # above or below its middle, likewise


def parted(patches: TextPatches, lines: list[Ridge]) -> np.ndarray:
    """(H, W) int32: the number of the line, from 1, that each pixel of ink is of; 0: of none."""
    numbers, core, count = patches.numbers, patches.core, len(patches.boxes)
    if not lines:
        return np.zeros_like(numbers)
    roots = np.stack([_columns_in_band(numbers, count, line, core) for line in lines], 1) >= _ROOTED * core
    nearest, off = _nearest(patches, lines)
    of_patch = np.where(roots.any(1), roots.argmax(1) + 1, nearest)
    of_patch[1:][patches.flat & (off > _UNDER)] = 0
    of_patch[0] = 0
    of: np.ndarray = of_patch.astype(np.int32)[numbers]
    for number in np.flatnonzero(roots.sum(1) > 1):
        left, top, right, foot = patches.boxes[number - 1]
        box = slice(top, foot), slice(left, right)
        patch = numbers[box] == number
        rooted = sorted(np.flatnonzero(roots[number]), key=lambda k: float(lines[k].at((left + right) / 2)))
        of[box][patch] = 1 + np.array(rooted)[_sides(patch, box, [lines[k] for k in rooted])]
    return of


def _columns_in_band(patches: np.ndarray, count: int, line: Ridge, core: float) -> np.ndarray:
    """(count + 1,) in how many columns each patch has ink in the band of a line."""
    height, width = patches.shape
    left, right = max(int(line.x[0] - _REACH * core), 0), min(int(line.x[-1] + _REACH * core) + 1, width)
    columns = np.arange(left, right)
    rows = np.round(line.at(columns)).astype(int) + np.arange(-int(_BAND * core), int(_BAND * core) + 1)[:, None]
    seen = np.where((rows >= 0) & (rows < height), patches[np.clip(rows, 0, height - 1), columns], 0)
    seen = np.sort(seen, 0)
    first = np.ones(seen.shape, bool)
    first[1:] = seen[1:] != seen[:-1]
    columns_of: np.ndarray = np.bincount(seen[first], minlength=count + 1)
    columns_of[0] = 0
    return columns_of


def _nearest(patches: TextPatches, lines: list[Ridge]) -> tuple[np.ndarray, np.ndarray]:
    """(n + 1,) the number, from 1, of the line that each patch is nearest to, or 0, and (n,) how far below its middle [core heights]."""
    x, y = (patches.boxes[:, :2] + patches.boxes[:, 2:]).T / 2
    off = np.stack([_off(line, x, y, patches.core) for line in lines], 1)
    nearest = np.abs(off).argmin(1)
    off = off[np.arange(len(off)), nearest]
    return np.concatenate([[0], np.where(np.abs(off) < _OFF, nearest + 1, 0)]), off


def _off(line: Ridge, xs: np.ndarray, ys: np.ndarray, core: float) -> np.ndarray:
    """How far below the middle of a line places are [core heights]; very far beyond its ends."""
    beyond = np.maximum(line.x[0] - xs, xs - line.x[-1]) > _REACH * core
    return np.where(beyond, 99.0, (ys - line.at(xs)) / core)


def _sides(patch: np.ndarray, box: tuple[slice, slice], lines: list[Ridge]) -> np.ndarray:
    """For every pixel of a patch how many seams between neighbouring ``lines``, from the top, it is below."""
    ys, xs = np.nonzero(patch)
    side = np.zeros(len(ys), int)
    columns = np.arange(patch.shape[1])
    for upper, lower in pairwise(lines):
        top, foot = (line.at(columns + box[1].start) - box[0].start for line in (upper, lower))
        seam = _seam(patch, top, foot)
        side += ys > seam[xs]
    return side


def _seam(patch: np.ndarray, top: np.ndarray, foot: np.ndarray) -> np.ndarray:
    """The row (w,) in each column between rows ``top`` and ``foot`` (w,), along which least ink of a patch (h, w) is cut."""
    rows = np.arange(patch.shape[0])[:, None]
    middle, half = (top + foot) / 2, np.maximum((foot - top) / 2, 1)
    away = np.abs(rows - middle) / half
    cost = np.where(away < 1, patch + 0.05 * away**2, 4.0 + away)
    total = cost.copy()
    for column in range(1, patch.shape[1]):
        before = np.pad(total[:, column - 1], 1, constant_values=np.inf)
        total[:, column] += np.minimum(np.minimum(before[:-2] + 0.01, before[2:] + 0.01), before[1:-1])
    seam = np.empty(patch.shape[1], int)
    seam[-1] = np.argmin(total[:, -1])
    for column in range(patch.shape[1] - 2, -1, -1):
        low = max(seam[column + 1] - 1, 0)
        seam[column] = low + np.argmin(total[low : seam[column + 1] + 2, column])
    return seam
