"""Reading again under conditions, without running the network: what must be, what must not be, and what it should say.

The recognition graph stays as it was; arcs that the conditions exclude are priced at infinity on the way to the interpretation.
"""

import time
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from recognizer.errors import NothingToRead
from recognizer.readers.alignment import paths_writing, reader_of
from recognizer.readers.pooled import under_conditions
from recognizer.readers.reading import Reading, Trace

ANY = 0  # in place of a label


class Mark(NamedTuple):
    """A segment, read as one label of the recognition graph, or as ANY."""

    segment: int
    label: int = ANY


@dataclass(frozen=True)
class Constraints:
    """Conditions on the path of a reading. A forced segment excludes the segments that overlap it, a forced cut those that
    bridge it, a forbidden cut those that end there."""

    forced: frozenset[Mark] = frozenset()
    forbidden: frozenset[Mark] = frozenset()
    forced_cuts: frozenset[int] = frozenset()
    forbidden_cuts: frozenset[int] = frozenset()
    text: str = ""  # what the reading must say, empty: anything


NO_CONSTRAINTS = Constraints()


def reread(reading: Reading, constraints: Constraints) -> Reading:
    """The reading under conditions; confidence and alternatives are given these. Conditions of an earlier rereading are forgotten.

    Raises NothingToRead where they leave nothing, InputError where the text cannot be written or the reading not decoded.
    """
    start = time.perf_counter()
    reader, recognition = reader_of(reading), reading.trace.recognition
    segments = reading.trace.follow("recognition", "segmentation")
    possible = allowed(reading.trace, constraints)[segments, recognition.label - 1]
    priced = recognition.with_penalty(np.where(possible, recognition.penalty, np.float32(np.inf)))
    wanted = constraints.text
    interpretation = paths_writing(wanted, reading, priced) if wanted else reader.interpret(priced)
    try:
        again = reader.decide(reading.trace.with_stage("interpretation", interpretation), start)
    except NothingToRead:
        raise NothingToRead("These conditions leave nothing that could be read.") from None
    if reading.pool is not None:
        again = under_conditions(reading.pool, again)
    return reading.kept_in(again)


def allowed(trace: Trace, constraints: Constraints) -> np.ndarray:
    """(S, K) bool: may the path lead over segment s read as class k?"""
    first, last = trace.segments.first, trace.segments.last
    may: np.ndarray = np.ones(trace.penalties.shape, bool)
    for mark in constraints.forced:
        overlap = (first < last[mark.segment]) & (last > first[mark.segment])
        overlap[mark.segment] = False
        may[overlap] = False
        if mark.label != ANY:
            may[mark.segment, np.arange(may.shape[1]) != mark.label - 1] = False
    for mark in constraints.forbidden:
        labels = np.arange(may.shape[1])
        may[mark.segment, (mark.label == ANY) | (labels == mark.label - 1)] = False
    for cut in constraints.forced_cuts:
        may[(first < cut) & (cut < last)] = False
    for cut in constraints.forbidden_cuts:
        may[(first == cut) | (last == cut)] = False
    return may
