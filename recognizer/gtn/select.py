"""Arcs chosen from a graph, and their penalties with gradient."""

from __future__ import annotations

import numpy as np

from recognizer.gtn.arrays import Array, Penalties
from recognizer.gtn.autograd import Backward, differentiable
from recognizer.gtn.graph import Graph
from recognizer.kernels import kernel


def gather(penalty: Penalties, arcs: Array) -> Penalties:
    """penalty[arcs] (n,), 0 where the index is -1; the gradient of a parent's arc is the sum over the arcs made from
    it."""

    def evaluate(values: Array) -> tuple[Array, tuple[Backward]]:
        return values_at(values, arcs), (lambda gradient: scatter(gradient, arcs, len(values)),)

    return differentiable(evaluate, penalty)


def subgraph(graph: Graph, mask: Array) -> Graph:
    """The arcs where ``mask`` (A,) is true that lie on a path of such arcs, and the nodes they touch; origins =
    (arc,).

    Starts and ends stay, also where no path is left.
    """
    source, target, nodes = graph.source, graph.target, graph.nodes
    order = graph.topology.sequence
    arcs = order if order is not None else np.arange(len(source), dtype=np.int32)
    arcs = arcs[on_path(source[arcs], target[arcs], nodes, mask[arcs])]
    source, target = source[arcs], target[arcs]
    used = np.zeros(nodes[-1], np.int32)
    used[graph.starts] = used[graph.ends] = used[source] = used[target] = 1
    number = np.concatenate([[0], np.cumsum(used)]).astype(np.int32)
    topology = graph.topology.rearranged(arcs, number[source], number[target], number[nodes], in_sequence=True)
    return Graph(topology, gather(graph.penalty, arcs), (arcs,))


@kernel
def on_path(source, target, nodes, mask):  # type: ignore[no-untyped-def]
    """Which arcs of the mask lie on a path of such arcs; arcs in sequence."""
    from_start, to_end = np.zeros(nodes[-1], np.bool_), np.zeros(nodes[-1], np.bool_)
    for b in range(len(nodes) - 1):
        from_start[nodes[b]] = to_end[nodes[b + 1] - 1] = True
    for i in range(len(source)):
        if mask[i] and from_start[source[i]]:
            from_start[target[i]] = True
    kept = np.zeros(len(source), np.bool_)
    for i in range(len(source) - 1, -1, -1):
        if mask[i] and from_start[source[i]] and to_end[target[i]]:
            kept[i] = to_end[source[i]] = True
    return kept


@kernel
def values_at(values, index):  # type: ignore[no-untyped-def]
    """values[index], 0 where the index is -1."""
    result = np.zeros(len(index), values.dtype)
    for i in range(len(index)):
        if index[i] >= 0:
            result[i] = values[index[i]]
    return result


@kernel
def scatter(gradient, index, size):  # type: ignore[no-untyped-def]
    """The sum of the gradients at each index (size,) float32; index -1 does not count."""
    result = np.zeros(size, np.float32)
    for i in range(len(index)):
        if index[i] >= 0:
            result[index[i]] += gradient[i]
    return result
