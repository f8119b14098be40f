"""What a reading says of each character: which ink it was made from, how sure it is, and what else may stand there."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

import numpy as np

from recognizer.gtn import EPSILON, Graph, compose, graph_of, posteriors, prune
from recognizer.readers.reader import MARGIN, confidences
from recognizer.readers.reading import Reading, Trace

MOST = 6  # others of a character, texts of a word
LEAST = 1e-4  # letters that are less likely are not told
SEPARATORS = frozenset(" \n")


@dataclass(frozen=True)
class Letter:
    """One character of a reading; its ink is that of the pieces first .. last - 1, none for what parts words and lines."""

    text: str
    first: int
    last: int
    chance: float  # share of the probability of all readings that write this here, in 0..1
    others: tuple[tuple[str, float], ...]  # what else may stand here, likeliest first, with its share
    arc: int  # of the best path, that writes it


def letters_of(reading: Reading) -> tuple[Letter, ...]:
    """The characters of a reading's best path in their order; frames that are blank belong to the nearest one."""
    trace = reading.trace
    path, segments = trace.best_path, trace.segments
    behind = trace.follow("best path", "segmentation")
    extents = _extents(path, _in_order(path), behind, np.asarray(segments.first), np.asarray(segments.last))
    texts = [trace.symbols[int(path.output[arc])] for arc, _, _ in extents]
    if trace.classes[-1] == "blank":
        extents = _shared([len(text.strip()) > 0 for text in texts], extents)
    masses = _masses(trace, [(first, last) for _, first, last in extents])
    letters = []
    for text, (arc, first, last), mass in zip(texts, extents, masses, strict=True):
        whole = max(1.0, float(mass.sum()))
        ranked = sorted(((trace.symbols[k], float(mass[k]) / whole) for k in np.flatnonzero(mass)), key=lambda p: -p[1])
        chance = sum(share for other, share in ranked if other == text)
        others = tuple((other, share) for other, share in ranked if other != text and share >= LEAST)[:MOST]
        letters.append(Letter(text, first, last, min(chance, 1.0), others, arc))
    return tuple(letters)


def word_alternatives(reading: Reading, letters: Sequence[Letter], word: slice) -> tuple[tuple[str, float], ...]:
    """What may stand in place of the characters ``word`` of all ``letters``, the rest being as it is, likeliest first.

    All paths that write the rest are searched as a whole reading is.
    """
    trace = reading.trace
    written = trace.best_path.output[[letter.arc for letter in letters]].tolist()
    start, stop, _ = word.indices(len(letters))
    likely = prune(trace.interpretation, margin=MARGIN)
    around = _around(written[:start], written[stop:], len(trace.symbols))
    found: dict[str, float] = {}
    for labels, share in confidences(compose(likely, around)):
        text = "".join(trace.symbols[label] for label in labels[start : len(labels) - (len(letters) - stop)]).strip()
        if text:
            found[text] = found.get(text, 0.0) + share
    ranked = sorted(found.items(), key=lambda pair: -pair[1])
    return tuple(ranked[:MOST])


def beside(written: str, confidence: float, alternatives: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """What may stand in place of a word, likeliest first, beside the ``confidence`` in what is ``written``.

    The shares of `word_alternatives` are those of a line that is right but for the word; where the rest is in doubt, so is the word, and
    more than they say. What is written has its confidence here, and the others their shares as far as that leaves room: all are 1 or less
    together, and none is larger than it was.
    """
    share = dict(alternatives).get(written, 0.0)
    likelier = confidence / share if share else inf
    left = (1 - confidence) / (1 - share) if share < 1 else 0.0
    others = ((text, other * min(likelier, left)) for text, other in alternatives if text != written)
    return tuple(sorted([(written, confidence), *others], key=lambda pair: -pair[1]))


def _around(before: list[int], after: list[int], labels: int) -> Graph:
    """An acceptor of all sequences of labels with this beginning and end."""
    anything = np.arange(1, labels)
    here = len(before)
    source = np.concatenate([np.arange(here), np.full(labels - 1, here), here + np.arange(len(after))])
    target = source + np.concatenate([np.ones(here, int), np.zeros(labels - 1, int), np.ones(len(after), int)])
    return graph_of(source, target, np.concatenate([before, anything, after]), final=[here + len(after)])


def _in_order(path: Graph) -> list[int]:
    """The arcs of a path from its start to its end."""
    after = {int(source): arc for arc, source in enumerate(path.source)}
    node, arcs = int(path.starts[0]), []
    while node in after:
        arcs.append(after[node])
        node = int(path.target[arcs[-1]])
    return arcs


def _extents(
    path: Graph, arcs: list[int], segment: np.ndarray, first: np.ndarray, last: np.ndarray
) -> list[tuple[int, int, int]]:
    """Arc and pieces of each character: where it is written, and where it is repeated without being written again."""
    extents: list[tuple[int, int, int]] = []
    going_on = False
    for arc in arcs:
        at = int(segment[arc])
        if path.output[arc] != EPSILON:
            place = (int(first[at]), int(last[at])) if at >= 0 else (extents[-1][2],) * 2 if extents else (0, 0)
            extents.append((arc, *place))
            going_on = True
        elif going_on and at >= 0 and path.label[arc] == path.label[extents[-1][0]]:
            extents[-1] = (*extents[-1][:2], int(last[at]))
        elif at >= 0:
            going_on = False
    return extents


def _shared(inked: list[bool], extents: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The pieces between two characters, half to each; those before and after what parts words to the word."""
    places = [list(extent) for extent in extents]
    for k, (here, there) in enumerate(pairwise(places)):
        if inked[k] and inked[k + 1]:
            here[2] = there[1] = (here[2] + there[1] + 1) // 2
        elif inked[k]:
            here[2] = there[1]
        elif inked[k + 1]:
            there[1] = here[2]
    return [(arc, first, last) for arc, first, last in places]


def _masses(trace: Trace, places: list[tuple[int, int]]) -> np.ndarray:
    """(L, labels) the probability that each label is written in each place."""
    graph, segment = trace.interpretation, trace.follow("interpretation", "segmentation")
    labels = len(trace.symbols)
    middles = (np.asarray(trace.segments.first) + np.asarray(trace.segments.last)) / 2
    known = (segment >= 0) & (graph.output != EPSILON)
    middle = np.append(middles, -1)[segment]
    starts = np.array([first for first, _ in places])
    place = np.searchsorted(starts, middle, side="right") - 1
    ends = np.array([last for _, last in places])
    known &= (place >= 0) & (middle <= ends[place])
    index = place[known] * labels + graph.output[known]
    weights = np.asarray(posteriors(graph))[known]
    return np.bincount(index, weights, minlength=len(places) * labels).reshape(len(places), labels)
