"""The path of lowest penalty (1998 paper, section V-B: the Viterbi transformer)."""

from __future__ import annotations

import numpy as np

from recognizer.gtn.autograd import Backward, differentiable
from recognizer.gtn.graph import Array, Graph, Penalties, arrays_in_sequence
from recognizer.gtn.jit import kernel
from recognizer.gtn.numeric import run_end, smallest
from recognizer.gtn.select import take


def viterbi(graph: Graph) -> Penalties:
    """The penalty (B,) of the best path of each graph, +inf where there is none. Its gradient is 1 on the arcs of
    that path."""

    def evaluate(penalty: Array) -> tuple[Array, Backward]:
        least, arc = _best(graph.with_penalty(penalty))

        def backward(gradient: Array) -> tuple[Array]:
            path, offsets = trace(graph.source, arc, graph.nodes)
            spread = np.zeros_like(penalty)
            spread[path] = np.repeat(gradient, np.diff(offsets))
            return (spread,)

        return least[graph.ends].astype(np.float32), backward

    return differentiable(evaluate, graph.penalty)


def best_path(graph: Graph) -> Graph:
    """The best path of each graph, as graphs of one path each; origins = (arc of ``graph``,). No path: no arcs."""
    path, offsets = best_arcs(graph)
    lengths = np.diff(offsets)
    missing = (lengths == 0) & (np.diff(graph.nodes) > 1)
    nodes = np.concatenate([[0], np.cumsum(lengths + 1 + missing)]).astype(np.int32)
    source = np.arange(len(path), dtype=np.int32) + np.repeat(nodes[:-1] - offsets[:-1], lengths)
    label = graph.label[path]
    return Graph(
        source=source,
        target=source + np.int32(1),
        label=label,
        penalty=take(graph.penalty, path),
        nodes=nodes,
        output=label if graph.output is graph.label else graph.output[path],
        origins=(path,),
        in_sequence=True,
    )


def best_arcs(graph: Graph) -> tuple[Array, Array]:
    """The arcs of the best paths, from start to end and one path after the other, and the offsets (B + 1,) of the
    paths."""
    return trace(graph.source, _best(graph)[1], graph.nodes)


def _best(graph: Graph) -> tuple[Array, Array]:
    least, arc = best_into(*arrays_in_sequence(graph))
    order = graph.sequence
    return least, arc if order is None else np.where(arc < 0, arc, order[arc])


@kernel
def best_into(source, target, penalty, nodes):  # type: ignore[no-untyped-def]
    """For each node the least penalty of a path from its start (float64), and the last arc of that path (-1: none).

    Parallel arcs that stand together are taken at once, since their least penalty is found eight at a time.
    """
    least = np.full(nodes[-1], np.inf)
    arc = np.full(nodes[-1], -1, np.int32)
    for b in range(len(nodes) - 1):
        least[nodes[b]] = 0
    i = 0
    while i < len(source):
        j = run_end(source, target, i)
        bar = least[target[i]] - least[source[i]]
        if least[source[i]] < np.inf:
            m = smallest(penalty, i, j)
            if m < bar:
                least[target[i]] = least[source[i]] + m
                k = i
                while penalty[k] != m:
                    k += 1
                arc[target[i]] = k
        i = j
    return least, arc


@kernel
def trace(source, arc, nodes):  # type: ignore[no-untyped-def]
    """Follow each graph's best arcs back from its end."""
    path = np.empty(nodes[-1], np.int32)
    offsets = np.zeros(len(nodes), np.int32)
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
    return path[:count].copy(), offsets
