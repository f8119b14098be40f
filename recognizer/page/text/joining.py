"""Ridges that go on as one another, joined to lines."""

import numpy as np

from recognizer.page.text.ridges import Ridge

_GAP = 6.0  # core heights: widest gap in a line
_OFF = 1.1  # core heights by which the ends on both sides of it differ in height
_END = 6.0  # core heights of a ridge that tell how it goes on
# What has so many times less ink is of a line where it is so near [core heights].
_RIDING = ((4.0, 1.4), (8.0, 1.9), (16.0, 2.5))
_ASIDE = 1.0  # and no further beyond its ends, for the most part
_GUTTER, _FLUSH = 1.5, 2.5  # core heights that columns are apart, and that their lines begin beside each other
_COLUMN, _OPEN = 3, 4.0  # other lines that begin there, at least, and how many times as many as go on over it
_CLIMB = 0.15  # slope that is steep


def joined(ridges: list[Ridge], core: float) -> list[Ridge]:
    """Lines; the two ridges that go best together are joined first."""
    lines = list(ridges)
    while len(lines) > 1:
        costs = _costs(lines, core)
        best = np.unravel_index(np.argmin(costs), costs.shape)
        if costs[best] >= 1:
            break
        left, right = lines[best[0]], lines[best[1]]
        lines = [line for line in lines if line is not left and line is not right]
        lines.append(_one(left, right))
    runs = [run for line in lines for run in _runs(line, core)]
    lines = [part for line in lines for part in _at_gutters(line, lines, runs, core)]
    return [line for line in lines if not any(_rides_on(line, other, core) for other in lines)]


def _at_gutters(line: Ridge, lines: list[Ridge], runs: list[tuple[float, float]], core: float) -> list[Ridge]:
    """A line, or its parts in columns: it is parted at a gap where ``runs`` of other lines, from x to x, begin too, or that
    has some of the ``lines`` wholly on either side, and that hardly any goes over."""
    for k in np.flatnonzero(np.diff(line.x) > _GUTTER * core):
        left, right = line.x[k : k + 2]
        begin = sum(abs(start - right) < _FLUSH * core for start, _ in runs)
        over = sum(start <= right - _FLUSH * core and end > right - _GUTTER * core for start, end in runs)
        flush = begin > _COLUMN and begin >= _OPEN * over
        if flush or any(_is_between(x, lines, runs) for x in np.linspace(left, right, 5)[1:-1]):
            share = (k + 1) / len(line.x)
            before = Ridge(line.x[: k + 1], line.y[: k + 1], share * line.mass)
            after = Ridge(line.x[k + 1 :], line.y[k + 1 :], (1 - share) * line.mass)
            return [before, *_at_gutters(after, lines, runs, core)]
    return [line]


def _is_between(x: float, lines: list[Ridge], runs: list[tuple[float, float]]) -> bool:
    """Are there lines wholly on the left of x, and on the right, and hardly any that goes on over it?"""
    beside = min(sum(line.x[-1] < x for line in lines), sum(line.x[0] > x for line in lines))
    return beside >= _COLUMN and beside >= _OPEN * sum(start < x < end for start, end in runs)


def _runs(line: Ridge, core: float) -> list[tuple[float, float]]:
    """From where to where a line goes on without a gap as wide as a gutter."""
    gaps = np.flatnonzero(np.diff(line.x) > _GUTTER * core)
    starts, ends = np.concatenate([[0], gaps + 1]), np.concatenate([gaps, [len(line.x) - 1]])
    return list(zip(line.x[starts].tolist(), line.x[ends].tolist(), strict=True))


def _rides_on(small: Ridge, line: Ridge, core: float) -> bool:
    """Is one only what stands high or low in another, or beside it like an accent?"""
    near = max((near for less, near in _RIDING if small.mass * less <= line.mass), default=0.0)
    beside = (small.x >= line.x[0] - _ASIDE * core) & (small.x <= line.x[-1] + _ASIDE * core)
    return bool(beside.mean() > 0.5 and np.abs(small.y - line.at(small.x)).mean() < near * core)


def _one(left: Ridge, right: Ridge) -> Ridge:
    x, y = np.concatenate([left.x, right.x]), np.concatenate([left.y, right.y])
    order = np.argsort(x, kind="stable")
    return Ridge(x[order], y[order], left.mass + right.mass)


def _costs(lines: list[Ridge], core: float) -> np.ndarray:
    """(n, n) how badly the second of two goes on as the first, on its right; below 1: well enough."""
    starts, ends = np.array([line.x[0] for line in lines]), np.array([line.x[-1] for line in lines])
    gap = (starts[None] - ends[:, None]) / core
    middle = (starts[None] + ends[:, None]) / 2
    before, after = (np.array([_end(line, core, side) for line in lines]) for side in (-1, 0))
    on_left = before[:, 1, None] + before[:, 2, None] * (middle - before[:, 0, None])
    on_right = after[None, :, 1] + after[None, :, 2] * (middle - after[None, :, 0])
    off = np.abs(on_left - on_right) / core
    cost = 0.75 * off / _OFF + 0.5 * np.maximum(gap, 0) / _GAP
    np.fill_diagonal(cost, np.inf)
    cost[(gap < -1) | (gap > _GAP) | (off > _OFF)] = np.inf
    return cost


def _end(line: Ridge, core: float, side: int) -> tuple[float, float, float]:
    """x, y and slope at the left (0) or right (-1) end."""
    near = np.abs(line.x - line.x[side]) <= _END * core
    x, y = line.x[near], line.y[near]
    spread = x - x.mean()
    slope = (spread * (y - y.mean())).sum() / ((spread**2).sum() + len(x) * (2 * core) ** 2)
    slope = float(np.clip(slope, -_CLIMB, _CLIMB))
    return float(line.x[side]), float(y.mean() + slope * (line.x[side] - x.mean())), slope
