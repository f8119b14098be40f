"""Chains of strokes into lines: where each chain stands is known, and what goes on at the same height is joined, the best pair first.

Each line knows the one that it goes best together with, and a tree over the lines knows the best pair of all: work grows with what is
near on the page, and memory with the number of chains. Lengths are in core heights.
"""

from typing import NamedTuple

import numpy as np

from recognizer.kernels import in_place, inlined

_REACH = 6.0  # what is further than that along the line says little about its height
# Standard deviations of the height of a chain about its line, and of the line's slope about that of the page.
_SPREAD, _CLIMB = 0.4, 0.06
_APART = 3.0  # most standard deviations that two chains of a line differ by
# What the most counts, and of the widest gap; twice that of chains that stand above each other.
_OF_HEIGHT, _OF_GAP = 0.75, 0.5
_GAP, _LONG_GAP = 5.0, 40.0  # widest in a line: where other things were written between, and where nothing was
# So far above or below each other, and farther by what both go up and down and by that share of the gap, none goes on as the other.
_FAR, _FARTHER = 2.5, 0.15


class Measured(NamedTuple):
    """Where n chains stand: M measurements, chain after chain."""

    x: np.ndarray
    y: np.ndarray
    weight: np.ndarray
    starts: np.ndarray  # (n + 1,) int: where those of each chain begin, and M


class _Lines(NamedTuple):
    """Lines that are being joined, by the number of the first chain of each."""

    measured: Measured
    following: np.ndarray  # (n,) int: the next chain of the same line, -1 = none
    ends: np.ndarray  # (n,) int: the last chain of that list
    boxes: np.ndarray  # (n, 4) left and right end, and from where to where the measurements go down
    writing: np.ndarray  # (n, 2) int: the first and the last chain of each line in the order of writing
    alive: np.ndarray  # (n,) int: the lines that there are
    changes: np.ndarray  # (n,) int: how often each was joined to another, -1 of what is part of another
    mate: np.ndarray  # (n,) int: what goes best together with each,
    seen: np.ndarray  # (n,) int: as it was after so many changes
    least: np.ndarray  # (2 s,): node k has the least cost of nodes 2 k and 2 k + 1, those from s on are of the lines


def joined(spans: np.ndarray, measured: Measured) -> np.ndarray:
    """(n,) int: the line of each chain, by the number of its first one; ``spans`` (n, 2): left and right end of the chains."""
    count = len(spans)
    if not count:
        return np.empty(0, int)
    down = [each.reduceat(measured.y, measured.starts[:-1]) for each in (np.minimum, np.maximum)]
    line = np.arange(count)
    lines = _Lines(
        measured=measured,
        following=np.full(count, -1),
        ends=line.copy(),
        boxes=np.column_stack([spans, *down]),
        writing=np.column_stack([line, line]),
        alive=line.copy(),
        changes=np.zeros(count, int),
        mate=np.full(count, -1),
        seen=np.zeros(count, int),
        least=np.full(2 << (count - 1).bit_length(), np.inf),
    )
    _join(lines, line)
    return line


def levels(where: np.ndarray, x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Heights at ``where`` (k,) of one line that was measured at ``x``, ``y`` (m,)."""
    found = np.empty(len(where))
    _levels(Measured(x, y, weight, np.array([0, len(x)])), np.array([-1]), where, found)
    return found


@in_place
def _levels(measured, following, where, found):  # type: ignore[no-untyped-def]
    for k in range(len(where)):
        found[k], _ = _level_of(measured, following, 0, where[k])


@in_place
def _join(lines, line):  # type: ignore[no-untyped-def]
    """Join the best pair while there is one; ``line`` (n,) becomes the line of each chain."""
    count = len(line)
    for one in range(count):
        _pair(lines, one, one)
    alive = count
    while lines.least[1] < np.inf:
        one = _lowest(lines.least)
        other = lines.mate[one]
        if lines.changes[other] != lines.seen[one]:
            _pair(lines, one, alive)
            continue
        kept, gone = min(one, other), max(one, other)
        line[gone] = kept
        _merge(lines, kept, gone)
        for k in range(alive):
            if lines.alive[k] == gone:
                lines.alive[k] = lines.alive[alive - 1]
                break
        alive -= 1
        _pair(lines, kept, alive)
    for k in range(count):
        line[k] = line[line[k]]  # which has a lower number, and is known


@inlined
def _pair(lines, one, alive):  # type: ignore[no-untyped-def]
    """Find what goes best together with ``one`` among the first ``alive`` lines; of two that go equally well, the first."""
    best, mate = np.inf, -1
    for k in range(alive):
        other = lines.alive[k]
        if other == one:
            continue
        cost = _cost(lines, min(one, other), max(one, other))
        if cost < best or (cost == best and other < mate):
            best, mate = cost, other
    _note(lines, one, mate, best)


@inlined
def _note(lines, one, mate, cost):  # type: ignore[no-untyped-def]
    """Of ``one``, remember what it goes best together with."""
    lines.mate[one] = mate
    if mate >= 0:
        lines.seen[one] = lines.changes[mate]
    node = len(lines.least) // 2 + one
    lines.least[node] = cost
    while node > 1:
        node //= 2
        lines.least[node] = min(lines.least[2 * node], lines.least[2 * node + 1])


@inlined
def _lowest(least):  # type: ignore[no-untyped-def]
    """The first of the lines of least cost."""
    node, lines = 1, len(least) // 2
    while node < lines:
        node = 2 * node if least[2 * node] <= least[2 * node + 1] else 2 * node + 1
    return node - lines


@inlined
def _merge(lines, kept, gone):  # type: ignore[no-untyped-def]
    lines.following[lines.ends[kept]] = gone
    lines.ends[kept] = lines.ends[gone]
    for side in range(0, 4, 2):
        lines.boxes[kept, side] = min(lines.boxes[kept, side], lines.boxes[gone, side])
        lines.boxes[kept, side + 1] = max(lines.boxes[kept, side + 1], lines.boxes[gone, side + 1])
    lines.writing[kept, 0] = min(lines.writing[kept, 0], lines.writing[gone, 0])
    lines.writing[kept, 1] = max(lines.writing[kept, 1], lines.writing[gone, 1])
    lines.changes[kept] += 1
    lines.changes[gone] = -1
    _note(lines, gone, -1, np.inf)


@inlined
def _cost(lines, one, other):  # type: ignore[no-untyped-def]
    """How badly two lines go together: below 1 if well enough, else infinite."""
    boxes = lines.boxes
    low, high = max(boxes[one, 0], boxes[other, 0]), min(boxes[one, 1], boxes[other, 1])
    gap = max(low - high, 0.0)
    widest = _LONG_GAP if _follows(lines, one, other) or _follows(lines, other, one) else _GAP
    down = max(boxes[one, 2], boxes[other, 2]) - min(boxes[one, 3], boxes[other, 3])
    bend = boxes[one, 3] - boxes[one, 2] + boxes[other, 3] - boxes[other, 2]
    if gap > widest or down > _FAR + bend + _FARTHER * gap:
        return np.inf
    y, variance = _level_of(lines.measured, lines.following, one, (low + high) / 2)
    other_y, other_variance = _level_of(lines.measured, lines.following, other, (low + high) / 2)
    off = abs(y - other_y) / np.sqrt(variance + other_variance)
    narrower = min(boxes[one, 1] - boxes[one, 0], boxes[other, 1] - boxes[other, 0])
    stacked = min(max((high - low) / max(narrower, 1e-9), 0.0), 1.0)
    cost = _OF_HEIGHT * (1 + stacked) * off / _APART + _OF_GAP * gap / widest
    return np.inf if off > _APART or cost >= 1 else cost


@inlined
def _follows(lines, one, other):  # type: ignore[no-untyped-def]
    """Was the other begun right of ``one`` when that was done?"""
    return lines.writing[other, 0] == lines.writing[one, 1] + 1 and lines.boxes[other, 0] > lines.boxes[one, 0]


@inlined
def _level_of(measured, following, one, where):  # type: ignore[no-untyped-def]
    """Height of a line at x = ``where``, and its variance, from a straight line through what is near, whose slope is near 0."""
    near, chain = np.inf, one
    while chain >= 0:
        for k in range(measured.starts[chain], measured.starts[chain + 1]):
            near = min(near, abs(measured.x[k] - where))
        chain = following[chain]
    n, sx, sy, sxx, sxy = 0.0, 0.0, 0.0, 0.0, 0.0
    chain = one
    while chain >= 0:
        for k in range(measured.starts[chain], measured.starts[chain + 1]):
            off = measured.x[k] - where
            share = measured.weight[k] * np.exp(-0.5 * ((abs(off) - near) / _REACH) ** 2)
            n, sx, sy = n + share, sx + share * off, sy + share * measured.y[k]
            sxx, sxy = sxx + share * off * off, sxy + share * off * measured.y[k]
        chain = following[chain]
    n = max(n, 1e-9)
    x, y = sx / n, sy / n
    precision = max(sxx - n * x * x, 0.0) + (_SPREAD / _CLIMB) ** 2
    return y - (sxy - n * x * y) / precision * x, _SPREAD**2 * (1 / max(n, 0.9) + x * x / precision)
