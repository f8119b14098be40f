"""Topological order of the nodes of acyclic graphs."""

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn.graph import Graph
from recognizer.gtn.select import gather
from recognizer.gtn.sides import arcs_by, counting_sort
from recognizer.kernels import kernel


def sort_nodes(graph: Graph) -> Graph:
    """The same graph with nodes renumbered in topological order, starts first and ends last, and arcs sorted by
    source.

    Origins follow their arcs. Raises InputError where there is a cycle, or an arc out of an end or into a start.
    """
    number, bad = topological_numbers(graph.source, graph.target, graph.nodes)
    if bad >= 0:
        raise InputError(
            f"Arc {bad}, from node {graph.source[bad]} to {graph.target[bad]}, lies on a cycle (of epsilons, after a "
            "composition), leaves an end or enters a start; acyclic graphs have no such arc."
        )
    source, target = number[graph.source], number[graph.target]
    order = arcs_by(source, target, int(graph.nodes[-1]))[1]
    source, target = source[order], target[order]
    topology = graph.topology.rearranged(order, source, target, graph.nodes, in_sequence=True)
    return Graph(topology, gather(graph.penalty, order), tuple(o[order] for o in graph.origins))


@kernel
def topological_numbers(source, target, nodes):  # type: ignore[no-untyped-def]
    """New numbers of the nodes, and an arc that makes them impossible (-1: none)."""
    n = nodes[-1]
    starts, arc = counting_sort(source, np.arange(len(source)).astype(np.int32), n)
    waiting = np.zeros(n, np.int32)
    for t in target:
        waiting[t] += 1
    number = np.full(n, -1, np.int32)
    queue = np.empty(n, np.int32)
    for b in range(len(nodes) - 1):
        start, end = nodes[b], nodes[b + 1] - 1
        head, tail = 0, 0
        for node in range(start, end + 1):
            if waiting[node] == 0 and (node != end or node == start):
                queue[tail] = node
                tail += 1
        following = start
        while head < tail:
            node = queue[head]
            head += 1
            number[node] = following
            following += 1
            for k in range(starts[node], starts[node + 1]):
                t = target[arc[k]]
                waiting[t] -= 1
                if waiting[t] == 0 and t != end:
                    queue[tail] = t
                    tail += 1
        number[end] = end
        if following < end or number[start] != start:
            for i in range(len(source)):
                s, t = source[i], target[i]
                if start <= s <= end and (number[t] < 0 or t == start or s == end):
                    return number, i
    for i in range(len(source)):
        if number[source[i]] >= number[target[i]]:
            return number, i
    return number, -1
