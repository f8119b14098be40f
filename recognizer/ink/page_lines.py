"""Strokes into lines of writing: chains of strokes that were written one after the other are joined where one goes on as the other.

Lengths are in core heights; lines are level, but for a few degrees, and may bend (see `page_trend`).
"""

from dataclasses import astuple, dataclass, replace

import numpy as np

from recognizer.ink.page_joining import Measured, joined, levels
from recognizer.ink.pen_path import STEP, PenPath

_SLOPES = np.tan(np.radians(np.arange(-20.0, 20.1, 1.0)))
_NEAR_SLOPES = np.linspace(-0.14, 0.14, 9)
_FANS = np.linspace(-0.8, 0.8, 17)
_OF_SLOPE, _OF_FAN = 0.15, 0.2  # standard deviations
_MOST_STEPS = 4_000  # of the path, that the profile is made of
_BIN = 0.25  # of the profile across lines
_LETTER = 5.0  # length of the pen's path that counts as one observation of where lines are
# Of chains: strokes written one after the other that are so near.
_NEAR, _BACK, _OFF = 1.5, 1.5, 1.1  # right of the last ones, left of their end, middles above each other
_ALL, _PART = 0.8, 0.2  # shares of the lower one's height that must be beside the other
_LOW, _STACKED, _HALF = 0.9, 0.4, 0.5  # or so low and so near above or below it, over that share of its width
_SPAN = 2.0  # of a chain that one height is measured of


def page_trend(path: PenPath, chosen: np.ndarray) -> tuple[float, float]:
    """dy / dx of most lines, and how much they fan out (see `PenPath.levelled`): those for which the profile of the ink across the
    lines has least entropy.

    ``chosen`` (n,) bool: the strokes that count.
    """
    of = chosen[path.stroke]
    at = path.at[of][:: 2 + int(of.sum()) // (2 * _MOST_STEPS)]
    if not len(at):
        return 0.0, 0.0
    letters = of.sum() * STEP / _LETTER
    middle = at.mean(axis=0)
    x, y = (at - middle).T
    width = max(float(np.ptp(x)), 1.0)

    def cost(slope: float, fan: float) -> float:
        across = (y - slope * x) / np.sqrt(1 + slope**2) * np.exp(-fan * x / width) / _BIN
        counts = np.bincount((across - across.min()).astype(int)).astype(float)
        smooth = np.convolve(counts, [0.25, 0.5, 0.25])
        share = smooth[smooth > 0] / smooth.sum()
        entropy = -float((share * np.log(share)).sum())
        return letters * entropy + 0.5 * (slope / _OF_SLOPE) ** 2 + 0.5 * (fan / _OF_FAN) ** 2

    steepest = min(_SLOPES, key=lambda slope: cost(slope, 0.0))
    near = [(steepest + off, fan) for off in _NEAR_SLOPES for fan in _FANS]
    slope, fan = min(near, key=lambda trend: cost(*trend))
    return float(slope), float(fan)


@dataclass(frozen=True)
class Heights:
    """Where lines (or chains, before they are joined) stand: M measurements, each of a short span of one of them."""

    x: np.ndarray
    y: np.ndarray
    line: np.ndarray  # (M,) int
    weight: np.ndarray

    def with_those_of(self, others: "Heights") -> "Heights":
        """Both, one after the other."""
        columns = zip(astuple(self), astuple(others), strict=True)
        return Heights(*(np.concatenate(both) for both in columns))

    def off(self, line: int, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """How far below the middle of a line positions (k,), (k,) are [px]."""
        mine = self.line == line
        return y - levels(x, self.x[mine], self.y[mine], self.weight[mine])


def lines_of(path: PenPath, large: np.ndarray) -> tuple[list[np.ndarray], Heights]:
    """The strokes of each line, of those whose numbers (k,) in the order of writing are ``large``, and where the lines stand.
    There is no order among lines."""
    boxes = path.boxes[large]
    chain = _chains(boxes)
    chains = chain[-1] + 1 if len(chain) else 0
    heights = _heights(path, large, chain)
    starts = np.searchsorted(heights.line, np.arange(chains + 1))
    line = joined(_spans(boxes, chain, chains), Measured(heights.x, heights.y, heights.weight, starts))
    _, line = np.unique(line, return_inverse=True)
    count = line.max() + 1 if len(line) else 0
    return [large[line[chain] == k] for k in range(count)], replace(heights, line=line[heights.line])


def _chains(boxes: np.ndarray) -> np.ndarray:
    """(k,) int: a number for each stroke, the same while the next one stands beside, or over, the last one."""
    chain = np.zeros(len(boxes), int)
    reach = boxes[0, 2] if len(boxes) else 0.0
    for k in range(1, len(boxes)):
        one, other = boxes[k - 1], boxes[k]
        gap, shared = other[0] - reach, min(one[3], other[3]) - max(one[1], other[1])
        lower = min(one[3] - one[1], other[3] - other[1])
        beside = -_BACK < gap < _NEAR and (
            shared > _ALL * lower or (abs(one[1] + one[3] - other[1] - other[3]) < 2 * _OFF and shared > _PART * lower)
        )
        common = min(one[2], other[2]) - max(one[0], other[0])
        over = lower < _LOW and shared > -_STACKED and common > _HALF * min(one[2] - one[0], other[2] - other[0])
        chain[k] = chain[k - 1] + (not (beside or over))
        reach = max(reach, other[2]) if beside or over else other[2]
    return chain


def _heights(path: PenPath, large: np.ndarray, chain: np.ndarray) -> Heights:
    """Medians of y over spans of the chains."""
    number = np.full(len(path.length), -1)
    number[large] = chain
    of_step = number[path.stroke]
    known = of_step >= 0
    at, of_step = path.at[known], of_step[known]
    span = np.floor(at[:, 0] / _SPAN).astype(int)
    order = np.lexsort((at[:, 1], span, of_step))
    at, of_step, span = at[order], of_step[order], span[order]
    starts = np.flatnonzero((np.diff(of_step, prepend=-1) != 0) | (np.diff(span, prepend=span[:1] - 1) != 0))
    counts = np.diff(starts, append=len(at))
    x = np.add.reduceat(at[:, 0], starts) / counts if len(at) else np.empty(0)
    y = (at[starts + counts // 2, 1] + at[starts + (counts - 1) // 2, 1]) / 2
    return Heights(x, y, of_step[starts], np.minimum(counts * 0.15 / _LETTER, 1.0))


def _spans(boxes: np.ndarray, chain: np.ndarray, count: int) -> np.ndarray:
    """(count, 2) left and right end of each chain."""
    found = np.tile([np.inf, -np.inf], (count, 1))
    np.minimum.at(found[:, 0], chain, boxes[:, 0])
    np.maximum.at(found[:, 1], chain, boxes[:, 2])
    return found
