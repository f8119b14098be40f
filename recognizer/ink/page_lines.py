"""Strokes into lines of writing: chains of strokes that were written one after the other are joined where one goes on as the other.

Lengths are in core heights; lines are level, but for a few degrees, and may bend (see `page_trend`).
"""

import heapq
from dataclasses import astuple, dataclass, replace

import numpy as np

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
# Of lines: how a chain goes on.
_REACH = 6.0  # chains further than that along the line say little about its height
# Standard deviations of the height of a chain about its line, and of the line's slope about that of the page.
_SPREAD, _CLIMB = 0.4, 0.06
_APART = 3.0  # most standard deviations that two chains of a line differ by
# What the most counts, and of the widest gap; twice that of chains that stand above each other.
_OF_HEIGHT, _OF_GAP = 0.75, 0.5
_GAP, _LONG_GAP = 5.0, 40.0  # widest in a line: where other things were written between, and where nothing was


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
        off: np.ndarray = y - _level_at(x, self.x[mine], self.y[mine], self.weight[mine])[0]
        return off


def lines_of(path: PenPath, large: np.ndarray) -> tuple[list[np.ndarray], Heights]:
    """The strokes of each line, of those whose numbers (k,) in the order of writing are ``large``, and where the lines stand.
    There is no order among lines."""
    boxes = path.boxes[large]
    chain = _chains(boxes)
    chains = chain[-1] + 1 if len(chain) else 0
    heights = _heights(path, large, chain)
    line = _joined(_boxes_of(boxes, chain, chains), heights)
    _, line = np.unique(line, return_inverse=True)
    joined = replace(heights, line=line[heights.line])
    return [large[line[chain] == k] for k in range(line.max() + 1 if len(line) else 0)], joined


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


def _boxes_of(boxes: np.ndarray, chain: np.ndarray, count: int) -> np.ndarray:
    found = np.empty((count, 4))
    found[:, :2], found[:, 2:] = np.inf, -np.inf
    np.minimum.at(found[:, :2], chain, boxes[:, :2])
    np.maximum.at(found[:, 2:], chain, boxes[:, 2:])
    return found


def _joined(boxes: np.ndarray, heights: Heights) -> np.ndarray:
    """(chains,) int: the line of each; the two that go best together are joined first."""
    count = len(boxes)
    line = np.arange(count)
    alive = np.ones(count, bool)
    first, last = np.arange(count), np.arange(count)  # chains of a line in the order of writing
    spans = boxes[:, [0, 2]].copy()
    members = [np.array([k]) for k in range(count)]
    version = np.zeros(count, int)
    queue: list[tuple[float, int, int, int, int]] = []
    measured = replace(heights, line=heights.line.copy())

    def push(one: int, least: int) -> None:
        costs = _costs(one, spans, measured, first, last)
        costs[~alive] = np.inf
        costs[one] = np.inf
        for other in np.flatnonzero(costs < 1):
            if other > least:
                heapq.heappush(queue, (float(costs[other]), one, int(other), int(version[one]), int(version[other])))

    for one in range(count):
        push(one, one)
    while queue:
        _, one, other, of_one, of_other = heapq.heappop(queue)
        if not (alive[one] and alive[other] and version[one] == of_one and version[other] == of_other):
            continue
        alive[other] = False
        members[one] = np.concatenate([members[one], members[other]])
        line[members[one]] = one
        measured.line[measured.line == other] = one
        spans[one] = min(spans[one, 0], spans[other, 0]), max(spans[one, 1], spans[other, 1])
        first[one], last[one] = min(first[one], first[other]), max(last[one], last[other])
        version[one] += 1
        push(one, -1)
    return line


def _costs(one: int, spans: np.ndarray, heights: Heights, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """(lines,) how badly each goes together with ``one``; below 1: well enough."""
    count = len(spans)
    left, right = spans[:, 0], spans[:, 1]
    low, high = np.maximum(left, left[one]), np.minimum(right, right[one])
    contact, gap = (low + high) / 2, np.maximum(low - high, 0)
    follows = ((first == last[one] + 1) & (left > left[one])) | ((last == first[one] - 1) & (left < left[one]))
    mine = heights.line == one
    y, variance = _level(
        heights.x[None] - contact[heights.line][None], heights.y[None], heights.weight[None], heights.line, count
    )
    own_y, own_variance = _level_at(contact, heights.x[mine], heights.y[mine], heights.weight[mine])
    off = np.abs(y - own_y) / np.sqrt(variance + own_variance)
    stacked = np.clip((high - low) / np.maximum(np.minimum(right - left, right[one] - left[one]), 1e-9), 0, 1)
    widest = np.where(follows, _LONG_GAP, _GAP)
    cost = _OF_HEIGHT * (1 + stacked) * off / _APART + _OF_GAP * gap / widest
    return np.where((off > _APART) | (gap > widest), np.inf, cost)


def _level(
    x: np.ndarray, y: np.ndarray, weight: np.ndarray, chain: np.ndarray, count: int
) -> tuple[np.ndarray, np.ndarray]:
    """Height of each line where x is 0, and its variance, from a straight line through what is near."""
    x, y, weight = x[0], y[0], weight[0]
    near = np.full(count, np.inf)
    np.minimum.at(near, chain, np.abs(x))
    weight = weight * np.exp(-0.5 * ((np.abs(x) - near[chain]) / _REACH) ** 2)
    n, sx, sy, sxx, sxy = (
        np.bincount(chain, w, count) for w in (weight, weight * x, weight * y, weight * x * x, weight * x * y)
    )
    return _straight(n, sx, sy, sxx, sxy)


def _level_at(where: np.ndarray, x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same of one line at several places."""
    off = x[None] - where[:, None]
    far = np.abs(off)
    share = weight * np.exp(-0.5 * ((far - far.min(axis=1, keepdims=True)) / _REACH) ** 2)
    return _straight(share.sum(1), (share * off).sum(1), share @ y, (share * off * off).sum(1), (share * off) @ y)


def _straight(
    n: np.ndarray, sx: np.ndarray, sy: np.ndarray, sxx: np.ndarray, sxy: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Height at x = 0, and its variance, of straight lines whose slopes are near 0 and whose points have these moments."""
    n = np.maximum(n, 1e-9)
    x, y = sx / n, sy / n
    precision = np.maximum(sxx - n * x * x, 0) + (_SPREAD / _CLIMB) ** 2
    slope = (sxy - n * x * y) / precision
    return y - slope * x, _SPREAD**2 * (1 / np.maximum(n, 0.9) + x * x / precision)
