"""The path of lowest penalty (1998 paper, section V-B: the Viterbi transformer)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recognizer.gtn.arrays import INT32, Array, Penalties, plain
from recognizer.gtn.autograd import Backward, differentiable
from recognizer.gtn.graph import Graph
from recognizer.gtn.numeric import span
from recognizer.gtn.select import gather
from recognizer.kernels import kernel


def viterbi(graph: Graph) -> Penalties:
    """The penalty (B,) of the best path of each graph, +inf where there is none. Its gradient is 1 on that path's arcs."""

    def evaluate(penalty: Array) -> tuple[Array, tuple[Backward]]:
        least, arc = _best_into(graph, penalty)

        def backward(gradient: Array) -> Array:
            path, offsets, _ = trace(graph.source, arc, graph.nodes)
            spread = np.zeros_like(penalty)
            spread[path] = np.repeat(gradient, np.diff(offsets))
            return spread

        return least[graph.ends].astype(np.float32), (backward,)

    return differentiable(evaluate, graph.penalty)


def best_path(graph: Graph) -> Graph:
    """The best path of each graph, as graphs of one path each; origins = (arc of ``graph``,). No path: no arcs."""
    return _lines(graph, *trace(graph.source, _best_into(graph, graph.penalty)[1], graph.nodes))


def paths_graph(graph: Graph, paths: Sequence[Array]) -> Graph:
    """Graphs of one path each from the arcs (L,) of a path in each graph; no arcs: no path. origins = (arc of ``graph``,)."""
    lengths = np.array([len(p) for p in paths], np.int32)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    nodes = np.concatenate([[0], np.cumsum(np.maximum(lengths + 1, 2))]).astype(np.int32)
    return _lines(graph, plain(np.concatenate(paths), INT32), offsets, nodes)


def _lines(graph: Graph, path: Array, offsets: Array, nodes: Array) -> Graph:
    source = line_sources(offsets, nodes)
    topology = graph.topology.rearranged(path, source, source + np.int32(1), nodes, in_sequence=True)
    return Graph(topology, gather(graph.penalty, path), (path,))


def _best_into(graph: Graph, penalty: Penalties) -> tuple[Array, Array]:
    order, *runs = graph.topology.runs
    least, arc = best_into(*runs, graph.topology.runs.ordered(penalty), graph.nodes)
    return least, arc if order is None else np.where(arc < 0, arc, order[arc])


@kernel
def best_into(first, source, target, penalty, nodes):  # type: ignore[no-untyped-def]
    """For each node the least penalty of a path from its start (float64), and the last arc of that path (-1: none).

    A run of parallel arcs is taken at once, since its least penalty is found many at a time.
    """
    least = np.full(nodes[-1], np.inf)
    arc = np.full(nodes[-1], -1, np.int32)
    for b in range(len(nodes) - 1):
        least[nodes[b]] = 0
    for r in range(len(source)):
        before = least[source[r]]
        if before < np.inf:
            i, j = first[r], first[r + 1]
            m = penalty[i]
            for k in span(i + 1, j):
                m = min(m, penalty[k])
            if before + m < least[target[r]]:
                least[target[r]] = before + m
                while penalty[i] != m:
                    i += 1
                arc[target[r]] = i
    return least, arc


@kernel
def trace(source, arc, nodes):  # type: ignore[no-untyped-def]
    """Follow each graph's best arcs back from its end: the arcs from start to end, path after path; the offsets of the
    paths; and those of the nodes of the paths as graphs."""
    path = np.empty(nodes[-1], np.int32)
    offsets, lines = np.zeros(len(nodes), np.int32), np.zeros(len(nodes), np.int32)
    count = 0
    for b in range(len(nodes) - 1):
        node = nodes[b + 1] - 1
        while arc[node] >= 0:
            path[count] = arc[node]
            count += 1
            node = source[arc[node]]
        low, high = offsets[b], count - 1
        while low < high:
            path[low], path[high] = path[high], path[low]
            low += 1
            high -= 1
        offsets[b + 1] = count
        missing = offsets[b] == count and nodes[b + 1] - nodes[b] > 1
        lines[b + 1] = lines[b] + count - offsets[b] + (2 if missing else 1)
    return path[:count].copy(), offsets, lines


@kernel
def line_sources(offsets, nodes):  # type: ignore[no-untyped-def]
    """The sources of the arcs of graphs that are one path each."""
    source = np.empty(offsets[-1], np.int32)
    for b in range(len(nodes) - 1):
        for i in range(offsets[b], offsets[b + 1]):
            source[i] = nodes[b] + i - offsets[b]
    return source
