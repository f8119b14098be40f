"""Places where a connected patch of ink may be two characters (1998 paper, V-A and X-A): too many on purpose."""

import numpy as np

from recognizer.kernels import kernel

_NEAR = 3  # columns: candidates closer than this are one
_JOIN = 5  # columns: a valley of the upper contour and a peak of the lower one so close make one slanted cut


@kernel
def cut_lines(mask: np.ndarray, deepest: float) -> np.ndarray:
    """Cuts through a patch of ink ``mask`` (R, C) bool, left to right, as columns (n, R): ink left of a line parts from ink on it.

    No line crosses more than ``deepest`` rows of ink. Candidates are the minima of the vertical projection, the minima of the
    distance between the contours, and hit and deflect: a line dropped from above slides along the upper contour into a
    valley and goes straight down from there; one raised from below does the same; where the two meet they are one cut.
    """
    rows, columns = mask.shape
    if columns < 2 * _NEAR:
        return np.empty((0, rows), np.int64)
    lines, cost = _candidates(mask, deepest)
    rank = np.empty(len(lines), np.int64)  # those that cross least first, of these those that lean least
    for number in range(len(lines)):
        rank[number] = cost[number] * columns + lines[number].max() - lines[number].min()
    order = np.argsort(rank, kind="mergesort")
    kept = lines[order[_apart(lines, order)]]
    return kept[np.argsort(kept.sum(1), kind="mergesort")]


@kernel
def _candidates(mask: np.ndarray, deepest: float) -> tuple[np.ndarray, np.ndarray]:
    """The lines (n, R), and the rows of ink (n,) that each crosses.

    One column to either side must stay ink-bearing: a cut along the rim of the patch parts nothing.
    """
    rows, columns = mask.shape
    crossing, upper, lower = np.zeros(columns, np.int64), np.zeros(columns, np.int64), np.full(columns, rows - 1)
    for column in range(columns):
        for row in range(rows - 1, -1, -1):
            if mask[row, column]:
                crossing[column] += 1
                upper[column] = row
        for row in range(rows - 1, upper[column] - 1, -1):
            if mask[row, column]:
                lower[column] = row
                break
    valleys, peaks = _minima(-upper), _minima(lower)
    straight = np.unique(np.concatenate((_minima(crossing), _minima(lower - upper), valleys, peaks)))
    ends = [(column, column) for column in straight]
    ends += [(v, p) for v in valleys for p in peaks if 0 < abs(v - p) <= _JOIN]
    lines, cost = np.empty((len(ends), rows), np.int64), np.empty(len(ends), np.int64)
    count = 0
    for top, foot in ends:
        if min(top, foot) < _NEAR or max(top, foot) >= columns - _NEAR + 1:
            continue
        step = (foot - top) / max(rows - 1, 1)
        crossed = 0
        for row in range(rows):
            across = int(np.rint(row * step + top))
            lines[count, row] = across
            crossed += mask[row, across]
        if crossed <= deepest:
            cost[count] = crossed
            count += 1
    return lines[:count], cost[:count]


@kernel
def _apart(lines: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Places in ``order`` of the lines that cross none that comes before, and are not near one."""
    kept = np.zeros(len(order), np.bool_)
    for place in range(len(order)):
        line = lines[order[place]]
        kept[place] = True
        for before in range(place):
            if not kept[before]:
                continue
            beyond = line - lines[order[before]]
            least, most = beyond.min(), beyond.max()
            if (least < 0 < most) or max(-least, most) < _NEAR:
                kept[place] = False
                break
    return np.flatnonzero(kept)


@kernel
def _minima(profile: np.ndarray) -> np.ndarray:
    """Columns of the local minima of a profile; the middle of each plateau."""
    found = np.empty(len(profile), np.int64)
    count, start = 0, 0
    for end in range(len(profile)):
        last = end + 1 == len(profile)
        if not last and profile[end + 1] == profile[end]:
            continue
        if (start == 0 or profile[start - 1] > profile[end]) and (last or profile[end + 1] > profile[end]):
            found[count] = (start + end + 1) // 2
            count += 1
        start = end + 1
    return found[:count]
