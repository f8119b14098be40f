"""How likely it is that a graph means each of some texts: sums over the paths that write them (1998 paper, section VI-E)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn.arrays import INT32, Array
from recognizer.gtn.forward import prefix_of
from recognizer.gtn.graph import Graph
from recognizer.kernels import kernel


def sequence_posteriors(graph: Graph, sequences: Sequence[Sequence[int]]) -> Array:
    """The probability (n,) float64 that a path of a graph, drawn with weight exp(-penalty), writes each of the ``sequences`` of labels;
    0 where it has no paths.

    That is exp(forward(graph) - forward(compose(graph, chain(sequence)))), without the compositions. Raises InputError unless the
    batch is of one graph.
    """
    if len(graph) != 1:
        raise InputError(f"Texts are looked for in one graph, and here are {len(graph)}.")
    runs = graph.topology.runs
    penalty, output = runs.ordered(graph.penalty), graph.output if runs.order is None else graph.output[runs.order]
    symbols = np.array([label for labels in sequences for label in labels], INT32)
    offsets = np.cumsum([0, *map(len, sequences)])
    found: Array = posteriors_of(*runs[1:], penalty, output, prefix_of(graph, penalty), symbols, offsets)
    return found


@kernel
def posteriors_of(first, source, target, penalty, output, prefix, symbols, offsets):  # type: ignore[no-untyped-def]
    """See `sequence_posteriors`; ``prefix`` (N,) as `sums_into` leaves it, ``symbols`` of all sequences, one after the other.

    Backwards, from the end: an arc is drawn among those into its target, so that all numbers are probabilities. At each node
    those are kept that the first ``place`` symbols are still to be written, from the least such place to the greatest.
    """
    share = np.empty(len(penalty))
    for r in range(len(source)):
        for i in range(first[r], first[r + 1]):
            known = prefix[source[r]] < np.inf and penalty[i] < np.inf
            share[i] = np.exp(prefix[target[r]] - prefix[source[r]] - penalty[i]) if known else 0.0
    found = np.zeros(len(offsets) - 1)
    low, high = np.empty(len(prefix), np.int64), np.empty(len(prefix), np.int64)
    for k in range(len(found)):
        text = symbols[offsets[k] : offsets[k + 1]]
        reached = np.zeros((len(prefix), len(text) + 1))
        low[:], high[:] = len(text) + 1, -1
        low[-1] = high[-1] = len(text)
        reached[-1, len(text)] = 1
        for r in range(len(source) - 1, -1, -1):
            s, t = source[r], target[r]
            for i in range(first[r], first[r + 1]):
                step = 1 if output[i] else 0
                for place in range(max(low[t], step), high[t] + 1):
                    if share[i] > 0 and (not step or text[place - 1] == output[i]):
                        reached[s, place - step] += share[i] * reached[t, place]
                        low[s], high[s] = min(low[s], place - step), max(high[s], place - step)
        found[k] = reached[0, 0]
    return found
