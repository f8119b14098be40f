"""Smaller graphs with the same paths: without epsilons, deterministic, minimal. Numbers only, no gradients.

For acyclic graphs, one or a batch; penalties are numpy arrays. Of paths that write and read the same the best is kept.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn.arrays import EPSILON, numbers
from recognizer.gtn.build import batch, graph_of
from recognizer.gtn.graph import Graph
from recognizer.gtn.paths import to_ends
from recognizer.gtn.select import subgraph


def remove_epsilon(graph: Graph) -> Graph:
    """The same texts at the same Viterbi penalties without epsilon arcs (those that read and write nothing), but for arcs
    into an end. origins = (arc of ``graph`` that reads or writes something, or -1,)."""
    return _each(graph, _without_epsilon)


def determinise(graph: Graph) -> Graph:
    """The acceptor of the same texts, each at the penalty of its best path, with one path for a text: no two arcs of a node
    have the same label, and there are epsilons only into the end (Mohri, Computational Linguistics 23, 1997).

    Penalties are paid as early as possible. It may grow exponentially; lexicons do not.
    """
    return _each(graph, _deterministic)


def minimise(graph: Graph) -> Graph:
    """The smallest deterministic acceptor of the same texts at the same penalties: shared endings are shared too."""
    return _each(determinise(graph), _minimal)


def _each(graph: Graph, function: Callable[[Graph], Graph]) -> Graph:
    if not isinstance(graph.penalty, np.ndarray):
        raise InputError("Reducing a graph gives no gradients; hand over the numbers, graph.with_penalty(numbers).")
    return batch([function(graph[b]) for b in range(len(graph))])


Row = tuple[int, int, int, int, float, int]  # source, target, label, output, penalty, origin


def _graph(rows: list[Row], nodes: int, final: dict[int, float]) -> Graph:
    """A graph from rows of arcs that loses what leads nowhere."""
    source, target, label, output, penalty, origin = zip(*rows, strict=True) if rows else ((),) * 6
    same = label == output
    graph = graph_of(source, target, label, list(penalty), None if same else output, final=final, nodes=nodes)
    mine = graph.origins[0]
    of_parent = np.where(mine < 0, -1, np.array([*origin, -1], np.int32)[mine])
    graph = graph.with_origins((of_parent.astype(np.int32),))
    kept = subgraph(graph, np.ones(len(graph.source), bool))
    return kept.with_origins((graph.origins[0][kept.origins[0]],))


def _leaving(graph: Graph) -> list[list[int]]:
    leaving: list[list[int]] = [[] for _ in range(int(graph.nodes[-1]))]
    for i, s in enumerate(graph.source.tolist()):
        leaving[s].append(i)
    return leaving


def _without_epsilon(graph: Graph) -> Graph:
    leaving, penalty = _leaving(graph), numbers(graph.penalty).tolist()
    target, end = graph.target.tolist(), int(graph.nodes[-1]) - 1
    silent = ((graph.label == EPSILON) & (graph.output == EPSILON)).tolist()
    rows: list[Row] = []
    final: dict[int, float] = {}
    for u in range(end + 1):
        reach, waiting = {u: 0.0}, [u]
        while waiting:  # in topological order
            v = heapq.heappop(waiting)
            for i in leaving[v]:
                if not silent[i]:
                    rows.append((u, target[i], int(graph.label[i]), int(graph.output[i]), reach[v] + penalty[i], i))
                elif reach[v] + penalty[i] < reach.get(target[i], np.inf):
                    if target[i] not in reach:
                        heapq.heappush(waiting, target[i])
                    reach[target[i]] = reach[v] + penalty[i]
        if end in reach:
            final[u] = reach[end]
    return _graph(rows, end + 1, final)


def _deterministic(graph: Graph) -> Graph:
    if np.any(graph.output != graph.label):
        raise InputError("Only acceptors can be made deterministic; project the transducer first.")
    graph = remove_epsilon(graph)
    leaving, rest = _leaving(graph), to_ends(graph)
    penalty, target, label = numbers(graph.penalty).astype(float), graph.target.tolist(), graph.label.tolist()
    end = int(graph.nodes[-1]) - 1
    if rest[0] == np.inf:
        return _graph([], 1, {})
    # Push: what the best way on costs is paid at once, so that equal remainders become equal.
    pushed = np.full(len(penalty), np.inf)
    useful = np.isfinite(rest[graph.source] + rest[graph.target])
    pushed[useful] = (penalty + rest[graph.target] - rest[graph.source])[useful]
    start: tuple[tuple[int, float], ...] = ((0, 0.0),)
    number, waiting = {start: 0}, [start]
    rows: list[Row] = []
    final: dict[int, float] = {}
    while waiting:
        subset = waiting.pop()
        before = float(rest[0]) if subset is start else 0.0
        reach: dict[int, dict[int, float]] = {}
        for v, cost in subset:
            stop = cost if v == end else np.inf
            for i in leaving[v]:
                if label[i] == EPSILON:
                    stop = min(stop, cost + pushed[i])
                elif pushed[i] < np.inf:
                    nodes = reach.setdefault(label[i], {})
                    nodes[target[i]] = min(cost + pushed[i], nodes.get(target[i], np.inf))
            if before + stop < final.get(number[subset], np.inf):
                final[number[subset]] = before + stop
        for symbol, nodes in reach.items():
            least = min(nodes.values())
            following = tuple(sorted((t, round(c - least, 5)) for t, c in nodes.items()))
            if following not in number:
                number[following] = len(number)
                waiting.append(following)
            rows.append((number[subset], number[following], symbol, symbol, before + least, -1))
    return _graph(rows, len(number), final)


def _minimal(graph: Graph) -> Graph:
    """Merge nodes that go on in the same way, from the end backwards."""
    leaving, end = _leaving(graph), int(graph.nodes[-1]) - 1
    merged = list(range(end + 1))
    signs: dict[object, int] = {}
    penalty, target, label = numbers(graph.penalty).tolist(), graph.target.tolist(), graph.label.tolist()
    for u in range(end - 1, -1, -1):
        sign = tuple(sorted((label[i], merged[target[i]], round(penalty[i], 5)) for i in leaving[u]))
        merged[u] = signs.setdefault(sign, u)
    rows = [
        (u, merged[target[i]], label[i], label[i], penalty[i], -1)
        for u in range(end)
        if merged[u] == u
        for i in leaving[u]
    ]
    return _graph(rows, end + 1, {end: 0.0})
