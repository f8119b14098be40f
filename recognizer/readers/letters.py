"""What a reading says of each character: which ink it was made from, how sure it is, and what else may stand there."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from recognizer.gtn import EPSILON, Graph, posteriors, prune
from recognizer.readers.reader import MARGIN, confidences
from recognizer.readers.reading import Reading, Stage

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
    path, segments = trace.stages[-1].graph, trace.segments
    of_arc = _segments_of_arcs(trace.stages)
    arcs = _in_order(path)
    extents = _extents(path, arcs, of_arc[-1], np.asarray(segments.first), np.asarray(segments.last))
    texts = [trace.symbols[int(path.output[arc])] for arc, _, _ in extents]
    if trace.classes[-1] == "blank":
        extents = _shared([len(text.strip()) > 0 for text in texts], extents)
    masses = _masses(reading, of_arc[-2], [(first, last) for _, first, last in extents])
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

    The graph between the nodes where the best path enters and leaves the word is searched as a whole reading is.
    """
    path, graph = reading.trace.stages[-1].graph, reading.trace.stages[-2].graph
    start, _, _ = word.indices(len(letters))
    enters = graph.starts[0]
    if start:
        enters = graph.target[path.origins[0][letters[start - 1].arc]]
    leaves = graph.ends[0]
    if word.stop < len(letters):
        leaves = graph.target[path.origins[0][letters[word.stop].arc]]
    found: dict[str, float] = {}
    for labels, share in confidences(prune(_between(graph, int(enters), int(leaves)), margin=MARGIN)):
        text = "".join(reading.trace.symbols[label] for label in labels).strip()
        if text:
            found[text] = found.get(text, 0.0) + share
    ranked = sorted(found.items(), key=lambda pair: -pair[1])
    return tuple(ranked[:MOST])


def _between(graph: Graph, start: int, end: int) -> Graph:
    """The arcs among the nodes start .. end: nodes stand in topological order, so all paths from one to the other are there."""
    inside = (graph.source >= start) & (graph.target <= end)
    source, target, nodes = graph.source[inside] - start, graph.target[inside] - start, np.array([0, end - start + 1])
    whole = graph.topology
    topology = whole.rearranged(inside, source, target, nodes, in_sequence=whole.in_sequence)
    return Graph(topology, np.asarray(graph.penalty)[inside])


def _in_order(path: Graph) -> list[int]:
    """The arcs of a path from its start to its end."""
    after = {int(source): arc for arc, source in enumerate(path.source)}
    node, arcs = int(path.starts[0]), []
    while node in after:
        arcs.append(after[node])
        node = int(path.target[arcs[-1]])
    return arcs


def _segments_of_arcs(stages: Sequence[Stage]) -> list[np.ndarray]:
    """For every stage the segment (A,) that each arc came from, -1 where none."""
    found = [np.append(np.arange(len(stages[0].graph.source)), -1)]
    for stage in stages[1:]:
        found.append(np.append(found[-1][stage.graph.origins[0]], -1))  # an origin of -1, none, takes the last
    return [segments[:-1] for segments in found]


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


def _masses(reading: Reading, segment: np.ndarray, places: list[tuple[int, int]]) -> np.ndarray:
    """(L, labels) the probability that each label is written in each place."""
    trace, graph = reading.trace, reading.trace.stages[-2].graph
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
