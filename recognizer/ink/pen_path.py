"""The path of the pen over a whole page at equal steps, and how large the writing on it is. All limits of a page's layout are
relative to that size.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from recognizer.ink.arc_length import points_at

STEP = 0.15  # [core heights]
_FIRST = 0.15  # the first guess of the core height [heights of the upper quarter of strokes]
_OF_RUNS = 1.25  # core height as a share of the middle way up or down of the pen
_ROUNDS = 3
_MOST = 60_000  # steps of a page
_SMALLEST = 1e-3  # [px]


@dataclass(frozen=True)
class PenPath:
    """N steps of all strokes, one after the other, in core heights: x right, y down."""

    at: np.ndarray  # (N, 2) float64
    stroke: np.ndarray  # (N,) int: which stroke each step is of
    first: np.ndarray  # (n + 1,) int: where each stroke begins, and N
    length: np.ndarray  # (n,) of each stroke's path
    core: float  # core height [px]

    @cached_property
    def boxes(self) -> np.ndarray:
        """(n, 4) left, top, right, bottom of the strokes."""
        low, high = (each.reduceat(self.at, self.first[:-1], axis=0) for each in (np.minimum, np.maximum))
        return np.concatenate([low, high], axis=1)

    def levelled(self, slope: float, fan: float) -> "PenPath":
        """The same path with lines made level that climb by ``slope`` (dy / dx) and fan out: what is apart at the left is exp(``fan``)
        times as far apart, and as high, at the right."""
        turn = np.arctan(slope)
        cos, sin = np.cos(turn), np.sin(turn)
        at = self.at @ np.array([[cos, -sin], [sin, cos]])
        x, y = (at - at.mean(axis=0)).T
        at[:, 1] -= y - y * np.exp(-fan * x / max(float(np.ptp(x)), 1.0))
        return replace(self, at=at)


def pen_path(strokes: Sequence[np.ndarray]) -> PenPath:
    """The path of strokes (n, 2 or more) [px]."""
    points = np.concatenate([stroke[:, :2] for stroke in strokes]).astype(np.float64)
    ends = np.cumsum([len(stroke) for stroke in strokes])
    tops, feet = (each.reduceat(points[:, 1], np.concatenate([[0], ends[:-1]])) for each in (np.minimum, np.maximum))
    widest = float(np.ptp(points, axis=0).max())
    core = max(float(np.percentile(feet - tops, 75)), 0.02 * widest, _SMALLEST) * _FIRST
    for _ in range(_ROUNDS):
        path = _stepped(points, ends, core)
        core = _core(path, core)
    return _stepped(points, ends, core)


def _stepped(points: np.ndarray, ends: np.ndarray, core: float) -> PenPath:
    steps = np.concatenate([[0.0], np.hypot(*np.diff(points, axis=0).T)])
    steps[ends[:-1]] = 0.0  # the pen was lifted
    arc = np.cumsum(steps)
    starts = np.concatenate([[0], ends[:-1]])
    length = arc[ends - 1] - arc[starts]
    step = max(STEP * core, length.sum() / _MOST, _SMALLEST * 0.1)
    counts = np.ceil(length / step).astype(int) + 1
    first = np.concatenate([[0], np.cumsum(counts)])
    stroke = np.repeat(np.arange(len(ends)), counts)
    share = (np.arange(first[-1]) - first[stroke]) / np.maximum(counts - 1, 1)[stroke]
    # Apart, so that no step falls between strokes.
    arc += np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0)) * step
    places = arc[starts][stroke] + share * length[stroke]
    at = points_at(places, arc, points)
    return PenPath(at / core, stroke, first, length / core, core)


def _core(path: PenPath, core: float) -> float:
    """The core height [px]: what most of the ways up and down come to, long ones counting by their length."""
    rise = np.diff(path.at[:, 1])
    rise[path.first[1:-1] - 1] = 0.0
    way = np.sign(np.where(np.abs(rise) < 0.02, 0.0, rise))
    known = np.flatnonzero(way)
    if not len(known):
        return core
    parted = (np.diff(way[known]) != 0) | (np.diff(path.stroke[known]) != 0)
    run = np.concatenate([[0], np.cumsum(parted)])
    heights = np.bincount(run, np.abs(rise[known]))
    heights = np.sort(heights[heights > 0.25])
    if not len(heights):
        return core
    weight = np.cumsum(np.minimum(heights, 3 * np.median(heights)))
    return float(heights[np.searchsorted(weight, weight[-1] / 2)]) * core * _OF_RUNS
