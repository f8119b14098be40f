"""Right sides built from data: tries of words and back-off n-grams."""

from collections.abc import Mapping, Sequence

import numpy as np

from recognizer.errors import InputError
from recognizer.gtn.arrays import EPSILON, Array
from recognizer.gtn.graph import Graph
from recognizer.gtn.topology import Topology
from recognizer.kernels import kernel


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
    wrong = (table <= EPSILON) & (np.arange(table.shape[1]) < lengths[:, None])
    if wrong.any():
        word = int(np.flatnonzero(wrong.any(1))[0])
        raise InputError(f"Word {word} of the lexicon has the label 0 (epsilon) or less: {list(words[word])}.")
    costs = np.zeros(len(words), np.float32) if penalties is None else np.asarray(penalties, np.float32)
    parent, symbol, last, ascends = _prefixes(table, lengths)
    if not ascends:
        order = np.lexsort((*table.T[::-1],))
        costs = costs[order]
        parent, symbol, last, _ = _prefixes(table[order], lengths[order])
    stops, which = np.unique(last, return_inverse=True)
    least = np.full(len(stops), np.inf, np.float32)
    np.minimum.at(least, which, costs)
    end = len(parent) + 1
    again = (
        []
        if separator is None
        else [(stops, np.zeros_like(stops), np.full(len(stops), separator), least + separator_penalty)]
    )
    arcs = [
        (parent, np.arange(1, end, dtype=np.int32), symbol, np.zeros(end - 1, np.float32)),
        *again,
        (stops, np.full_like(stops, end), np.zeros_like(stops), least),
    ]
    source, target, label, penalty = (np.concatenate(x) for x in zip(*arcs, strict=True))
    return Graph(Topology(source, target, label, np.array([0, end + 1]), in_sequence=separator is None), penalty)


@kernel
def _prefixes(table, lengths):  # type: ignore[no-untyped-def]
    """Every different beginning of words in order, which is a node of their trie, from 1 on: the node of the same without its last
    label, and that label; the node of each word; and whether the words are in order."""
    parent, symbol = np.empty(lengths.sum(), np.int32), np.empty(lengths.sum(), np.int32)
    # `path` holds the nodes of the word before.
    path, last = np.zeros(table.shape[1] + 1, np.int32), np.empty(len(table), np.int32)
    count, ascends = 0, True
    for word in range(len(table)):
        k = 0
        if word > 0:
            while k < min(lengths[word], lengths[word - 1]) and table[word, k] == table[word - 1, k]:
                k += 1
            ascends &= k == lengths[word - 1] or (k < lengths[word] and table[word, k] > table[word - 1, k])
        while k < lengths[word]:
            parent[count], symbol[count] = path[k], table[word, k]
            count += 1
            k += 1
            path[k] = count
        last[word] = path[k]
    return parent[:count], symbol[:count], last, ascends


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
