"""The n best paths of a graph."""

from __future__ import annotations

import heapq
from typing import NamedTuple

import numpy as np

from recognizer.gtn.arrays import Array, Penalties, numbers
from recognizer.gtn.graph import Graph
from recognizer.gtn.numeric import span
from recognizer.gtn.sides import counting_sort
from recognizer.kernels import kernel


class Path(NamedTuple):
    """A path of a graph."""

    penalty: Penalties  # () float32 sum over its arcs; a tensor with gradient where the graph's penalties are one
    arcs: Array  # (L,) int32, from start to end


def shortest_paths(graph: Graph, n: int) -> list[list[Path]]:
    """For each graph its n best paths, best first; fewer where it has fewer. Paths that differ in one arc are
    different.

    Exact: the best path, then the best of those that leave a known path at one node for the next best arc there and
    go on in the best way (Eppstein's side tracks, made only when needed).
    """
    penalty = numbers(graph.penalty)
    rest = to_ends(graph)
    arcs, offsets, of_graph = n_best(graph.source, graph.target, penalty, graph.nodes, rest, n)
    result: list[list[Path]] = [[] for _ in range(len(graph))]
    for k, b in enumerate(of_graph):
        path = arcs[offsets[k] : offsets[k + 1]]
        result[b].append(Path(graph.penalty[path].sum(), path))
    return result


def to_ends(graph: Graph) -> Array:
    """For each node (N,) the least penalty of a path from it to the end of its graph (float64)."""
    runs = graph.topology.runs
    return best_to_end(*runs[1:], runs.ordered(graph.penalty), graph.nodes)


@kernel
def best_to_end(first, source, target, penalty, nodes):  # type: ignore[no-untyped-def]
    """See `to_ends`."""
    rest = np.full(nodes[-1], np.inf)
    for b in range(len(nodes) - 1):
        rest[nodes[b + 1] - 1] = 0
    for r in range(len(source) - 1, -1, -1):
        if rest[target[r]] < np.inf:
            m = penalty[first[r]]
            for k in span(first[r] + 1, first[r + 1]):
                m = min(m, penalty[k])
            rest[source[r]] = min(rest[source[r]], m + rest[target[r]])
    return rest


@kernel
def next_arc(node, after, after_arc, starts, arc, target, penalty, rest):  # type: ignore[no-untyped-def]
    """The arc out of a node that follows ``after_arc``, whose best way to the end costs ``after``; -1: no more; and
    its cost."""
    least, found = np.inf, -1
    for k in range(starts[node], starts[node + 1]):
        i = arc[k]
        cost = penalty[i] + rest[target[i]]
        if cost < least and (cost > after or (cost == after and i > after_arc)):
            least, found = cost, i
    return found, least


@kernel
def n_best(source, target, penalty, nodes, rest, n):  # type: ignore[no-untyped-def]
    """Arcs of the paths one after the other, offsets of the paths, and the graph of each."""
    total = nodes[-1]
    starts, arc = counting_sort(source, np.arange(len(source)).astype(np.int32), total)
    first = np.full(total, -2, np.int32)  # best arc out of a node, -2 = not looked for yet
    first_cost = np.empty(total)
    second = np.full(total, -2, np.int32)
    second_cost = np.empty(total)
    arcs = [np.int32(0) for _ in range(0)]
    offsets = [0]
    of_graph = [np.int32(0) for _ in range(0)]
    for b in range(len(nodes) - 1):
        start, end = nodes[b], nodes[b + 1] - 1
        if rest[start] == np.inf or n < 1:
            continue
        # A candidate: a known path (its parent), left at a node by another arc; cost = that of the best way on from
        # the node.
        parent, leaves, cost = [np.int64(-1)], [np.int32(-1)], [rest[start]]
        heap = [(rest[start], np.int64(0))]
        found = 0
        while len(heap) > 0 and found < n:
            penalty_of_path, c = heapq.heappop(heap)
            found += 1
            # Write the arcs: those side tracks that led here, in order, with the best way between them.
            tracks = [np.int32(0) for _ in range(0)]
            k = c
            while k > 0:
                tracks.append(leaves[k])
                k = parent[k]
            node = start
            behind = len(tracks) == 0  # past the last side track: nodes where new ones may start
            before = penalty_of_path
            if c > 0:
                u = source[leaves[c]]
                following, more = next_arc(u, cost[c], leaves[c], starts, arc, target, penalty, rest)
                if following >= 0:
                    parent.append(parent[c])
                    leaves.append(np.int32(following))
                    cost.append(more)
                    heapq.heappush(heap, (penalty_of_path - cost[c] + more, np.int64(len(parent) - 1)))
            while node != end:
                if first[node] == -2:
                    first[node], first_cost[node] = next_arc(node, -np.inf, -1, starts, arc, target, penalty, rest)
                if behind:
                    if second[node] == -2:
                        second[node], second_cost[node] = next_arc(
                            node, first_cost[node], first[node], starts, arc, target, penalty, rest
                        )
                    if second[node] >= 0:
                        parent.append(c)
                        leaves.append(second[node])
                        cost.append(second_cost[node])
                        heapq.heappush(heap, (before - first_cost[node] + second_cost[node], np.int64(len(parent) - 1)))
                taken = first[node]
                if len(tracks) > 0 and source[tracks[-1]] == node:
                    taken = tracks.pop()
                    behind = len(tracks) == 0
                arcs.append(taken)
                node = target[taken]
            offsets.append(len(arcs))
            of_graph.append(np.int32(b))
    return np.array(arcs, np.int32), np.array(offsets, np.int64), np.array(of_graph, np.int32)
