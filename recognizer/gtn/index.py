"""What composition looks up in its right side, computed once per graph and kept with it."""

from dataclasses import dataclass

import numpy as np

from recognizer.gtn.graph import Array, Graph
from recognizer.gtn.jit import kernel

MANY = 1 << 30  # stands for "as many as you like"; sums of two do not overflow int32


@dataclass(frozen=True)
class Index:
    """The arcs of a graph by (source, label), and how many symbols can follow a node."""

    starts: Array  # (N + 1,) int32: arcs of node n are entries starts[n] .. starts[n + 1] - 1
    arc: Array  # (A,) int32: the arc of each entry
    label: Array  # (A,) int32: what it reads, ascending within a node
    target: Array  # (A,) int32
    until: Array  # (A,) int32: the entry after the last of those from here on that have the same source and target
    largest: int  # label
    fewest: Array  # (N,) int32: non-epsilon arcs on the shortest way to the end, MANY = no way
    most: Array  # (N,) int32: on the longest way, MANY where a cycle lies on it, -1 = no way
    has_epsilon: bool
    inner_epsilon: bool  # an epsilon arc leads to a node that is not the end: one that other arcs may lead to as well


def index_of(graph: Graph) -> Index:
    """The index of a graph; the second call on the same graph is free."""
    known = graph.__dict__.get("_index")
    if known is None:
        starts, arc = arcs_by(graph.source, graph.label, int(graph.nodes[-1]))
        label, target = graph.label[arc], graph.target[arc]
        fewest, most = lengths_to_end(graph.source, graph.target, graph.label, graph.nodes)
        has, inner = epsilon_structure(graph.target, graph.label, fewest, graph.nodes)
        until, largest = stretches(starts, target), int(label.max(initial=0))
        known = Index(starts, arc, label, target, until, largest, fewest, most, bool(has), bool(inner))
        graph.__dict__["_index"] = known
    return known


@kernel
def arcs_by(node, label, nodes):  # type: ignore[no-untyped-def]
    """Offsets per node, and the arcs sorted by (node, label, arc): two counting sorts."""
    largest = 0
    for i in range(len(label)):
        largest = max(largest, label[i])
    by_label = counting_sort(label, np.arange(len(label)).astype(np.int32), largest + 1)[1]
    return counting_sort(node, by_label, nodes)


@kernel
def stretches(starts, target):  # type: ignore[no-untyped-def]
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
def lengths_to_end(source, target, label, nodes):  # type: ignore[no-untyped-def]
    """Fewest and most non-epsilon arcs from each node to the end of its graph; cycles are allowed."""
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
