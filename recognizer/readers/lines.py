"""Writing line by line: ink is split into lines here, and each line is read for itself, whatever stands on the others."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import product
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from recognizer.errors import InputError, NothingToRead
from recognizer.gtn import prune
from recognizer.gtn.origins import made_as
from recognizer.ink import Ink
from recognizer.ink.layout import lay_out
from recognizer.language.alphabet import NEWLINE
from recognizer.readers.reader import ALTERNATIVES, MARGIN, ignore, path_of, reading_of
from recognizer.readers.reading import Alternative, Reading

if TYPE_CHECKING:
    from recognizer.readers.protocol import Reader

Source = TypeVar("Source")
Line = TypeVar("Line")


def lines_of(ink: Ink) -> list[Ink]:
    """The lines of ink, from top to bottom. Raises NothingToRead where there is no stroke."""
    if not ink.strokes:
        raise NothingToRead("There is no ink: write something first.")
    return [Ink(tuple(ink.strokes[stroke] for stroke in line)) for line in lay_out(ink).lines]


@dataclass(frozen=True)
class LinesReader(Generic[Source, Line]):
    """Reads sources of one line or several by what reads one ``line``, each of which is a graph of its own.

    ``split`` gives the lines of a source, from top to bottom; it raises NothingToRead where there are none.
    """

    split: Callable[[Source], Sequence[Line]]
    line: "Reader[Line]"

    @property
    def threshold(self) -> float:
        """The confidence from which on a reading is accepted."""
        return self.line.threshold

    def read(self, source: Source, on_stage: Callable[[str], None] = ignore) -> Reading:
        """Read ``source`` as `Reader.read` does. Lines that hold nothing to be read are passed over, unless all do."""
        start = time.perf_counter()
        readings: list[Reading] = []
        failure = None
        for line in self.split(source):
            try:
                reading = self.line.read(line, on_stage)
                readings.append(_lighter(reading) if readings else reading)
            except InputError as error:
                failure = failure or error
        if failure and not readings:
            raise failure
        if len(readings) == 1:
            return readings[0]
        alternatives = reduce(_below, (reading.alternatives for reading in readings))
        reading = reading_of(alternatives, readings[0].trace, self.threshold, start)
        return replace(reading, lines=tuple(readings))


def _lighter(reading: Reading) -> Reading:
    """What is kept of a line of many: not the pictures of its segments, of the interpretations those that count, and not how another
    system read it. With these a page would take gigabytes."""
    trace, images = reading.trace, reading.trace.segments.images
    hypotheses = prune(trace.interpretation, margin=MARGIN)
    segments = replace(trace.segments, images=np.empty((0, *images.shape[1:]), images.dtype))
    lighter = replace(trace, segments=segments, beside=None)
    lighter = lighter.with_stage("interpretation", made_as(trace.interpretation, hypotheses))
    best = path_of(hypotheses, reading.alternatives[0].labels)
    return replace(reading, trace=lighter.with_stage("best path", best))


def _below(above: tuple[Alternative, ...], below: tuple[Alternative, ...]) -> tuple[Alternative, ...]:
    """Both answers, and the likeliest of all others that stand above with those that stand below; the chances multiply."""
    answer, *others = (_one_below(*pair) for pair in product(above, below))
    return (answer, *sorted(others, key=lambda each: -each.confidence)[: ALTERNATIVES - 1])


def _one_below(above: Alternative, below: Alternative) -> Alternative:
    labels = (*above.labels, NEWLINE, *below.labels)
    return Alternative(f"{above.text}\n{below.text}", above.confidence * below.confidence, labels)
