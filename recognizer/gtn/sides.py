"""What composition looks up in its two sides: plain arrays, found once for each topology and kept with it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from recognizer.gtn.arrays import Array
from recognizer.gtn.runs import Runs
from recognizer.kernels import kernel

MANY = 1 << 30  # stands for "as many as you like"; sums of two do not overflow int32


class LeftSide(NamedTuple):
    """The arcs of a left side in runs, by the node that they lead to, and how many symbols can follow a node."""

    output: Array  # (A,) int32: what each arc writes, arcs in the order of the runs
    first: Array  # (R + 1,) int32: arcs of run r are first[r] .. first[r + 1] - 1
    source: Array  # (R,) int32: the node that a run leaves
    into: Array  # (N + 1,) int32: runs that lead to node n are run[into[n]] .. run[into[n + 1] - 1]
    run: Array  # (R,) int32
    fewest: Array  # (N,) int32: symbols written on the way to the end that writes fewest, MANY = no way
    most: Array  # (N,) int32: on the way that writes most, -1 = no way
    longest: int  # arcs in a run
    largest: int  # output
    has_epsilon: bool


class RightSide(NamedTuple):
    """The arcs of a right side by (source, label), and how many symbols can follow a node."""

    starts: Array  # (N + 1,) int32: arcs of node n are entries starts[n] .. starts[n + 1] - 1
    arc: Array  # (A,) int32: the arc of each entry
    label: Array  # (A,) int32: what it reads, ascending within a node
    target: Array  # (A,) int32
    until: Array  # (A,) int32: the entry after the last of those from here on that have the same source and target
    fewest: Array  # (N,) int32: symbols read on the way to the end that reads fewest, MANY = no way
    most: Array  # (N,) int32: on the way that reads most, MANY where a cycle lies on it, -1 = no way
    largest: int  # label
    has_epsilon: bool
    inner_epsilon: bool  # an epsilon arc leads to a node that is not the end: one that other arcs may lead to as well


def left_side(runs: Runs, output: Array, nodes: Array) -> LeftSide:
    """What is looked up in a left side whose arcs (in the order of the runs) write ``output`` (A,)."""
    into, run, fewest, most, longest, largest, silent = symbols_to_end(
        runs.first, runs.source, runs.target, output, nodes
    )
    return LeftSide(output, runs.first, runs.source, into, run, fewest, most, longest, largest, bool(silent))


def right_side(source: Array, target: Array, label: Array, nodes: Array) -> RightSide:
    """What is looked up in a right side, arcs (A,) of a batch whose graph b begins at node ``nodes[b]`` (B + 1,), which may have cycles."""
    starts, arc = arcs_by(source, label, int(nodes[-1]))
    # Of a large language in order that is two arrays of twenty megabytes fewer.
    in_order = bool((arc == np.arange(len(arc))).all())
    read, to = (label, target) if in_order else (label[arc], target[arc])
    fewest, most = symbols_to_end_of_cyclic(source, target, label, nodes)
    has, inner = epsilon_structure(target, label, fewest, nodes)
    until, largest = ends_of_runs(starts, to), int(read.max(initial=0))
    return RightSide(starts, arc, read, to, until, fewest, most, largest, bool(has), bool(inner))


@kernel
def arcs_by(node, label, nodes):  # type: ignore[no-untyped-def]
    """Offsets per node, and the arcs sorted by (node, label, arc): two counting sorts."""
    largest = 0
    for i in range(len(label)):
        largest = max(largest, label[i])
    by_label = counting_sort(label, np.arange(len(label)).astype(np.int32), largest + 1)[1]
    return counting_sort(node, by_label, nodes)


@kernel
def ends_of_runs(starts, target):  # type: ignore[no-untyped-def]
    """For each entry the one after the last of those that follow with the same source and target."""
    until = np.empty(len(target), np.int32)
    for node in range(len(starts) - 1):
        for j in range(starts[node + 1] - 1, starts[node] - 1, -1):
            more = j + 1 < starts[node + 1] and target[j + 1] == target[j]
            until[j] = until[j + 1] if more else j + 1
    return until


@kernel
def counting_sort(key, items, keys):  # type: ignore[no-untyped-def]
    """Offsets (keys + 1,) and the items in stable order of key[item]."""
    starts = np.zeros(keys + 1, np.int32)
    for i in items:
        starts[key[i] + 1] += 1
    for k in range(keys):
        starts[k + 1] += starts[k]
    place = starts[:-1].copy()
    result = np.empty(len(items), np.int32)
    for i in items:
        result[place[key[i]]] = i
        place[key[i]] += 1
    return starts, result


@kernel
def symbols_to_end(first, source, target, output, nodes):  # type: ignore[no-untyped-def]
    """Of an acyclic graph in runs: offsets of the runs by target and the runs in that order; the fewest and the most symbols
    written from each node to the end; the longest run, the largest output, whether any is epsilon."""
    longest, largest, silent = 0, 0, False
    low, high = np.ones(len(source), np.int32), np.zeros(len(source), np.int32)
    for r in range(len(source)):
        longest = max(longest, first[r + 1] - first[r])
        for k in range(first[r], first[r + 1]):
            largest = max(largest, output[k])
            if output[k] == 0:
                low[r] = 0
                silent = True
            else:
                high[r] = 1
    into, run = counting_sort(target, np.arange(len(source)).astype(np.int32), nodes[-1])
    fewest, most = np.full(nodes[-1], MANY, np.int32), np.full(nodes[-1], -1, np.int32)
    for b in range(len(nodes) - 1):
        fewest[nodes[b + 1] - 1] = most[nodes[b + 1] - 1] = 0
    for r in range(len(source) - 1, -1, -1):
        s, t = source[r], target[r]
        if fewest[t] < MANY:
            fewest[s] = min(fewest[s], fewest[t] + low[r])
            most[s] = max(most[s], most[t] + high[r])
    return into, run, fewest, most, longest, largest, silent


@kernel
def symbols_to_end_of_cyclic(source, target, label, nodes):  # type: ignore[no-untyped-def]
    """The fewest and the most symbols read from each node to the end of its graph; cycles are allowed."""
    n = nodes[-1]
    into, arc = counting_sort(target, np.arange(len(target)).astype(np.int32), n)
    fewest = np.full(n, MANY, np.int32)
    most = np.full(n, -1, np.int32)
    queue, queued, head, waiting = np.empty(n, np.int32), np.zeros(n, np.bool_), 0, 0
    for b in range(len(nodes) - 1):
        end = nodes[b + 1] - 1
        fewest[end] = 0
        queued[end] = True
        queue[waiting] = end
        waiting += 1
    while waiting > 0:  # first in, first out: breadth first but for epsilon arcs, which may bring a node back
        t = queue[head]
        head = (head + 1) % n
        waiting -= 1
        queued[t] = False
        for k in range(into[t], into[t + 1]):
            s = source[arc[k]]
            length = fewest[t] + (label[arc[k]] != 0)
            if length < fewest[s]:
                fewest[s] = length
                if not queued[s]:
                    queued[s] = True
                    queue[(head + waiting) % n] = s
                    waiting += 1
    open_ = np.zeros(n, np.int32)  # arcs towards the end whose own longest way is not known yet
    for i in range(len(source)):
        open_[source[i]] += fewest[target[i]] < MANY
    count = 0
    for b in range(len(nodes) - 1):
        end = nodes[b + 1] - 1
        most[end] = 0
        if open_[end] == 0:
            queue[count] = end
            count += 1
    first = 0
    while first < count:
        t = queue[first]
        first += 1
        for k in range(into[t], into[t + 1]):
            s = source[arc[k]]
            most[s] = max(most[s], most[t] + (label[arc[k]] != 0))
            open_[s] -= 1
            if open_[s] == 0:
                queue[count] = s
                count += 1
    for node in range(n):
        if fewest[node] < MANY and open_[node] > 0:
            most[node] = MANY
    return fewest, most


@kernel
def epsilon_structure(target, label, fewest, nodes):  # type: ignore[no-untyped-def]
    """Is there an epsilon arc on a way to the end; does one lead to a node before the end?"""
    is_end = np.zeros(len(fewest), np.bool_)
    for b in range(len(nodes) - 1):
        is_end[nodes[b + 1] - 1] = True
    has, inner = False, False
    for i in range(len(target)):
        if label[i] == 0 and fewest[target[i]] < MANY:
            has = True
            inner |= not is_end[target[i]]
    return has, inner
