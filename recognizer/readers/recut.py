"""Reading again with other cuts: the network runs only for segments that were not there before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Generic

import numpy as np

from recognizer.errors import InputError, NothingToRead
from recognizer.gtn import Graph
from recognizer.language.amount import written_symbols
from recognizer.readers.alignment import reader_of
from recognizer.readers.reader import LatticeReader, Source
from recognizer.readers.reading import Reading, Trace
from recognizer.segments import Edit, Segments

OF_SEGMENTS = {"first", "last", "boxes", "images", "features", "gaps"}  # arrays with a row for each segment
_FINE = 1e-3  # pictures that differ by less are the same


@dataclass(frozen=True)
class Cutter(Generic[Source]):
    """Cuts sources where ``segment`` does, which takes ``edits`` of a person's."""

    segment: Callable[..., Segments]

    def __call__(self, source: Source, edits: Sequence[Edit] = ()) -> Segments:
        """Raises NothingToRead or InputError as ``segment`` does."""
        return self.segment(source, edits=edits)


def cutting_reader(
    segment: Callable[..., Segments],
    recognise: Callable[[Segments], np.ndarray],
    grammar: Graph,
    classes: tuple[str, ...],
    threshold: float,
) -> LatticeReader[Source]:
    """Reads amounts or numbers of these classes by ``recognise``, segments to penalties (S, K); its cuts are a person's to change."""
    return LatticeReader(Cutter[Source](segment), recognise, grammar, classes, written_symbols(classes), threshold)


def can_recut(reading: Reading) -> bool:
    """Are the cuts of this reading a person's to change?"""
    reader = reading.trace.reader
    return isinstance(reader, LatticeReader) and isinstance(reader.segment, Cutter)


def recut(reading: Reading, source: object, edits: Sequence[Edit]) -> Reading:
    """The reading of the same ``source``, an ink or a page, with its own cuts changed by ``edits``.

    Raises NothingToRead where they leave nothing, InputError where the reader knows no such cuts.
    """
    reader = reader_of(reading)
    if not isinstance(reader.segment, Cutter):
        raise InputError("The cuts of this reading cannot be moved: it reads frames.")
    segments = reader.segment(source, edits)
    penalties = _penalties(reading.trace, segments)
    try:
        again = replace(reader, segment=lambda _source: segments, recognise=lambda _segments: penalties).read(source)
    except NothingToRead:
        raise NothingToRead("These cuts leave nothing that could be read.") from None
    trace = replace(again.trace, reader=reader, beside=reading.trace.beside)
    return reading.kept_in(replace(again, trace=trace))


def _penalties(before: Trace, segments: Segments) -> np.ndarray:
    """Penalties (S, K), those of segments that look as they did taken from ``before``."""
    assert isinstance(before.reader, LatticeReader)
    known = {key: number for number, key in enumerate(_keys(before.segments))}
    same = np.array([known.get(key, -1) for key in _keys(segments)])
    penalties = before.penalties[same]
    new = np.flatnonzero(same < 0)
    if len(new):
        penalties[new] = before.reader.recognise(chosen(segments, new))
    return penalties


def chosen(segments: Segments, some: np.ndarray) -> Segments:
    """Some of the segments (n,), as a recogniser takes them."""
    there = {field.name for field in fields(segments)} & OF_SEGMENTS
    return replace(segments, **{name: getattr(segments, name)[some] for name in there})


def _keys(segments: Segments) -> list[tuple[bytes, ...]]:
    """What a recogniser sees of each segment."""
    images = np.round(segments.images / _FINE).astype(np.int16)
    gaps = np.nan_to_num(getattr(segments, "gaps", np.full(len(segments), np.nan)), nan=-1.0)
    features = np.round(np.column_stack([segments.features, gaps]) / _FINE)
    return [(image.tobytes(), row.tobytes()) for image, row in zip(images, features, strict=True)]
