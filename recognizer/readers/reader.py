"""The chain of graph transformers that every reader is: segment, recognise, interpret, decide (1998 paper, sections V and X)."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from recognizer.errors import NothingToRead
from recognizer.gtn import Graph, best_path, best_sequences, chain, compose, forward, recognition_graph, segmentation_graph
from recognizer.readers.reading import Alternative, Reading, Stage, Trace
from recognizer.segments import Segments

ALTERNATIVES = 5

Source = TypeVar("Source")


def ignore(stage: str) -> None:
    """The progress callback of those who do not want to know."""


@dataclass(frozen=True)
class Reader(Generic[Source]):
    """Reads sources of one kind.

    ``recognise`` gives the penalty of every class for every segment, (S, K) float32 [nats], junk last; class k is label k + 1
    of the graphs. ``grammar`` accepts the sequences of labels that make sense and writes the labels of the answer.
    """

    segment: Callable[[Source], Segments]
    recognise: Callable[[np.ndarray], np.ndarray]
    grammar: Graph
    classes: tuple[str, ...]
    symbols: tuple[str, ...]  # text of each label
    threshold: float  # confidence from which on a reading is accepted

    def read(self, source: Source, on_stage: Callable[[str], None] = ignore) -> Reading:
        """Read ``source``. ``on_stage`` hears the name of each stage before it; what it raises stops the reading.

        Raises NothingToRead or InputError where there is no writing, or something other than what this reader reads.
        """
        start = time.perf_counter()
        on_stage("segmentation")
        segments = self.segment(source)
        segmentation = segmentation_graph(segments.first, segments.last, cuts=len(segments.cuts))
        on_stage("recognition")
        penalties = self.recognise(segments.images)
        recognition = recognition_graph(segmentation, penalties, np.arange(1, len(self.classes) + 1, dtype=np.int32))
        on_stage("interpretation")
        interpretation = compose(recognition, self.grammar)
        if not len(interpretation.source):
            raise NothingToRead("Nothing here can be read as a number.")
        on_stage("best path")
        best = best_path(interpretation)
        alternatives = self._alternatives(interpretation)
        stages = (
            Stage("segmentation", segmentation),
            Stage("recognition", recognition),
            Stage("interpretation", interpretation),
            Stage("best path", best),
        )
        return Reading(
            text=alternatives[0].text,
            confidence=alternatives[0].confidence,
            accepted=alternatives[0].confidence >= self.threshold,
            alternatives=alternatives,
            seconds=time.perf_counter() - start,
            trace=Trace(segments, penalties, self.classes, self.symbols, stages),
        )

    def _alternatives(self, interpretation: Graph) -> tuple[Alternative, ...]:
        """The most likely texts; the confidence of each is exp(-discriminative forward penalty) (section VI-E)."""
        everything = float(forward(interpretation)[0])
        found = []
        for sequence in best_sequences(interpretation, ALTERNATIVES)[0]:
            penalty = float(forward(compose(interpretation, chain(sequence.labels)))[0]) - everything
            text = "".join(self.symbols[label] for label in sequence.labels)
            found.append(Alternative(text, float(np.exp(-max(penalty, 0.0)))))
        return tuple(found)
