"""Letters of words as isolated characters: other writers than those who wrote characters alone wrote words.

Over-segmentation says which ink of a word is which letter of its text. Letters count that have their strokes to themselves.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

import numpy as np
from torch import nn

from recognizer.gtn import best_path, chain, compose, segmentation_graph, viterbi
from recognizer.gtn.origins import arcs_behind
from recognizer.ink import Ink
from recognizer.ink.word_segments import WordSegments, segment_text
from recognizer.language.alphabet import BLANK, labels_of
from recognizer.networks.inference import folded
from recognizer.networks.store import load_model
from recognizer.readers.reader import recognise_arcs, silenced
from recognizer.readers.segmentation import TextNetwork
from recognizer.training.data.inksets import InkSet, ink_of
from recognizer.training.data.many import in_chunks

OF_WRITER = 300  # words of one writer that are looked at
ALIKE = 12  # letters of a kind that are taken from one writer
DOUBT = 6.0  # a text that is so much worse than the best one may not be what was written [nats]
_CHUNK = 200


def letters_of_words(inkset: InkSet, split: str, model: Path) -> tuple[list[Ink], list[int]]:
    """Letters of the words of ``split`` as ink, and their labels, found by the over-segmentation ``model``."""
    generator = np.random.default_rng(1998)
    chosen: list[int] = []
    seen: Counter[str] = Counter()
    for sample in generator.permutation(inkset.of_split(split)).tolist():
        writer = str(inkset.writers[sample])
        if seen[writer] < OF_WRITER:
            seen[writer] += 1
            chosen.append(sample)
    inks, labels = [], []
    taken: Counter[tuple[str, int]] = Counter()
    words = [(ink_of(inkset, k), "".join(str(inkset.labels[k]).split())) for k in chosen]
    for sample, letters in zip(chosen, in_chunks(partial(_letters, model), words, _CHUNK), strict=True):
        for ink, label in letters:
            kind = str(inkset.writers[sample]), label
            if taken[kind] < ALIKE:
                taken[kind] += 1
                inks.append(ink)
                labels.append(label)
    return inks, labels


def _letters(model: Path, words: Sequence[tuple[Ink, str]]) -> list[list[tuple[Ink, int]]]:
    return [letters_of_word(ink, text, _network(model)) for ink, text in words]


@cache
def _network(model: Path) -> nn.Module:
    return folded(load_model(model).network)


def letters_of_word(ink: Ink, text: str, network: nn.Module) -> list[tuple[Ink, int]]:
    """The letters of a word that have their strokes to themselves, and their labels; none where ``text`` is not what the ink
    looks like to an over-segmentation ``network``."""
    labels = labels_of(text)
    if not labels:
        return []
    segments = segment_text(ink)
    segmentation = segmentation_graph(segments.first, segments.last, cuts=len(segments.cuts))
    recognition = silenced(recognise_arcs(segmentation, TextNetwork(network)(segments)), BLANK)
    writings = compose(recognition, chain(labels))
    if not viterbi(writings)[0] <= viterbi(recognition)[0] + DOUBT:
        return []
    path = best_path(writings)
    used = arcs_behind(recognition, writings, path)
    return [
        (Ink(strokes), int(label))
        for segment, label in zip(used, path.output, strict=True)
        if label and (strokes := _whole_strokes(ink, segments, int(segment)))
    ]


def _whole_strokes(ink: Ink, segments: WordSegments, segment: int) -> tuple[np.ndarray, ...]:
    """The strokes of a segment, none if one of them belongs to others as well."""
    rows = np.concatenate(segments.pieces[segments.first[segment] : segments.last[segment]])
    numbers, of_row = np.unique(rows[:, 0], return_inverse=True)
    points = np.bincount(of_row, rows[:, 2] - rows[:, 1] + 1)
    strokes = [ink.strokes[number] for number in numbers]
    return tuple(strokes) if all(len(s) == n for s, n in zip(strokes, points, strict=True)) else ()
