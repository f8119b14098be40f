"""A line of which it is in doubt how large it is written, read in several sizes.

The fit of the four lines takes writing with high ascenders and low letters, as of 1905, for too large, and other writing for too
small. What is read in a wrong size is wrong in many ways, so a text that several readings come near to is rather right than one that
is alone: the answer is the text that is nearest to all that the readings hold for possible (minimum Bayes risk, as Stolcke, Konig and
Weintraub, "Explicit word error minimization in N-best list rescoring", Eurospeech 1997, choose among the texts of one reading).
"""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from recognizer.errors import InputError
from recognizer.language.distance import edit_distance
from recognizer.readers.reader import LatticeReader, ignore, path_of
from recognizer.readers.reading import Alternative, Reading
from recognizer.readers.recut import Cutter
from recognizer.readers.rescoring import RescoringReader

if TYPE_CHECKING:
    from recognizer.readers.protocol import Reader

Source = TypeVar("Source")

# Of the core height that was fitted; of two systems together, which are two opinions already, other sizes cost more and say little.
SIZES, SIZES_OF_BOTH = (0.8, 0.64, 1.25), (0.8,)
# The confidence from which on a reading is not in doubt; all chosen on 125 lines with a pen, and 104 drawn and scanned, of validation
# writers. Single words gain nothing.
SURE = 0.4
# And the one up to which nothing is readable in any size: another alphabet, another language, no writing.
HOPELESS = 0.003
_ALIKE = 0.05  # share of the characters that two readings may differ in and leave no doubt for a further size to end
_LEAST = 1e-12  # nothing is less sure


@dataclass(frozen=True)
class SizesReader(Generic[Source]):
    """Reads by the ``usual`` reader, and what is in doubt by the ``others`` too, until two readings are alike: what is nearest to all
    is the answer."""

    usual: "Reader[Source]"
    others: Sequence["Reader[Source]"]

    @property
    def threshold(self) -> float:
        """The confidence from which on a reading is accepted."""
        return self.usual.threshold

    def read(self, source: Source, on_stage: Callable[[str], None] = ignore) -> Reading:
        """Read ``source``, and raise, as a `LatticeReader` does."""
        start = time.perf_counter()
        reading = self.usual.read(source, on_stage)
        if (
            not HOPELESS < reading.confidence < SURE or not reading.agreed
        ):  # hatching is no text in any size, and takes long
            return reading
        readings = [reading]
        for other in self.others:
            with suppress(InputError):  # in that size there may be nothing to read, or more than a line
                readings.append(other.read(source, on_stage))
                if _is_like_one_of(readings[-1].text, readings[:-1]):
                    break
        return replace(nearest(readings, self.threshold), agreed=True, seconds=time.perf_counter() - start)


def nearest(readings: Sequence[Reading], threshold: float) -> Reading:
    """The reading, and of its alternatives the one, whose text is the fewest edits from the alternatives of all ``readings``, each as
    far as it is believed; of readings that have it the surest. It is accepted from a confidence of ``threshold`` on.

    How much a reading has to say in all is the root of how sure it is of its alternatives together: what is less sure is less often
    right, but not as much less as it says.
    """
    believed = [
        (reading, each, each.confidence * _say(reading)) for reading in readings for each in reading.alternatives
    ]

    def risk(text: str) -> float:
        return sum(share * edit_distance(text, each.text) for _, each, share in believed)

    reading, answer, _ = min(believed, key=lambda each: (risk(each[1].text), -each[1].confidence))
    return _answering(reading, answer, threshold)


def _is_like_one_of(text: str, readings: Sequence[Reading]) -> bool:
    return any(edit_distance(text, each.text) <= _ALIKE * len(text) for each in readings)


def _say(reading: Reading) -> float:
    """What makes the confidences of a reading's alternatives sum up to their root."""
    return max(sum(each.confidence for each in reading.alternatives), _LEAST) ** -0.5


def _answering(reading: Reading, answer: Alternative, threshold: float) -> Reading:
    """A reading whose answer is another of its alternatives."""
    if answer is reading.alternatives[0]:
        return reading
    others = (each for each in reading.alternatives if each is not answer)
    return replace(
        reading,
        text=answer.text,
        confidence=answer.confidence,
        accepted=reading.accepted and answer.confidence >= threshold,
        alternatives=(answer, *others),
        trace=reading.trace.with_stage("best path", path_of(reading.trace.interpretation, answer.labels)),
    )


def in_sizes(reader: "Reader[Source]") -> SizesReader[Source]:
    """What reads lines of writing, in doubt in other sizes too."""
    sizes = SIZES_OF_BOTH if isinstance(reader, RescoringReader) else SIZES
    return SizesReader(reader, [_sized(reader, size) for size in sizes])


def _sized(reader: Any, size: float) -> Any:
    """A reader of lines that takes so many times the core height that is fitted."""
    if isinstance(reader, RescoringReader):
        return RescoringReader(_sized(reader.displacement, size), _sized(reader.segmentation, size))
    assert isinstance(reader, LatticeReader)
    segment: Callable[..., Any] = reader.segment
    if isinstance(segment, Cutter):
        return replace(reader, segment=Cutter(partial(segment.segment, size=size)))
    return replace(reader, segment=partial(segment, size=size))
