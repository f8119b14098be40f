"""Composition with a back-off n-gram whose symbols stand on some arcs of an acyclic graph, such as the last arcs of words.

The n-gram is a deterministic automaton with failure arcs: a state that does not list a symbol hands it to a shorter history
and charges for it, so that no path backs off where it need not (unlike those through the epsilons of `ngram`). Only pairs of a
node and a history that some path leads to are made, and of those that have come equally far only the best go on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recognizer.gtn.arrays import Array, numbers
from recognizer.gtn.compose import add
from recognizer.gtn.graph import Graph
from recognizer.gtn.paths import to_ends
from recognizer.gtn.sides import counting_sort
from recognizer.kernels import kernel

NONE, UNLISTED = 0, -1  # in place of a symbol: an arc without one; a symbol that the n-gram does not know


@dataclass(frozen=True)
class BackOff:
    """S histories as states, E n-grams as entries; state 0 is the empty history and lists every symbol.

    Costs are whole numbers of steps of ``unit`` nats.
    """

    starts: Array  # (S + 1,) int32: the entries of state s are starts[s] .. starts[s + 1] - 1
    symbol: Array  # (E,) uint16, ascending within a state
    cost: Array  # (E,) uint8: of the symbol after the history
    following: Array  # (E,) int32: the state after it; -1: the one that the symbol leads to from the shorter history
    shorter: Array  # (S,) int32: the history without its first symbol
    back_off: Array  # (S,) uint8: what a symbol costs that is not listed, on top of what it costs there
    kind: Array  # (S,) uint8: for penalties of arcs that go by the kind of history before them
    unit: float  # [nats]
    start: int  # the state before the first symbol


def with_histories(
    graph: Graph, place: Array, symbol: Array, extra: Array, model: BackOff, *, width: int = 0, margin: float = np.inf
) -> Graph:
    """The paths of ``graph`` at what the n-gram charges besides; origins = (arc of ``graph``,).

    ``place`` (N,): how far each node has come, ascending; pairs of one place are compared by the best path through them where
    the rest costs what ``graph`` says, and at most ``width`` (0: all), at most so much worse than the best as ``margin`` [nats], go on.

    ``symbol`` (A,): what each arc says, or NONE or UNLISTED, which costs back-offs only and leaves no history. ``extra``
    (A, kinds) float32 [nats]: what an arc costs more after a history of each kind; of arcs with a symbol only. Nodes may be left
    that lead nowhere.
    """
    order = np.arange(len(graph.source), dtype=np.int32) if graph.topology.sequence is None else graph.topology.sequence
    by_source = counting_sort(graph.source, order, int(graph.nodes[-1]))
    source, target, arc, charged, nodes = expand(
        *by_source, graph.target, numbers(graph.penalty), graph.nodes, to_ends(graph), place, symbol, extra,
        model.starts, model.symbol, model.cost, model.following, model.shorter, model.back_off, model.kind,
        np.float32(model.unit), model.start, width, np.float32(margin),
    )  # fmt: skip
    topology = graph.topology.rearranged(arc, source, target, nodes, in_sequence=True)
    return Graph(topology, add(graph.penalty, charged, arc, np.arange(len(arc), dtype=np.int32)), (arc,))


@kernel
def expand(  # type: ignore[no-untyped-def]
    offsets, arcs, target, penalty, nodes, rest, place, symbol, extra,
    starts, listed, cost, following, shorter, back_off, kind, unit, start, width, margin,
):  # fmt: skip
    """See `with_histories`. Pairs of a node are a chained list until all are known, then numbered node by node."""
    made, pairs = 0, len(nodes) - 1
    source, into = np.empty(2 * len(target) + 16, np.int32), np.empty(2 * len(target) + 16, np.int32)
    of_arc, charged = np.empty(len(source), np.int32), np.empty(len(source), np.float32)
    state, chained, best = np.empty(len(source), np.int32), np.empty(len(source), np.int32), np.empty(len(source))
    first = np.full(nodes[-1], -1, np.int32)  # pair of each node
    is_end = np.zeros(nodes[-1], np.bool_)
    for b in range(pairs):
        is_end[nodes[b + 1] - 1] = True
        first[nodes[b]] = b
        state[b], chained[b], best[b] = start, -1, 0
    reach, beyond = np.inf, 0
    for node in range(nodes[-1]):
        if node == beyond:  # the first of another place
            while beyond < nodes[-1] and place[beyond] == place[node]:
                beyond += 1
            reach = reach_of(node, beyond, first, chained, best, rest, width, margin)
        pair = first[node]
        while pair >= 0:
            room = len(source) - (offsets[node + 1] - offsets[node])
            if made > room:
                source, into, of_arc, charged = longer(source), longer(into), longer(of_arc), longer(charged)
            if pairs > len(state) - (offsets[node + 1] - offsets[node]):
                state, chained, best = longer(state), longer(chained), longer(best)
            for k in range(offsets[node], offsets[node + 1] if best[pair] + rest[node] <= reach else offsets[node]):
                i = arcs[k]
                t, said = target[i], symbol[i]
                after, paid = state[pair], np.float32(0)
                if said != NONE:
                    after, steps = state_after(said, state[pair], starts, listed, cost, following, shorter, back_off)
                    paid = extra[i, kind[state[pair]]] + unit * steps
                if is_end[t]:
                    after = start
                other = first[t]
                while other >= 0 and state[other] != after:
                    other = chained[other]
                if other < 0:
                    other = pairs
                    state[other], chained[other], best[other] = after, first[t], np.inf
                    first[t] = other
                    pairs += 1
                best[other] = min(best[other], best[pair] + penalty[i] + paid)
                source[made], into[made], of_arc[made], charged[made] = pair, other, i, paid
                made += 1
            pair = chained[pair]
    number, bounds = numbered(pairs, nodes, first, chained)
    return number[source[:made]], number[into[:made]], of_arc[:made].copy(), charged[:made].copy(), bounds


@kernel
def state_after(said, state, starts, listed, cost, following, shorter, back_off):  # type: ignore[no-untyped-def]
    """The state after a symbol, and what it costs in steps."""
    steps, found = 0, False
    while True:
        low, high = starts[state], starts[state + 1]
        while low < high:
            middle = (low + high) // 2
            if listed[middle] < said:
                low = middle + 1
            else:
                high = middle
        if said > 0 and low < starts[state + 1] and listed[low] == said:
            steps += 0 if found else cost[low]
            found = True
            if following[low] >= 0:
                return following[low], steps
        elif not found:
            steps += back_off[state]
        if state == 0:
            return np.int32(0), steps
        state = shorter[state]


@kernel
def numbered(pairs, nodes, first, chained):  # type: ignore[no-untyped-def]
    """The numbers of pairs, node by node, and the offsets of the graphs; an end that nothing leads to is a node all the same."""
    number, bounds, count = np.empty(pairs, np.int32), np.zeros(len(nodes), np.int32), 0
    for b in range(len(nodes) - 1):
        for node in range(nodes[b], nodes[b + 1]):
            pair = first[node]
            while pair >= 0:
                number[pair] = count
                count += 1
                pair = chained[pair]
        count += first[nodes[b + 1] - 1] < 0
        bounds[b + 1] = count
    return number, bounds


@kernel
def reach_of(node, beyond, first, chained, best, rest, width, margin):  # type: ignore[no-untyped-def]
    """How dear the best path through a pair of the nodes ``node`` .. ``beyond`` - 1 may be."""
    count = 0
    reach = np.inf
    for n in range(node, beyond):
        pair = first[n]
        while pair >= 0:
            reach = min(reach, best[pair] + rest[n] + margin)
            count += 1
            pair = chained[pair]
    if 0 < width < count:
        through, k = np.empty(count), 0
        for n in range(node, beyond):
            pair = first[n]
            while pair >= 0:
                through[k] = best[pair] + rest[n]
                k += 1
                pair = chained[pair]
        reach = min(reach, np.sort(through)[width - 1])
    return reach


@kernel
def longer(array):  # type: ignore[no-untyped-def]
    """The array with room for as much again."""
    result = np.empty(2 * len(array), array.dtype)
    result[: len(array)] = array
    return result
