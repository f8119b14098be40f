"""Lines in several sizes: other sizes are asked for where there is doubt only, and what is nearest to all readings is the answer."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, reduce

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from recognizer.errors import NothingToRead
from recognizer.gtn import Graph, chain, union
from recognizer.ink.normalise import BASE, normalise
from recognizer.language.alphabet import SYMBOLS
from recognizer.language.distance import edit_distance
from recognizer.readers.lines import LinesReader
from recognizer.readers.reader import LatticeReader, ignore
from recognizer.readers.reading import Alternative, Reading
from recognizer.readers.recut import can_recut, recut
from recognizer.readers.reread import Constraints, reread
from recognizer.readers.segmentation import segmentation_reader
from recognizer.readers.sizes import HOPELESS, SURE, SizesReader, in_sizes, nearest
from recognizer.readers.text import text_reader
from tests.recognizer.ink.test_frames import page
from tests.recognizer.readers.test_segmentation import SureOfSegments
from tests.recognizer.readers.test_text import WORDS, Sure

INK = page((0.0, "abba"))


@cache
def _reading() -> Reading:
    return text_reader(Sure(), 0.5, WORDS).read(INK)


class _Known:
    """Answers with texts of some confidences, likeliest first, or finds nothing."""

    threshold = 0.5

    def __init__(self, **chances: float) -> None:
        self.asked = 0
        self._alternatives = tuple(Alternative(text, chance, _labels(text)) for text, chance in chances.items())

    def read(self, source: object, on_stage: Callable[[str], None] = ignore) -> Reading:
        self.asked += 1
        if not self._alternatives:
            raise NothingToRead("There is no ink.")
        first = self._alternatives[0]
        trace = _reading().trace.with_stage("interpretation", _writing(*self._alternatives))
        answer = replace(_reading(), text=first.text, confidence=first.confidence, accepted=first.confidence >= 0.5)
        return replace(answer, alternatives=self._alternatives, trace=trace)


def _labels(text: str) -> tuple[int, ...]:
    return tuple(SYMBOLS.index(character) for character in text)


def _writing(*alternatives: Alternative) -> Graph:
    """A graph that writes each of them."""
    return reduce(union, (chain(each.labels) for each in alternatives))


@pytest.mark.parametrize("confidence", [SURE, HOPELESS])
def test_what_is_sure_or_hopeless_is_read_once(confidence: float) -> None:
    first, second = _Known(ab=confidence), _Known(aa=1.0)
    assert SizesReader(first, [second]).read(INK).text == "ab"
    assert second.asked == 0


def test_doubt_is_read_again_and_what_is_nearest_to_all_is_the_answer() -> None:
    readers = [_Known(abba=0.2, abbb=0.1), _Known(), _Known(aabbb=0.3), _Known(abab=0.1)]
    reading = SizesReader(readers[0], readers[1:]).read(INK)
    assert all(reader.asked == 1 for reader in readers)
    assert reading.text == "abbb"
    assert [each.text for each in reading.alternatives] == ["abbb", "abba"]
    assert (reading.confidence, reading.accepted) == (0.1, False)
    path = reading.trace.best_path
    assert path.output[path.output > 0].tolist() == list(_labels("abbb"))


def test_no_further_size_is_asked_for_once_two_readings_are_alike() -> None:
    readers = [_Known(abba=0.2), _Known(aabb=0.3), _Known(abba=0.1), _Known(bbbb=0.3)]
    assert SizesReader(readers[0], readers[1:]).read(INK).text == "abba"
    assert [reader.asked for reader in readers] == [1, 1, 1, 0]


texts = st.text("ab", min_size=1, max_size=4)
known = st.dictionaries(texts, st.floats(0.01, 1), min_size=1, max_size=3)


@given(st.lists(known, min_size=1, max_size=3))
def test_the_answer_has_the_least_risk(believed: list[dict[str, float]]) -> None:
    readings = [_Known(**dict(sorted(each.items(), key=lambda item: -item[1]))).read(INK) for each in believed]
    chosen = nearest(readings, 0.5)

    def risk(text: str) -> float:
        return sum(
            sum(chance * edit_distance(text, other) for other, chance in each.items()) / sum(each.values()) ** 0.5
            for each in believed
        )

    assert risk(chosen.text) <= min(risk(text) for each in believed for text in each) + 1e-9
    assert chosen.alternatives[0].text == chosen.text


class _Disagreeing(_Known):
    """Heard two systems, which have no text in common."""

    def read(self, source: object, on_stage: Callable[[str], None] = ignore) -> Reading:
        return replace(super().read(source, on_stage), agreed=False)


def test_what_both_systems_have_no_text_in_common_for_is_not_read_again() -> None:
    other = _Known(aa=1.0)
    assert SizesReader(_Disagreeing(ab=0.1), [other]).read(INK).confidence == 0.1
    assert other.asked == 0


def test_where_nothing_is_found_there_is_nothing_to_read() -> None:
    with pytest.raises(NothingToRead):
        SizesReader(_Known(), [_Known(aa=1.0)]).read(INK)


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
    reading = LinesReader(lambda whole: [whole], in_sizes(usual)).read(INK)
    assert not usual.read(INK).accepted
    assert reading.accepted
    assert reading.text == "abba"
    assert reading.trace.reader is not None
    assert reread(reading, Constraints(text=reading.text)).text == reading.text


def test_cuts_stay_a_persons_to_change_in_other_sizes() -> None:
    both = in_sizes(segmentation_reader(SureOfSegments(), 0.0, WORDS, several=True))
    for other in both.others:
        assert isinstance(other, LatticeReader)
        reading = other.read(INK)
        assert can_recut(reading)
        assert recut(reading, INK, []).text == reading.text
