"""Leaving out what is unlikely."""

import numpy as np

from recognizer.gtn.arrays import Array, numbers
from recognizer.gtn.forward import forward_and_posteriors
from recognizer.gtn.graph import Graph
from recognizer.gtn.paths import to_ends
from recognizer.gtn.select import subgraph
from recognizer.gtn.viterbi import best_into
from recognizer.kernels import kernel

ROUNDING = 1e-6  # of the best penalty: a path is as good as the best one


def prune(graph: Graph, *, margin: float = np.inf, posterior: float = 0.0) -> Graph:
    """The arcs on some path within ``margin`` [nats] of the best one, and of at least this posterior; origins =
    (arc,).

    Every arc that is left lies on a path from start to end; the best path is always left.
    """
    worse = detours(graph)
    mask = worse <= margin
    if posterior > 0:
        mask &= (forward_and_posteriors(graph)[1] >= posterior) | (worse == 0)
    return subgraph(graph, mask)


def detours(graph: Graph) -> Array:
    """By how much the best path through each arc is worse than the best path (A,) [nats]; +inf where no path is."""
    runs = graph.topology.runs
    before, after = best_into(*runs[1:], runs.ordered(graph.penalty), graph.nodes)[0], to_ends(graph)
    found: Array = worse_by(graph.source, graph.target, numbers(graph.penalty), graph.arcs, graph.ends, before, after)
    return found


@kernel
def worse_by(source, target, penalty, arcs, ends, before, after):  # type: ignore[no-untyped-def]
    """See `detours`; the best path to each node costs ``before`` (N,) and from it to the end ``after`` (N,)."""
    worse = np.full(len(penalty), np.inf)
    for b in range(len(ends)):
        best = before[ends[b]]
        near = ROUNDING * max(1.0, abs(best))
        for i in range(arcs[b], arcs[b + 1]):
            through = before[source[i]] + penalty[i] + after[target[i]]
            if through < np.inf:
                worse[i] = through - best if through - best > near else 0.0
    return worse
