"""Reading again with other cuts: the network runs only for segments that were not there before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from recognizer.errors import InputError, NothingToRead
from recognizer.ink.recut import Edit
from recognizer.ink.word_segments import WordSegments, segment_text
from recognizer.readers.reading import Reading, Trace
from recognizer.readers.wanted import reader_of

if TYPE_CHECKING:
    from recognizer.ink import Ink

_FINE = 1e-3  # pictures that differ by less are the same


@dataclass(frozen=True)
class TextSegmenter:
    """Cuts lines of text (``several``) or one word; the one segmenter whose cuts a person may change."""

    several: bool

    def __call__(self, ink: "Ink", edits: Sequence[Edit] = ()) -> WordSegments:
        """Raises NothingToRead where there is no stroke."""
        return segment_text(ink, several=self.several, edits=edits)


def can_recut(reading: Reading) -> bool:
    """Are the cuts of this reading a person's to change?"""
    return reading.trace.reader is not None and isinstance(reading.trace.reader.segment, TextSegmenter)


def recut(reading: Reading, ink: "Ink", edits: Sequence[Edit]) -> Reading:
    """The reading of the same ``ink`` with its own cuts changed by ``edits``.

    Raises NothingToRead where they leave nothing, InputError where the reader knows no such cuts.
    """
    reader = reader_of(reading)
    if not isinstance(reader.segment, TextSegmenter):
        raise InputError("The cuts of this reading cannot be moved: it reads frames, or numbers.")
    segments = reader.segment(ink, edits)
    penalties = _penalties(reading.trace, segments)
    try:
        again = replace(reader, segment=lambda _ink: segments, recognise=lambda _segments: penalties).read(ink)
    except NothingToRead:
        raise NothingToRead("These cuts leave nothing that could be read.") from None
    return replace(again, trace=replace(again.trace, reader=reader, beside=reading.trace.beside))


def _penalties(before: Trace, segments: WordSegments) -> np.ndarray:
    """Penalties (S, K), those of segments that look as they did taken from ``before``."""
    assert before.reader is not None
    assert isinstance(before.segments, WordSegments)
    known = {key: number for number, key in enumerate(_keys(before.segments))}
    same = np.array([known.get(key, -1) for key in _keys(segments)])
    penalties = before.penalties[same]
    new = np.flatnonzero(same < 0)
    if len(new):
        penalties[new] = before.reader.recognise(chosen(segments, new))
    return penalties


def chosen(segments: WordSegments, some: np.ndarray) -> WordSegments:
    """Some of the segments (n,), as a recogniser takes them."""
    names = ("first", "last", "boxes", "images", "features", "gaps")
    return replace(segments, **{name: getattr(segments, name)[some] for name in names})


def _keys(segments: WordSegments) -> list[tuple[bytes, ...]]:
    """What a recogniser sees of each segment."""
    images = np.round(segments.images / _FINE).astype(np.int16)
    features = np.round(
        np.column_stack([segments.features, np.nan_to_num(segments.gaps, nan=-1.0, posinf=1e4)]) / _FINE
    )
    return [(image.tobytes(), row.tobytes()) for image, row in zip(images, features, strict=True)]
