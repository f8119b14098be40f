"""What words may look like, as one graph: those of a lexicon, and at a price any other (1998 paper, section IX).

The lexicon proposes and does not impose: beside its trie, in small letters, capitalised or all in capitals, with punctuation
around, stands a character n-gram that writes anything, numbers included.
"""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from recognizer.gtn import EPSILON, Graph, graph_of, trie
from recognizer.gtn.paths import to_ends
from recognizer.language.alphabet import CHARACTERS, NEWLINE, SPACE, label_of, labels_of
from recognizer.language.ngram import CharacterModel, english_characters

# Prices [nats], chosen on validation words.
ESCAPE = 4.0  # a word that the lexicon does not know
CAPITALISED, CAPITALS = 1.2, 2.0  # a word of the lexicon written so
BEFORE, AFTER = 6.0, 4.0  # a mark before or after a word
FREQUENCY = 0.25  # of the differences between words' penalties that counts
FREELY = 0.4  # of the n-gram's penalties that counts
OPENING, CLOSING = "\"'([", ".,;:!?)]\"'-"


def text_graph(lexicon: Mapping[str, float] | None, *, several: bool = True) -> Graph:
    """The graph of words: of ``lexicon`` (words and their penalties), or any at a price; without one, any words freely.

    ``several``: words with a space or a new line between them, else one. Cyclic, no epsilons but into its end: made to be
    expanded over frames (`ctc_expansion`) or composed with a lattice of segments.
    """
    return _text_graph(None if lexicon is None else tuple(lexicon.items()), several)


@lru_cache(maxsize=1)  # two systems that are joined have the same
def _text_graph(lexicon: tuple[tuple[str, float], ...] | None, several: bool) -> Graph:
    model = english_characters()
    free, final = _free(model, 0.0 if lexicon is None else ESCAPE)
    arcs = [free]
    if lexicon is not None:
        words, ends = _lexical(lexicon, len(model.penalties) + 1)
        arcs.append(words)
        final |= ends
    if several:
        arcs += [_again(final, separator) for separator in (SPACE, NEWLINE)]
    source, target, label, penalty = (np.concatenate(columns) for columns in zip(*arcs, strict=True))
    return graph_of(source, target, label, penalty.astype(np.float32), start=0, final=final)


Arcs = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # source, target, label, penalty


def _again(final: Mapping[int, float], separator: int) -> Arcs:
    """The arcs from the ends of words back to the start."""
    ends = np.array(list(final))
    return ends, np.zeros_like(ends), np.full_like(ends, separator), np.array(list(final.values()))


def _free(model: CharacterModel, escape: float) -> tuple[Arcs, dict[int, float]]:
    """The arcs of the n-gram, state 0 the start, and the penalties of stopping at its states."""
    states, symbols = model.penalties.shape
    penalty = FREELY * model.penalties[:, 1:]
    penalty[0] += escape
    source = np.repeat(np.arange(states), symbols - 1)
    label = np.tile(np.arange(1, symbols), states)
    return (source, model.following[:, 1:].reshape(-1), label, penalty.reshape(-1)), {
        state: FREELY * float(model.penalties[state, 0]) for state in range(1, states)
    }


def _lexical(lexicon: tuple[tuple[str, float], ...], first: int) -> tuple[Arcs, Mapping[int, float]]:
    """The arcs of the words of a lexicon from the start, node 0, as it stands, capitalised and in capitals, marks around them.

    Nodes from ``first`` on. What the cheapest word below costs is paid as early as possible, so that a beam can compare; a word
    ends with an arc of its own beside the one that leads to longer words.
    """
    graph = trie([labels_of(word) or [] for word, _ in lexicon], [FREQUENCY * penalty for _, penalty in lexicon])
    end = int(graph.nodes[-1]) - 1
    rest = to_ends(graph)
    inner, stops = graph.label != EPSILON, graph.label == EPSILON
    paid = graph.penalty[inner] + rest[graph.target[inner]] - rest[graph.source[inner]]
    into = np.zeros(end + 1, np.int64)
    into[graph.target[inner]] = np.arange(int(inner.sum()))  # a trie: one arc into each node
    last = into[graph.source[stops]]
    parent, label = graph.source[inner], graph.label[inner]
    stopping = paid[last] + graph.penalty[stops] - rest[graph.source[stops]]
    word_end, marked = 2 * end + first, 2 * end + first + 1
    source = np.concatenate([parent, parent[last]])
    target = np.concatenate([graph.target[inner], np.full(len(last), -1)])
    label = np.concatenate([label, label[last]])
    penalty = np.concatenate([paid, stopping])
    penalty[source == 0] += rest[0]
    groups = []
    for copy, labels, price in ((0, label, 0.0), (1, CAPITAL[label], CAPITALS)):
        moved = np.where(source == 0, 0, source + first + copy * end)
        onward = np.where(target < 0, word_end, target + first + copy * end)
        groups.append((moved, onward, labels, penalty + np.where(source == 0, price, 0.0)))
    root = (source == 0) & (CAPITAL[label] != label)
    onward = np.where(target[root] < 0, word_end, target[root] + first)
    groups.append((np.zeros(int(root.sum()), int), onward, CAPITAL[label[root]], penalty[root] + CAPITALISED))
    for at, to, marks, price in (
        (0, 0, OPENING, BEFORE),
        (word_end, marked, CLOSING, AFTER),
        (marked, marked, CLOSING, AFTER),
    ):
        labels = np.array([label_of(mark) for mark in marks])
        groups.append((np.full(len(labels), at), np.full(len(labels), to), labels, np.full(len(labels), price)))
    source, target, label, penalty = (np.concatenate(columns) for columns in zip(*groups, strict=True))
    return (source, target, label, penalty), {word_end: 0.0, marked: 0.0}


CAPITAL = np.array([0, *(label_of(character.upper()) or 0 for character in CHARACTERS)])  # by label
