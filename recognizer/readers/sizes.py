"""A line of which it is in doubt how large it is written, read in two sizes.

The fit of the four lines takes writing with high ascenders and low letters, as of 1905, for too large. A network that has learnt
one size is less sure of any other, so what it is surest of tells the size.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from recognizer.errors import InputError
from recognizer.readers.reader import LatticeReader, ignore
from recognizer.readers.reading import Reading
from recognizer.readers.recut import Cutter
from recognizer.readers.rescoring import RescoringReader

if TYPE_CHECKING:
    from recognizer.readers.protocol import Reader

Source = TypeVar("Source")

# Of the core height that was fitted, and the confidence from which on a reading is not in doubt; chosen on 125 lines with a pen, and
# 104 drawn and scanned, of validation writers. Single words gain nothing.
SMALLER, SURE = 0.8, 0.4


@dataclass(frozen=True)
class SizesReader(Generic[Source]):
    """Reads by the ``usual`` reader, and what is in doubt by the ``other`` too: the surer reading is the answer."""

    usual: "Reader[Source]"
    other: "Reader[Source]"

    @property
    def threshold(self) -> float:
        """The confidence from which on a reading is accepted."""
        return self.usual.threshold

    def read(self, source: Source, on_stage: Callable[[str], None] = ignore) -> Reading:
        """Read ``source``, and raise, as a `LatticeReader` does."""
        start = time.perf_counter()
        reading = self.usual.read(source, on_stage)
        if reading.confidence >= SURE or not reading.agreed:  # hatching is no text in any size, and takes long
            return reading
        with suppress(InputError):  # in that size there may be nothing to read, or more than a line
            reading = max(reading, self.other.read(source, on_stage), key=lambda each: each.confidence)
        return replace(reading, seconds=time.perf_counter() - start)


def in_two_sizes(reader: "Reader[Source]") -> SizesReader[Source]:
    """What reads lines of writing, in doubt as smaller writing too."""
    return SizesReader(reader, _smaller(reader))


def _smaller(reader: Any) -> Any:
    """A reader of lines that takes them for smaller writing."""
    if isinstance(reader, RescoringReader):
        return RescoringReader(_smaller(reader.displacement), _smaller(reader.segmentation))
    assert isinstance(reader, LatticeReader)
    segment: Callable[..., Any] = reader.segment
    if isinstance(segment, Cutter):
        return replace(reader, segment=Cutter(partial(segment.segment, size=SMALLER)))
    return replace(reader, segment=partial(segment, size=SMALLER))
