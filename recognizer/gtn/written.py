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
    those are kept of the suffixes of all texts that were written behind it, from the least to the greatest that was.
    """
    rest, symbol, length, starts, whole = suffixes(symbols, offsets)
    reached = np.zeros((len(prefix), starts[-1]))
    low, high = np.full(len(prefix), starts[-1]), np.full(len(prefix), -1)
    reached[-1, 0], low[-1], high[-1] = 1, 0, 0
    for r in range(len(source) - 1, -1, -1):
        s, t = source[r], target[r]
        if high[t] < 0 or prefix[s] == np.inf:
            continue
        for i in range(first[r], first[r + 1]):
            if penalty[i] == np.inf:
                continue
            share = np.exp(prefix[t] - prefix[s] - penalty[i])
            if output[i] == 0:
                for suffix in range(low[t], high[t] + 1):
                    reached[s, suffix] += share * reached[t, suffix]
                low[s], high[s] = min(low[s], low[t]), max(high[s], high[t])
                continue
            for suffix in range(starts[length[low[t]] + 1], starts[length[high[t]] + 2]):
                if symbol[suffix] == output[i]:
                    reached[s, suffix] += share * reached[t, rest[suffix]]
                    low[s], high[s] = min(low[s], suffix), max(high[s], suffix)
    return np.array([reached[0, suffix] for suffix in whole])


@kernel
def suffixes(symbols, offsets):  # type: ignore[no-untyped-def]
    """The different suffixes of texts, 0 the empty one, by their lengths: of each what is left without its first symbol, that symbol and
    the length; the offsets of the lengths (and two more, where nothing is); and the suffix that each text is as a whole."""
    longest = 0
    for k in range(len(offsets) - 1):
        longest = max(longest, offsets[k + 1] - offsets[k])
    rest, symbol, length = np.zeros((3, len(symbols) + 1), np.int64)
    starts, whole = np.zeros(longest + 3, np.int64), np.zeros(len(offsets) - 1, np.int64)
    starts[1] = count = 1
    for size in range(longest):
        for k in range(len(whole)):
            if size >= offsets[k + 1] - offsets[k]:
                continue
            first, suffix = symbols[offsets[k + 1] - 1 - size], starts[size + 1]
            while suffix < count and (rest[suffix] != whole[k] or symbol[suffix] != first):
                suffix += 1
            if suffix == count:
                rest[count], symbol[count], length[count] = whole[k], first, size + 1
                count += 1
            whole[k] = suffix
        starts[size + 2] = count
    starts[-1] = count
    return rest, symbol, length, starts, whole
