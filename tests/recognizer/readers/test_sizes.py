"""Lines in two sizes: another size is asked for where there is doubt only, and the surer reading is the answer."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from torch import Tensor

from recognizer.errors import NothingToRead
from recognizer.ink.normalise import BASE, normalise
from recognizer.readers.lines import LinesReader
from recognizer.readers.reader import LatticeReader, ignore
from recognizer.readers.reading import Reading
from recognizer.readers.recut import can_recut, recut
from recognizer.readers.reread import Constraints, reread
from recognizer.readers.segmentation import segmentation_reader
from recognizer.readers.sizes import SURE, SizesReader, in_two_sizes
from recognizer.readers.text import text_reader
from tests.recognizer.ink.test_frames import page
from tests.recognizer.readers.test_segmentation import SureOfSegments
from tests.recognizer.readers.test_text import WORDS, Sure

INK = page((0.0, "abba"))


@cache
def _reading() -> Reading:
    return text_reader(Sure(), 0.5, WORDS).read(INK)


class _Known:
    """Answers with a confidence, or finds nothing."""

    threshold = 0.5

    def __init__(self, confidence: float | None) -> None:
        self.confidence, self.asked = confidence, 0

    def read(self, source: object, on_stage: Callable[[str], None] = ignore) -> Reading:
        self.asked += 1
        if self.confidence is None:
            raise NothingToRead("There is no ink.")
        return replace(_reading(), confidence=self.confidence)


@pytest.mark.parametrize(
    ("usual", "other", "answer"),
    [(SURE, 1.0, SURE), (0.1, 0.2, 0.2), (0.2, 0.1, 0.2), (0.1, None, 0.1)],
)
def test_doubt_is_read_again_and_the_surer_reading_is_the_answer(
    usual: float, other: float | None, answer: float
) -> None:
    first, second = _Known(usual), _Known(other)
    assert SizesReader(first, second).read(INK).confidence == answer
    assert second.asked == (usual < SURE)


class _Disagreeing(_Known):
    """Heard two systems, which have no text in common."""

    def read(self, source: object, on_stage: Callable[[str], None] = ignore) -> Reading:
        return replace(super().read(source, on_stage), agreed=False)


def test_what_both_systems_have_no_text_in_common_for_is_not_read_again() -> None:
    other = _Known(1.0)
    assert SizesReader(_Disagreeing(0.1), other).read(INK).confidence == 0.1
    assert other.asked == 0


def test_where_nothing_is_found_there_is_nothing_to_read() -> None:
    with pytest.raises(NothingToRead):
        SizesReader(_Known(None), _Known(1.0)).read(INK)


@pytest.mark.parametrize("size", [0.5, 1.3])
def test_a_line_that_is_said_to_be_smaller_is_drawn_larger(size: float) -> None:
    usual, sized = normalise(INK), normalise(INK, size)
    assert (sized.width > usual.width) == (size < 1)
    for ours, theirs in zip(usual.strokes, sized.strokes, strict=True):
        assert np.allclose(theirs[:, 1] - BASE, (ours[:, 1] - BASE) / size, atol=1e-3)
    assert np.allclose(sized.lines.base, usual.lines.base)


class _SureOfLarge(Sure):
    """Doubts everything whose rings are as high as rings usually are."""

    def forward(self, amaps: Tensor, between: Sequence[slice]) -> Tensor:
        found = super().forward(amaps, between)
        large = amaps[:, :4, 4].sum() > 5
        return found if large else found / 30 + 2


def test_writing_that_was_taken_for_too_large_is_read() -> None:
    usual = text_reader(_SureOfLarge(), SURE, WORDS)
    reading = LinesReader(lambda whole: [whole], in_two_sizes(usual)).read(INK)
    assert not usual.read(INK).accepted
    assert reading.accepted
    assert reading.text == "abba"
    assert reading.trace.reader is not None
    assert reread(reading, Constraints(text=reading.text)).text == reading.text


def test_cuts_stay_a_persons_to_change_in_the_other_size() -> None:
    both = in_two_sizes(segmentation_reader(SureOfSegments(), 0.0, WORDS, several=True))
    other = both.other
    assert isinstance(other, LatticeReader)
    reading = other.read(INK)
    assert can_recut(reading)
    assert recut(reading, INK, []).text == reading.text
