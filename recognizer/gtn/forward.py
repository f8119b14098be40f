"""Sums over all paths: forward penalty and posteriors (1998 paper, section VI-C)."""

from __future__ import annotations

import numpy as np

from recognizer.gtn.arrays import Array, Penalties
from recognizer.gtn.autograd import Backward, differentiable
from recognizer.gtn.graph import Graph
from recognizer.gtn.numeric import exp32, span
from recognizer.gtn.parallel import at_once, parts_of
from recognizer.kernels import kernel


def forward(graph: Graph) -> Penalties:
    """-log sum exp(-penalty) over the paths of each graph, (B,); +inf where there is none. Its gradient is `posteriors`."""

    def evaluate(penalty: Array) -> tuple[Array, tuple[Backward]]:
        runs = graph.topology.runs
        values = runs.ordered(penalty)
        prefix = prefix_of(graph, values)

        def backward(gradient: Array) -> Array:
            return runs.restored(_shares(graph, values, prefix, gradient))

        return prefix[graph.ends].astype(np.float32), (backward,)

    return differentiable(evaluate, graph.penalty)


def posteriors(graph: Graph) -> Penalties:
    """The probability (A,) that a path drawn with weight exp(-penalty) uses each arc; 0 where a graph has no paths."""

    def evaluate(penalty: Array) -> tuple[Array, tuple[Backward]]:
        runs = graph.topology.runs
        values = runs.ordered(penalty)
        prefix = prefix_of(graph, values)
        shares = _shares(graph, values, prefix, np.ones(len(graph), np.float32))

        def backward(gradient: Array) -> Array:
            return runs.restored(curvature(*runs[1:], values, graph.nodes, prefix, runs.ordered(gradient)))

        return runs.restored(shares), (backward,)

    return differentiable(evaluate, graph.penalty)


def forward_and_posteriors(graph: Graph) -> tuple[Array, Array]:
    """The forward penalties (B,) and the posteriors (A,), as arrays."""
    values = graph.topology.runs.ordered(graph.penalty)
    prefix = prefix_of(graph, values)
    shares = _shares(graph, values, prefix, np.ones(len(graph), np.float32))
    return prefix[graph.ends].astype(np.float32), graph.topology.runs.restored(shares)


def prefix_of(graph: Graph, values: Array) -> Array:
    """See `sums_into`; ``values`` are the penalties in runs."""
    prefix, total = np.full(graph.nodes[-1], np.inf), np.zeros(graph.nodes[-1])
    complete = np.zeros(graph.nodes[-1], np.bool_)
    parts = [(*_runs_of_part(graph, p), values, graph.nodes[p.start : p.stop + 1]) for p in parts_of(graph)]
    at_once(lambda part: sums_into(*part, prefix, total, complete), parts)
    return prefix


def _shares(graph: Graph, values: Array, prefix: Array, gradient: Array) -> Array:
    """See `shares_of`."""
    shares, flow = np.zeros(len(values), np.float32), np.zeros(graph.nodes[-1])
    flow[graph.ends] = gradient
    parts = [_runs_of_part(graph, part) for part in parts_of(graph)]
    at_once(lambda part: shares_of(*part, values, prefix, flow, shares), parts)
    return shares


def _runs_of_part(graph: Graph, part: slice) -> tuple[Array, Array, Array]:
    """First arc (and one more), source and target of the runs of some graphs of the batch."""
    _, first, source, target = graph.topology.runs
    if part.stop - part.start == len(graph):
        return first, source, target
    # Arcs are contiguous by graph, so a search for where a graph begins works though nodes within it are in no order.
    low, high = np.searchsorted(source, graph.nodes[[part.start, part.stop]]).tolist()
    return first[low : high + 1], source[low:high], target[low:high]


@kernel
def sums_into(first, source, target, penalty, nodes, least, total, complete):  # type: ignore[no-untyped-def]
    """For each node of some graphs -log sum exp(-penalty) over the paths from its start to it: fills ``least`` (float64,
    infinite before) with the help of ``total`` and ``complete`` (0 before).

    One pass: a node keeps the least term so far and the sum relative to it; the logarithm is taken once a node, at the
    first arc that leaves it. Node sums are float64, so a thousand levels lose no more than one does; exponentials are
    of differences and float32.
    """
    for b in range(len(nodes) - 1):
        least[nodes[b]] = 0
        total[nodes[b]] = 1
    for r in range(len(source)):
        s, t, i, j = source[r], target[r], first[r], first[r + 1]
        if not complete[s]:
            complete[s] = True
            if total[s] > 0:
                least[s] -= np.log(total[s])
        m = penalty[i]
        for k in span(i + 1, j):
            m = min(m, penalty[k])
        if least[s] < np.inf and m < np.inf:
            terms = np.float32(1)
            if j > i + 1:
                terms = np.float32(0)
                for k in span(i, j):
                    terms += exp32(m - penalty[k])
            x = least[s] + m
            if total[t] == 0:
                least[t] = x
                total[t] = terms
            elif x >= least[t]:
                total[t] += terms * exp32(np.float32(least[t] - x))
            else:
                total[t] = terms + total[t] * exp32(np.float32(x - least[t]))
                least[t] = x
    for node in range(nodes[0], nodes[-1]):
        if not complete[node] and total[node] > 0:
            least[node] -= np.log(total[node])


@kernel
def shares_of(first, source, target, penalty, prefix, flow, share):  # type: ignore[no-untyped-def]
    """Fill ``share``, zeros before, with the derivative by each penalty of the sum of flow[end] prefix[end] over some
    graphs: dE/dc = dE/df_t exp(f_t - c - f_s). ``flow``, 0 before but at the ends, becomes dE/df."""
    for r in range(len(source) - 1, -1, -1):
        s, t = source[r], target[r]
        if flow[t] != 0 and prefix[s] < np.inf and prefix[t] < np.inf:
            height = np.float32(prefix[t] - prefix[s])
            scale = np.float32(flow[t] * (1 + (prefix[t] - prefix[s] - height)))  # what rounding took, to first order
            total = np.float32(0)
            for k in span(first[r], first[r + 1]):
                x = scale * exp32(height - penalty[k])
                share[k] = x
                total += x
            flow[s] += total


@kernel
def curvature(first, source, target, penalty, nodes, prefix, direction):  # type: ignore[no-untyped-def]
    """How the posteriors change when the penalties move in a direction (A,), which is also the gradient of
    sum(direction * posteriors), since second derivatives are symmetric. The two passes of `sums_into` and `shares_of`,
    differentiated: q = exp(f_t - c - f_s) is the probability of an arc among those into its target."""
    moved = np.zeros(nodes[-1])  # the change of prefix
    for r in range(len(source)):
        s, t = source[r], target[r]
        if prefix[s] < np.inf and prefix[t] < np.inf:
            height = prefix[t] - prefix[s]
            for k in span(first[r], first[r + 1]):
                moved[t] += exp32(np.float32(height - penalty[k])) * (direction[k] + moved[s])
    change = np.zeros(len(penalty), np.float32)
    flow, flow_moved = np.zeros(nodes[-1]), np.zeros(nodes[-1])
    for b in range(len(nodes) - 1):
        flow[nodes[b + 1] - 1] = 1
    for r in range(len(source) - 1, -1, -1):
        s, t = source[r], target[r]
        if prefix[s] < np.inf and prefix[t] < np.inf:
            height = prefix[t] - prefix[s]
            for k in span(first[r], first[r + 1]):
                q = exp32(np.float32(height - penalty[k]))
                change[k] = q * (flow_moved[t] + flow[t] * (moved[t] - direction[k] - moved[s]))
                flow[s] += q * flow[t]
                flow_moved[s] += change[k]
    return change
