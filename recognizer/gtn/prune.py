"""Leaving out what is unlikely."""

import numpy as np

from recognizer.gtn.arrays import Array, numbers
from recognizer.gtn.forward import forward_and_posteriors
from recognizer.gtn.graph import Graph
from recognizer.gtn.paths import to_ends
from recognizer.gtn.select import subgraph
from recognizer.gtn.viterbi import best_into

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
    through = before[graph.source] + numbers(graph.penalty) + after[graph.target]
    best = np.repeat(before[graph.ends], np.diff(graph.arcs))
    some = np.isfinite(through)
    worse = np.full(len(through), np.inf)
    worse[some] = through[some] - best[some]
    worse[some & (worse <= ROUNDING * np.maximum(1, np.abs(best)))] = 0
    return worse
