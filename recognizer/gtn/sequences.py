"""The n best label sequences, each with the best of the paths that write it."""

import heapq
from typing import NamedTuple

import numpy as np

from recognizer.gtn.arrays import EPSILON, Array, numbers
from recognizer.gtn.graph import Graph
from recognizer.gtn.paths import shortest_paths, to_ends
from recognizer.gtn.prune import detours
from recognizer.gtn.select import subgraph
from recognizer.gtn.sides import counting_sort
from recognizer.kernels import kernel

FEW = 4096  # arcs, which are all looked at sooner than the best paths are found
TRIES = 4  # best paths looked at for each text wanted


class Sequence(NamedTuple):
    """A label sequence that a graph writes."""

    penalty: float  # of the best path that writes it
    labels: tuple[int, ...]  # outputs, epsilon left out
    arcs: Array  # (L,) int32: that path


def best_sequences(graph: Graph, n: int) -> list[list[Sequence]]:
    """For each graph the n best of the output sequences that it writes, each with the best path that writes it.

    Exact, however many paths write the same: A* over prefixes, each with all nodes that it may have reached and the
    least penalty to the end as the estimate, which is a determinisation that only goes where the best sequences are.
    Where some of the best paths already write n texts, arcs that are worse than the last of these are left out first, of large graphs.
    """
    numeric = graph.with_penalty(numbers(graph.penalty))
    kept = numeric if len(numeric.source) <= FEW else _within_margins(numeric, n)
    rest = to_ends(kept)
    result: list[list[Sequence]] = []
    for b in range(len(graph)):
        ends = kept.starts[b], kept.ends[b]
        arcs, offsets, penalties = search(kept.source, kept.target, kept.output, kept.penalty, rest, *ends, n)
        arcs = arcs if kept is numeric else kept.origins[0][arcs]
        paths = [arcs[offsets[k] : offsets[k + 1]] for k in range(len(penalties))]
        result.append([Sequence(float(p), _text(graph, a), a) for p, a in zip(penalties, paths, strict=True)])
    return result


def _text(graph: Graph, path: Array) -> tuple[int, ...]:
    output = graph.output[path]
    return tuple(output[output != EPSILON].tolist())


def _within_margins(graph: Graph, n: int) -> Graph:
    """The arcs that paths as good as the n-th best text of each graph may use; origins = (arc,)."""
    return subgraph(graph, detours(graph) <= np.repeat(_margins(graph, n), np.diff(graph.arcs)))


def _margins(graph: Graph, n: int) -> Array:
    """By how much the n-th best text of each graph can at most be worse than the best (B,) [nats]; +inf if not known."""
    margins = np.full(len(graph), np.inf)
    for b, paths in enumerate(shortest_paths(graph, TRIES * n)):
        least: dict[tuple[int, ...], float] = {}
        for path in paths:
            least.setdefault(_text(graph, path.arcs), float(path.penalty))
        if len(least) >= n > 0:
            margins[b] = (sorted(least.values())[n - 1] - float(paths[0].penalty)) * (1 + 1e-5) + 1e-4
    return margins


@kernel
def search(source, target, output, penalty, rest, start, end, n):  # type: ignore[no-untyped-def]
    """Arcs of the paths one after the other, offsets of the paths, and their penalties.

    An item is a node reached by a prefix, in the best way; items of a prefix stand together. The heap holds prefixes (0,
    1, ...) and items at the end (-1, -2, ...).
    """
    starts, arc = counting_sort(source, np.arange(len(source)).astype(np.int32), len(rest))
    node, cost, through, before = [np.int64(start)], [0.0], [np.int64(-1)], [np.int64(-1)]
    first = [0]  # items of prefix p: first[p] .. first[p + 1] - 1
    slot = np.full(len(rest), -1, np.int64)  # the item of a node in the prefix at hand
    heap = [(rest[start], np.int64(0)) for _ in range(1 if rest[start] < np.inf else 0)]
    arcs = [np.int32(0) for _ in range(0)]
    offsets, penalties = [0], [0.0 for _ in range(0)]
    fresh = 0  # where the items of the prefix at hand begin
    waiting = [np.int64(start)]
    slot[start] = 0
    found = np.zeros(0, np.int64)  # candidates that follow: see `expand`
    reach, way, origin = np.zeros(0), np.zeros(0, np.int64), np.zeros(0, np.int64)
    order, at, key = np.zeros(0, np.int64), 0, np.int64(-1)
    opening = True
    while True:
        # Complete the prefix at hand: follow epsilon outputs, nodes in topological order.
        while len(waiting) > 0:
            u = heapq.heappop(waiting)
            item = slot[u]
            for k in range(starts[u], starts[u + 1]):
                i = arc[k]
                t = target[i]
                c = cost[item] + penalty[i]
                if output[i] == 0 and c + rest[t] < np.inf:
                    if slot[t] < 0:
                        slot[t] = len(node)
                        node.append(np.int64(t))
                        cost.append(c)
                        through.append(np.int64(i))
                        before.append(item)
                        heapq.heappush(waiting, np.int64(t))
                    elif c < cost[slot[t]]:
                        cost[slot[t]], through[slot[t]], before[slot[t]] = c, np.int64(i), item
        least = np.inf
        for item in range(fresh, len(node)):
            least = min(least, cost[item] + rest[node[item]])
            slot[node[item]] = -1
        if len(node) > fresh:
            first.append(len(node))
            if not opening:
                heapq.heappush(heap, (least, np.int64(len(first) - 2)))
            opening = False
        fresh = len(node)
        # Begin the next prefix that the last one expanded leads to.
        if at < len(order):
            key = found[order[at]] // len(rest)
            while at < len(order) and found[order[at]] // len(rest) == key:
                k = order[at]
                t = found[k] % len(rest)
                if slot[t] < 0:
                    slot[t] = len(node)
                    node.append(t)
                    cost.append(reach[k])
                    through.append(way[k])
                    before.append(origin[k])
                    heapq.heappush(waiting, t)
                elif reach[k] < cost[slot[t]]:
                    cost[slot[t]], through[slot[t]], before[slot[t]] = reach[k], way[k], origin[k]
                at += 1
            continue
        # Take the best from the heap: write a path, or expand a prefix.
        prefix = np.int64(-1)
        while len(heap) > 0 and len(penalties) < n and prefix < 0:
            value, prefix = heapq.heappop(heap)
            if prefix < 0:
                penalties.append(value)
                write_path(-prefix - 1, through, before, arcs)
                offsets.append(len(arcs))
        if prefix < 0:
            return np.array(arcs, np.int32), np.array(offsets, np.int64), np.array(penalties, np.float64)
        found, reach, way, origin = expand(
            first[prefix], first[prefix + 1], end, node, cost, heap, starts, arc, target, output, penalty, rest
        )
        order, at = np.argsort(found), 0


@kernel
def write_path(item, through, before, arcs):  # type: ignore[no-untyped-def]
    """Append the arcs of the path that an item ends."""
    low = len(arcs)
    while through[item] >= 0:
        arcs.append(np.int32(through[item]))
        item = before[item]
    high = len(arcs) - 1
    while low < high:
        arcs[low], arcs[high] = arcs[high], arcs[low]
        low += 1
        high -= 1


@kernel
def expand(first, last, end, node, cost, heap, starts, arc, target, output, penalty, rest):  # type: ignore[no-untyped-def]
    """What the items first .. last - 1 of a prefix lead to by writing a symbol: for each candidate a key (its symbol, then its
    node), what it costs, its arc and the item that it follows. An item at the end goes onto the heap."""
    size = 0
    for item in range(first, last):
        size += starts[node[item] + 1] - starts[node[item]]
    key, reach = np.empty(size, np.int64), np.empty(size)
    way, origin = np.empty(size, np.int64), np.empty(size, np.int64)
    size = 0
    for item in range(first, last):
        if node[item] == end:
            heapq.heappush(heap, (cost[item], np.int64(-item - 1)))
        for k in range(starts[node[item]], starts[node[item] + 1]):
            i = arc[k]
            c = cost[item] + penalty[i]
            if output[i] != 0 and c + rest[target[i]] < np.inf:
                key[size] = np.int64(output[i]) * len(rest) + target[i]
                reach[size], way[size], origin[size] = c, i, item
                size += 1
    return key[:size], reach, way, origin
