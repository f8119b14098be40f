"""Places where a connected patch of ink may be two characters (1998 paper, V-A and X-A): too many on purpose."""

import numpy as np

_NEAR = 3  # columns: candidates closer than this are one
_JOIN = 5  # columns: a valley of the upper contour and a peak of the lower one so close make one slanted cut


def cut_lines(mask: np.ndarray, deepest: float) -> np.ndarray:
    """Cuts through a patch of ink ``mask`` (R, C) bool, left to right, as columns (n, R): ink left of a line parts from ink on it.

    No line crosses more than ``deepest`` rows of ink. Candidates are the minima of the vertical projection, the minima of the
    distance between the contours, and hit and deflect: a line dropped from above slides along the upper contour into a
    valley and goes straight down from there; one raised from below does the same; where the two meet they are one cut.
    """
    rows, columns = mask.shape
    if columns < 2 * _NEAR:
        return np.empty((0, rows), int)
    crossing = mask.sum(0)
    upper = mask.argmax(0)
    lower = rows - 1 - mask[::-1].argmax(0)
    valleys, peaks = _minima(-upper), _minima(lower)
    straight = np.unique(np.concatenate([_minima(crossing), _minima(lower - upper), valleys, peaks]))
    slanted = [(v, p) for v in valleys for p in peaks if 0 < abs(v - p) <= _JOIN]
    tops, feet = np.array(slanted, int).reshape(-1, 2).T
    lines = np.concatenate(
        [np.repeat(straight[:, None], rows, 1), np.round(np.linspace(tops, feet, rows, axis=1)).astype(int)]
    )
    # One column to either side must stay ink-bearing: a cut along the rim of the patch parts nothing.
    lines = lines[(lines.min(1) >= _NEAR) & (lines.max(1) < columns - _NEAR + 1)]
    cost = mask[np.arange(rows), lines].sum(1)
    lines, cost = lines[cost <= deepest], cost[cost <= deepest]
    kept: list[int] = []
    for index in np.lexsort((np.ptp(lines, axis=1), cost)):
        beyond = lines[index] - lines[kept]
        in_order = (beyond >= 0).all(1) | (beyond <= 0).all(1)
        if (in_order & (np.abs(beyond).max(1) >= _NEAR)).all():
            kept.append(int(index))
    return lines[sorted(kept, key=lambda index: int(lines[index].sum()))]


def _minima(profile: np.ndarray) -> np.ndarray:
    """Columns of the local minima of a profile; the middle of each plateau."""
    change = np.flatnonzero(np.diff(profile))
    starts, ends = np.concatenate([[0], change + 1]), np.concatenate([change, [len(profile) - 1]])
    values = profile[starts]
    before, after = np.concatenate([[np.inf], values[:-1]]), np.concatenate([values[1:], [np.inf]])
    lowest = (values < before) & (values < after)
    return (starts[lowest] + ends[lowest] + 1) // 2
