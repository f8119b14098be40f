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
    order = graph.topology.sequence
    arcs, source, target, nodes = on_path(
        graph.source, graph.target, graph.nodes, np.arange(len(mask), dtype=np.int32) if order is None else order, mask
    )
    topology = graph.topology.rearranged(arcs, source, target, nodes, in_sequence=True)
    return Graph(topology, gather(graph.penalty, arcs), (arcs,))


@kernel
def on_path(source, target, nodes, sequence, mask):  # type: ignore[no-untyped-def]
    """The arcs of the mask, in ``sequence``, that lie on a path of such arcs, their sources and targets, and the offsets of the nodes,
    of which only those that they touch, starts and ends are counted."""
    total = nodes[-1]
    from_start, to_end, used = np.zeros(total, np.bool_), np.zeros(total, np.bool_), np.zeros(total, np.bool_)
    for b in range(len(nodes) - 1):
        start, end = nodes[b], nodes[b + 1] - 1
        from_start[start] = to_end[end] = used[start] = used[end] = True
    for i in sequence:
        if mask[i] and from_start[source[i]]:
            from_start[target[i]] = True
    arcs, first = np.empty(len(sequence), np.int32), len(sequence)  # filled from the end on
    for k in range(len(sequence) - 1, -1, -1):
        i = sequence[k]
        if mask[i] and from_start[source[i]] and to_end[target[i]]:
            to_end[source[i]] = used[source[i]] = used[target[i]] = True
            first -= 1
            arcs[first] = i
    number = np.zeros(total + 1, np.int32)
    for node in range(total):
        number[node + 1] = number[node] + used[node]
    arcs = arcs[first:].copy()
    return arcs, number[source[arcs]], number[target[arcs]], number[nodes]


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
