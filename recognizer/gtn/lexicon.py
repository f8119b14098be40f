"""Right sides built from data: tries of words and back-off n-grams."""

from collections.abc import Mapping, Sequence

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn.arrays import EPSILON, Array
from recognizer.gtn.graph import Graph
from recognizer.gtn.topology import Topology


def trie(words: Sequence[Sequence[int]] | Array, penalties: Sequence[float] | Array | None = None, separator: int | None = None,
         separator_penalty: float = 0.0) -> Graph:  # fmt: skip
    """The graph that reads one of the words (label sequences) at its penalty, shared beginnings shared.

    A table (words, longest) of int32 may hold them too, filled up with 0. The arcs that stop stand last, in the order of their words.

    With a ``separator`` it reads any number of words, at least one, with that label between them; it is then cyclic. Penalties are paid
    at the end of a word; of a word given twice the lesser counts. Raises InputError where a word is empty or has epsilons.
    """
    table, lengths = (words, (words > EPSILON).sum(1)) if isinstance(words, np.ndarray) else _table(words)
    if len(words) == 0 or lengths.min() == 0:
        raise InputError("A lexicon needs at least one word, and each word at least one symbol.")
    inside = np.arange(table.shape[1]) < lengths[:, None]
    if np.any(table[inside] <= EPSILON):
        word = int(np.flatnonzero(np.any(inside & (table <= EPSILON), 1))[0])
        raise InputError(f"Word {word} of the lexicon has the label 0 (epsilon) or less: {list(words[word])}.")
    costs = np.zeros(len(words), np.float32) if penalties is None else np.asarray(penalties, np.float32)
    order = np.lexsort((*table.T[::-1],))
    table, inside, lengths, costs = table[order], inside[order], lengths[order], costs[order]
    # A prefix is new where the word differs from the one before it there or earlier; its node is the count of new ones.
    differs = np.ones_like(inside)
    differs[1:] = np.logical_or.accumulate(table[1:] != table[:-1], axis=1)
    new = differs & inside
    node = np.cumsum(new.reshape(-1)).reshape(new.shape)
    node = np.maximum.accumulate(np.where(new, node, 0), axis=0)
    parent = np.concatenate([np.zeros((len(words), 1), node.dtype), node[:, :-1]], axis=1)
    last = node[np.arange(len(words)), lengths - 1]
    stops, which = np.unique(last, return_inverse=True)
    least = np.full(len(stops), np.inf, np.float32)
    np.minimum.at(least, which, costs)
    end = int(node.max()) + 1
    again = (
        []
        if separator is None
        else [(stops, np.zeros_like(stops), np.full(len(stops), separator), least + separator_penalty)]
    )
    arcs = [
        (parent[new], node[new], table[new], np.zeros(end - 1)),
        *again,
        (stops, np.full(len(stops), end), np.zeros(len(stops)), least),
    ]
    source, target, label, penalty = (np.concatenate(x) for x in zip(*arcs, strict=True))
    return Graph(Topology(source, target, label, np.array([0, end + 1]), in_sequence=separator is None), penalty)


def _table(words: Sequence[Sequence[int]]) -> tuple[Array, Array]:
    """Words as rows that are filled up with 0, and their lengths."""
    lengths = np.array([len(word) for word in words], int)
    table = np.zeros((len(words), lengths.max(initial=0)), np.int32)
    if len(words):
        table[np.arange(table.shape[1]) < lengths[:, None]] = np.concatenate([np.asarray(w, np.int32) for w in words])
    return table, lengths


def ngram(penalties: Mapping[Sequence[int], float], back_off: Mapping[Sequence[int], float]) -> Graph:
    """A back-off n-gram as a cyclic graph.

    ``penalties`` [nats] of histories followed by a symbol; symbol 0 stands for the beginning (first in a history) and the end
    (last) of a text. ``back_off``: what it costs to forget the first symbol of a history. Paths that back off where they need
    not are there too, as is usual; the best path is right unless a back-off is cheaper than the n-gram that it avoids.
    """
    histories = {h[k:] for gram in map(tuple, penalties) for h in [gram[:-1]] for k in range(len(h) + 1)} | {()}
    begin: tuple[int, ...] = (0,) if (0,) in histories else ()
    states = [begin, *sorted(histories - {begin})]
    number = {h: k for k, h in enumerate(states)}
    end = len(states)

    def after(history: tuple[int, ...]) -> int:
        while history not in number:
            history = history[1:]
        return number[history]

    arcs = [
        (number[gram[:-1]], after(gram) if gram[-1] else end, gram[-1], cost)
        for gram, cost in ((tuple(g), c) for g, c in penalties.items())
    ]
    arcs += [(number[h], after(h[1:]), EPSILON, float(back_off.get(h, 0.0))) for h in states if h]
    arcs.sort()
    source, target, label, penalty = zip(*arcs, strict=True)
    topology = Topology(np.array(source), np.array(target), np.array(label), np.array([0, end + 1]))
    return Graph(topology, np.array(penalty))
