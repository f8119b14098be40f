"""Sums over all paths: forward penalty and posteriors (1998 paper, section VI-C)."""

from __future__ import annotations

import numpy as np

from recognizer.gtn.autograd import Backward, differentiable
from recognizer.gtn.graph import Array, Graph, Penalties, arrays_in_sequence
from recognizer.gtn.jit import kernel
from recognizer.gtn.numeric import exp32, run_end, smallest


def forward(graph: Graph) -> Penalties:
    """-log sum exp(-penalty) over the paths of each graph, (B,); +inf where there is none. Its gradient is
    `posteriors`."""

    def evaluate(penalty: Array) -> tuple[Array, Backward]:
        source, target, penalty, nodes = arrays_in_sequence(graph.with_penalty(penalty))
        prefix = sums_into(source, target, penalty, nodes)

        def backward(gradient: Array) -> tuple[Array]:
            shares = shares_of(source, target, penalty, nodes, prefix, gradient)
            return (_in_place(graph, shares),)

        return prefix[graph.ends].astype(np.float32), backward

    return differentiable(evaluate, graph.penalty)


def posteriors(graph: Graph) -> Array:
    """The probability (A,) that a path drawn with weight exp(-penalty) uses each arc; all 0 in a graph without
    paths."""
    source, target, penalty, nodes = arrays_in_sequence(graph)
    prefix = sums_into(source, target, penalty, nodes)
    return _in_place(graph, shares_of(source, target, penalty, nodes, prefix, np.ones(len(graph), np.float32)))


def _in_place(graph: Graph, values: Array) -> Array:
    """Values of arcs in sequence, each put back at its arc's own index."""
    if graph.sequence is None:
        return values
    result = np.empty_like(values)
    result[graph.sequence] = values
    return result


@kernel
def sums_into(source, target, penalty, nodes):  # type: ignore[no-untyped-def]
    """For each node -log sum exp(-penalty) over the paths from its start to it (float64).

    One pass: a node keeps the least term so far and the sum relative to it; the logarithm is taken once a node, at
    the first arc that leaves it. Node sums are float64, so a thousand levels lose no more than one does;
    exponentials are of differences and float32.
    """
    n = nodes[-1]
    least = np.full(n, np.inf)
    total = np.zeros(n)
    complete = np.zeros(n, np.bool_)
    for b in range(len(nodes) - 1):
        least[nodes[b]] = 0
        total[nodes[b]] = 1
    i = 0
    while i < len(source):
        s, t = source[i], target[i]
        j = run_end(source, target, i)
        if not complete[s]:
            complete[s] = True
            if total[s] > 0:
                least[s] -= np.log(total[s])
        m = smallest(penalty, i, j)
        if least[s] < np.inf and m < np.inf:
            terms = np.float32(1)
            if j > i + 1:
                terms = np.float32(0)
                for k in range(i, j):
                    terms += exp32(m - penalty[k])
            x = least[s] + m
            if x >= least[t]:
                total[t] += terms * exp32(np.float32(least[t] - x))
            else:
                total[t] = terms + (total[t] * exp32(np.float32(x - least[t])) if total[t] > 0 else 0)
                least[t] = x
        i = j
    for node in range(n):
        if not complete[node] and total[node] > 0:
            least[node] -= np.log(total[node])
    return least


@kernel
def shares_of(source, target, penalty, nodes, prefix, gradient):  # type: ignore[no-untyped-def]
    """The derivative of sum_b gradient[b] prefix[end of b] by each penalty: dE/dc = dE/df_t exp(f_t - c - f_s)."""
    share = np.zeros(len(source), np.float32)
    flow = np.zeros(nodes[-1])
    for b in range(len(nodes) - 1):
        flow[nodes[b + 1] - 1] = gradient[b]
    j = len(source)
    while j > 0:
        s, t = source[j - 1], target[j - 1]
        i = j - 1
        while i > 0 and source[i - 1] == s and target[i - 1] == t:
            i -= 1
        if flow[t] != 0 and prefix[s] < np.inf and prefix[t] < np.inf:
            height = prefix[t] - prefix[s]
            scale = np.float32(flow[t])
            total = np.float32(0)
            for k in range(i, j):
                share[k] = scale * exp32(np.float32(height - penalty[k]))
                total += share[k]
            flow[s] += total
        j = i
    return share
