"""The chain of graph transformers that every reader is: segment, recognise, interpret, decide (1998 paper, sections V and X)."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from recognizer.errors import NothingToRead
from recognizer.gtn import (
    EPSILON,
    Graph,
    best_path,
    best_sequences,
    chain,
    compose,
    prune,
    recognition_graph,
    segmentation_graph,
    sequence_posteriors,
)
from recognizer.gtn.arrays import Penalties
from recognizer.gtn.origins import arcs_behind
from recognizer.readers.money import Money
from recognizer.readers.reading import Alternative, Reading, Stage, Trace
from recognizer.segments import Segments

ALTERNATIVES = 5
CANDIDATES = 8  # texts whose confidence is computed
MARGIN = 12.0  # nats: paths so much worse than the best are left out of every sum

Source = TypeVar("Source")


def ignore(stage: str) -> None:
    """The progress callback of those who do not want to know."""


def unchanged(interpretation: Graph, recognition: Graph) -> Graph:
    """The interpretations of a grammar that says all."""
    return interpretation


@dataclass(frozen=True)
class LatticeReader(Generic[Source]):
    """Reads sources of one kind.

    ``recognise`` gives the penalty of every class for every segment, (S, K) float32 [nats], junk last; class k is label k + 1
    of the graphs. ``grammar`` accepts the sequences of labels that make sense and writes the labels of the answer.
    """

    segment: Callable[[Source], Segments]
    recognise: Callable[[Segments], np.ndarray]
    grammar: Graph
    classes: tuple[str, ...]
    symbols: tuple[str, ...]  # text of each label
    threshold: float  # confidence from which on a reading is accepted
    # From recognition graph and grammar to what is left of their composition.
    search: Callable[[Graph, Graph], Graph] = compose
    money: Money | None = None  # what the texts mean, where they are amounts of money
    silent: int = EPSILON  # label whose arcs of the recognition graph write nothing, if there is one
    # Interpretations at what goes by more than the grammar remembers.
    weigh: Callable[[Graph, Graph], Graph] = unchanged

    def read(self, source: Source, on_stage: Callable[[str], None] = ignore) -> Reading:
        """Read ``source``. ``on_stage`` hears the name of each stage before it; what it raises stops the reading.

        Raises NothingToRead or InputError where there is no writing, or something other than what this reader reads.
        """
        start = time.perf_counter()
        on_stage("segmentation")
        segments = self.segment(source)
        segmentation = segmentation_graph(segments.first, segments.last, cuts=len(segments.cuts))
        on_stage("recognition")
        penalties = self.recognise(segments)
        recognition = silenced(recognise_arcs(segmentation, penalties), self.silent)
        on_stage("interpretation")
        interpretation = self.interpret(recognition)
        on_stage("best path")
        stages = (
            Stage("segmentation", segmentation),
            Stage("recognition", recognition),
            Stage("interpretation", interpretation),
        )
        return self.decide(Trace(segments, penalties, self.classes, self.symbols, stages, self), start)

    def interpret(self, recognition: Graph) -> Graph:
        """The interpretation graph of a recognition graph; origins = (arc of ``recognition``, arc of the grammar)."""
        return self.weigh(self.search(recognition, self.grammar), recognition)

    def decide(self, trace: Trace, start: float) -> Reading:
        """The reading of a trace up to the interpretation graph; ``start`` is when it was begun (perf_counter).

        Raises NothingToRead where the graph holds no text, or likelier none than one.
        """
        alternatives, best = conclude(trace.interpretation, self.symbols, self.money)
        return reading_of(alternatives, trace.with_stage("best path", best), self.threshold, start)


def reading_of(alternatives: tuple[Alternative, ...], trace: Trace, threshold: float, start: float) -> Reading:
    """The reading whose answer is the first of the alternatives and the best path of ``trace``, begun at ``start`` (perf_counter)."""
    best = alternatives[0]
    money = trace.reader.money if trace.reader else None
    return Reading(
        text=best.text,
        confidence=best.confidence,
        accepted=best.confidence >= threshold,
        alternatives=alternatives,
        seconds=time.perf_counter() - start,
        trace=trace,
        value=money.value(best.text) if money else None,
        currency=money.currency(trace.interpretation, best.labels) if money else None,
    )


def conclude(
    interpretation: Graph, symbols: tuple[str, ...], money: Money | None = None
) -> tuple[tuple[Alternative, ...], Graph]:
    """The texts most likely to be meant, of ``money`` one for each value, most likely first, and the best path that writes the
    first of them.

    Raises NothingToRead where it is likelier that there is no text at all.
    """
    hypotheses = prune(interpretation, margin=MARGIN)
    alternatives = _alternatives(hypotheses, symbols, money)
    return alternatives, _best_path(hypotheses, alternatives[0].labels)


def alternatives_of(
    interpretation: Graph, symbols: tuple[str, ...], money: Money | None = None
) -> tuple[Alternative, ...]:
    """The texts that `conclude` finds, without the path. Raises NothingToRead as it does."""
    return _alternatives(prune(interpretation, margin=MARGIN), symbols, money)


def _alternatives(hypotheses: Graph, symbols: tuple[str, ...], money: Money | None) -> tuple[Alternative, ...]:
    """What is written in several ways counts as one."""
    chances: dict[object, float] = {}
    written: dict[object, tuple[str, tuple[int, ...]]] = {}
    for labels, confidence in confidences(hypotheses, money):
        text = "".join(symbols[label] for label in labels)
        meaning = money.value(text) if money and text else text
        chances[meaning] = chances.get(meaning, 0.0) + confidence
        written.setdefault(meaning, (text, labels))
    ranked = sorted(chances, key=chances.__getitem__, reverse=True)
    if not ranked or not written[ranked[0]][0]:
        raise NothingToRead("Nothing here looks like writing that can be read.")
    meanings = [meaning for meaning in ranked if written[meaning][0]][:ALTERNATIVES]
    return tuple(Alternative(written[each][0], min(1.0, chances[each]), written[each][1]) for each in meanings)


def recognise_arcs(segmentation: Graph, penalties: Penalties) -> Graph:
    """The recognition graph of a batch of segmentation graphs: ``penalties`` (S, K), class k is label k + 1, junk last.

    Only single pieces may be junk: else what is left out of a reading would count once for every way of cutting it.
    """
    several = segmentation.target - segmentation.source > 1
    barred = np.zeros(penalties.shape, np.float32)
    barred[several, -1] = np.inf
    labels = np.arange(1, penalties.shape[1] + 1, dtype=np.int32)
    return recognition_graph(segmentation, penalties + _like(barred, penalties), labels)


def silenced(recognition: Graph, label: int) -> Graph:
    """The same graph, whose arcs of this label write nothing."""
    return recognition.relabelled(recognition.label, recognition.label * (recognition.label != label))


def _like(array: np.ndarray, penalties: Penalties) -> Penalties:
    if isinstance(penalties, np.ndarray):
        return array
    import torch

    return torch.from_numpy(array)


def confidences(hypotheses: Graph, money: Money | None = None) -> list[tuple[tuple[int, ...], float]]:
    """The label sequences most likely to be meant, of ``money`` with all that write the same value, most likely first, each with
    its confidence.

    That is exp(-discriminative forward penalty): the share of the sum over all paths that the sum over the paths that write
    the sequence has (section VI-E).
    """
    found = [sequence.labels for sequence in best_sequences(hypotheses, CANDIDATES)[0]]
    written = [*dict.fromkeys(each for labels in found for each in (money.same(labels) if money else (labels,)))]
    shares = np.minimum(confidences_of(hypotheses, written), 1.0).tolist()
    return sorted(zip(written, shares, strict=True), key=lambda candidate: -candidate[1])


def confidences_of(
    interpretation: Graph, sequences: Sequence[tuple[int, ...]], money: Money | None = None
) -> np.ndarray:
    """exp(-discriminative forward penalty) (n,) of sequences of labels, of ``money`` of their values; 0 for one that no path
    writes."""
    if not sequences:
        return np.zeros(0)
    ways = [money.same(labels) if money else (labels,) for labels in sequences]
    shares = sequence_posteriors(interpretation, [each for same in ways for each in same])
    starts = np.cumsum([0, *map(len, ways[:-1])])
    confidences: np.ndarray = np.add.reduceat(shares, starts)
    return confidences


def path_of(interpretation: Graph, labels: tuple[int, ...]) -> Graph:
    """The path of lowest penalty that writes ``labels``; origins = (arc of ``interpretation``,)."""
    answers = compose(interpretation, chain(labels))
    path = best_path(answers)
    return path.with_origins((arcs_behind(answers, path),))


def _best_path(hypotheses: Graph, labels: tuple[int, ...]) -> Graph:
    """The path of lowest penalty that writes ``labels``; origins = (arc of what ``hypotheses`` were pruned from,)."""
    path = path_of(hypotheses, labels)
    return path.with_origins((arcs_behind(hypotheses, path),))
