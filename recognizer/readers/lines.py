"""Writing line by line: ink is split into lines here, and each line is read for itself, whatever stands on the others."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
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
from recognizer.readers.reading_ahead import ReadingAhead

if TYPE_CHECKING:
    from recognizer.readers.protocol import Reader

Source = TypeVar("Source")
Line = TypeVar("Line")


def lines_of(ink: Ink) -> list[Ink]:
    """The lines of ink, from top to bottom. Raises NothingToRead where there is no stroke."""
    if not ink.strokes:
        raise NothingToRead("There is no ink: write something first.")
    return [Ink(tuple(ink.strokes[stroke] for stroke in line)) for line in lay_out(ink).lines]


# Pieces (of displacement: frames) of lines that two systems have no text in common for, and the share of all pieces by which there may be
# more of them before a page is given up. Across a sheet of A4 there are some 350. Of 650 lines that people wrote 2 % of the pieces are in
# such lines, of hatching and boxes more than half.
_SCRIBBLED, _SHARE = 400, 0.25


class PageBudget:
    """What is spent on a page that turns out to be no writing, which takes longer to read than writing and may go on for hundreds of
    lines. Pages of writing never touch it, however long."""

    def __init__(self) -> None:
        self._pieces = self._scribbled = 0

    def count(self, reading: Reading) -> None:
        """A line was read."""
        pieces = len((reading.trace.beside or reading.trace).segments.cuts)
        self._pieces += pieces
        self._scribbled += 0 if reading.agreed else pieces

    @property
    def is_spent(self) -> bool:
        """Is the rest of the page to be left unread?"""
        return self._scribbled > _SCRIBBLED + _SHARE * self._pieces


@dataclass(frozen=True)
class LinesReader(Generic[Source, Line]):
    """Reads sources of one line or several by what reads one ``line``, each of which is a graph of its own.

    ``split`` gives the lines of a source, from top to bottom; it raises NothingToRead where there are none.
    """

    split: Callable[[Source], Sequence[Line]]
    line: "Reader[Line]"
    # Lines; None: as many as readings are worth. A window is still beside one only.
    at_once: int | None = field(default=None, kw_only=True)

    @property
    def threshold(self) -> float:
        """The confidence from which on a reading is accepted."""
        return self.line.threshold

    def read(
        self,
        source: Source,
        on_stage: Callable[[str], None] = ignore,
        on_line: Callable[[int, int], None] = lambda done, total: None,
    ) -> Reading:
        """Read ``source`` as `Reader.read` does; ``on_line`` hears before each line how many of how many are done. Lines that hold
        nothing to be read are passed over, unless all do; where the budget of the page is spent, those that follow are left ``unread``."""
        start = time.perf_counter()
        readings: list[Reading] = []
        failure = None
        budget, lines = PageBudget(), self.split(source)
        done = 0
        with ReadingAhead(self.line.read, lines, on_stage, self.at_once) as ahead:
            while done < len(lines) and not budget.is_spent:
                on_line(done, len(lines))
                try:
                    reading = ahead.answer(done)
                    budget.count(reading)
                    readings.append(_lighter(reading) if readings else reading)
                except InputError as error:
                    failure = failure or error
                done += 1
        if failure and not readings:
            raise failure
        unread = len(lines) - done
        if len(readings) == 1:
            return replace(readings[0], unread=unread)
        alternatives = reduce(_below, (reading.alternatives for reading in readings))
        reading = reading_of(alternatives, readings[0].trace, self.threshold, start)
        return replace(reading, lines=tuple(readings), unread=unread)


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
