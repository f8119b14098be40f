"""Printed rules of a sheet, across and down, told from the strokes of characters (1998 paper, section X-B)."""

import numpy as np

from recognizer.kernels import kernel
from recognizer.page.patches import connected, runs_along_rows
from recognizer.page.running import highest, spread

# Lengths in px of a sheet, whose width is 800.
_RULE = 48  # no stroke of a character runs straight so far
_MOST, _THICK = 0.6, 4.5  # share of the ink above and below it that a rule is, and px that it is high at most
_LONG_RULE = 100  # nor does writing so far, even if a row up or down is the same
_SIDE, _THIN, _TOUCH = 16, 4, 2  # least length, most breadth and reach of the sides of boxes
_GAP = 2  # is none


def rules_of(ink: np.ndarray) -> np.ndarray:
    """Where ink (H, W) bool runs straight across or down for longer than characters do, or down from one rule to another: the sides of
    boxes."""
    turned = _turned(ink)
    across = _long_runs(ink, _RULE) | _long_runs(highest(ink, 3, 0), _LONG_RULE)
    across = _turned(_filling(turned, _turned(across)))
    down = _filling(ink, _turned(_long_runs(turned, _RULE)))
    sides = connected(_turned(_long_runs(highest(turned, 3, 0), _SIDE)) & ink, corners=False)
    thin = sides.boxes[:, 2] - sides.boxes[:, 0] <= _THIN
    reach = _reaching(sides.boxes, spread(across, 2 * _TOUCH + 1)) & thin
    rules: np.ndarray = across | down
    if reach.any():
        rules |= spread(sides.chosen(reach), 3) & ink
    return rules


def _turned(mask: np.ndarray) -> np.ndarray:
    """The columns of a mask (H, W) as rows (W, H), which lie in one piece each, so that loops along them are fast."""
    return np.ascontiguousarray(mask.T)


@kernel
def _long_runs(ink: np.ndarray, length: int) -> np.ndarray:
    """Where ink (H, W) runs along rows for ``length`` px or more, with a px at either end: a small gap is none, and of what reaches
    the edge as much is thought beyond it."""
    long = np.zeros(ink.shape, np.bool_)
    starts, ends, offsets = runs_along_rows(ink)
    for row in range(len(ink)):
        run = offsets[row]
        while run < offsets[row + 1]:
            left = max(starts[run] - 1, 0)
            while run + 1 < offsets[row + 1] and starts[run + 1] - ends[run] <= _GAP:
                run += 1
            right = min(ends[run] + 1, ink.shape[1])
            beyond = length - length // 2 if left == 0 else length // 2 - 1 if right == ink.shape[1] else 0
            if right - left + beyond >= length:
                long[row, left:right] = True
            run += 1
    return long


def _filling(ink: np.ndarray, runs: np.ndarray) -> np.ndarray:
    """Those of the ``runs`` (H, W) bool down an image that are most of the ink (H, W) bool beside them on its rows, with their rims, but
    for where a stroke lies on them or crosses them: rows of close letters have long runs too."""
    runs = runs & ink
    numbers, _, sizes = connected(runs)
    found: np.ndarray = _filled(numbers, runs, ink, len(sizes))
    return found


@kernel
def _filled(numbers: np.ndarray, runs: np.ndarray, ink: np.ndarray, count: int) -> np.ndarray:
    """(H, W) bool: the rows of ink through the patches of ``runs``, numbered from 1 to ``count``, that are no wider than a rule there.

    Of each patch, in the mean over its rows, the share of the row of ink through it that it has, and how wide it is [px], tell a rule.
    """
    filled, wide, rows, last = np.zeros(count), np.zeros(count), np.zeros(count), np.full(count, -1)
    starts, ends, offsets = runs_along_rows(ink)
    first, end, parts = runs_along_rows(runs)
    through = np.empty(len(first), np.int64)  # the run of ink that each of the runs is in
    for row in range(len(ink)):
        k = offsets[row]
        for part in range(parts[row], parts[row + 1]):
            while ends[k] < end[part]:
                k += 1
            through[part] = k
            patch = numbers[row, first[part]] - 1
            filled[patch] += (end[part] - first[part]) / (ends[k] - starts[k])
            wide[patch] += end[part] - first[part]
            rows[patch] += last[patch] != row
            last[patch] = row
    found = np.zeros(ink.shape, np.bool_)
    for row in range(len(ink)):
        for part in range(parts[row], parts[row + 1]):
            k, patch = through[part], numbers[row, first[part]] - 1
            is_rule = filled[patch] >= _MOST * rows[patch] and wide[patch] <= _THICK * rows[patch]
            if is_rule and ends[k] - starts[k] <= wide[patch] / rows[patch] + _TOUCH:
                found[row, starts[k] : ends[k]] = True
    return found


@kernel
def _reaching(boxes: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Which boxes (n,) bool, each (4,), have some of a mask (H, W) in their first row and in their last."""
    reaching = np.empty(len(boxes), np.bool_)
    for index in range(len(boxes)):
        left, top, right, foot = boxes[index]
        reaching[index] = mask[top, left:right].any() and mask[foot - 1, left:right].any()
    return reaching
