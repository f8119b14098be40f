"""Letters, words and corrections as one text."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from recognizer.readers.letters import Letter
from ui.model.answer import Answer
from ui.model.text.light import Span
from ui.model.text.passage import DOUBT, Passage, passage_of
from ui.text.layout import glyph_at, glyph_beside, rows_of, wrapped


class Ink:
    """Piece k was written with stroke k."""

    def strokes_in(self, first: int, last: int) -> frozenset[int]:
        return frozenset(range(first, last))


def answer(text: str, chances: Sequence[float] = (), name: str = "s") -> Answer:
    """Every character has a piece of its own, spaces too; the strokes are numbered by names."""
    chances = chances or [1.0] * len(text)
    letters = tuple(Letter(c, k, k + 1, chances[k], (), k) for k, c in enumerate(text))
    return answered(letters, [f"{name}{k}" for k in range(len(text))])


def answered(letters: tuple[Letter, ...], source: Sequence[object]) -> Answer:
    made = Answer(None, None, Ink(), source)  # type: ignore[arg-type]
    vars(made)["letters"] = letters
    return made


lines = st.lists(st.text("ab c", max_size=12), max_size=4)


@given(lines)
def test_without_corrections_the_text_is_what_was_read(texts: list[str]) -> None:
    passage = passage_of([answer(text) for text in texts], {})
    assert passage.text == "\n".join(texts)
    assert [word.text for word in passage.words] == " ".join(texts).split()
    for index, word in enumerate(passage.words):
        assert all(passage.glyphs[k].word == index for k in word.glyphs)


def test_a_correction_takes_the_place_of_the_word_with_its_strokes_and_of_no_other() -> None:
    said = {frozenset({"s3", "s4"}): "dear me", frozenset({"elsewhere"}): "unused"}
    passage = passage_of([answer("ab cd"), answer("ab", name="t")], said)  # type: ignore[arg-type]
    assert passage.text == "ab dear me\nab"
    corrected = passage.words[1]
    assert corrected.corrected
    assert corrected.strokes == {"s3", "s4"}
    spans = [passage.glyphs[k].span for k in corrected.glyphs]
    assert spans[0].first == 3
    assert spans[-1].last == 5
    assert all(left.last == right.first for left, right in pairwise(spans))


@given(st.text("ab ", min_size=1, max_size=10), st.integers(0, 9), st.integers(1, 4))
def test_a_correction_holds_for_its_ink_whatever_words_that_is_read_as(text: str, start: int, length: int) -> None:
    """Words may be parted elsewhere this time, or ink that was said to be one word be only a part of one."""
    start = start % len(text)
    ink = range(start, min(start + length, len(text)))
    passage = passage_of([answer(text)], {frozenset(f"s{k}" for k in ink): "Xx yz"})  # type: ignore[dict-item]
    (corrected,) = [word for word in passage.words if word.corrected]
    assert corrected.text == "Xx yz"
    around = f"{text[: ink.start]} Xx yz {text[ink.stop :]}"
    assert passage.text.split() == around.split()
    spans = [glyph.span for glyph in passage.glyphs]
    assert [span.first for span in spans] == sorted(span.first for span in spans)


def test_of_two_corrections_of_the_same_ink_the_later_one_counts() -> None:
    said = {frozenset({"s0", "s1"}): "old", frozenset({"s0", "s1", "s2"}): "new"}
    assert passage_of([answer("abc de")], said).text == "new de"  # type: ignore[arg-type]
    assert passage_of([answer("abc de")], {frozenset({"s0", "gone"}): "old"}).text == "abc de"  # type: ignore[dict-item]


def test_doubts_are_walked_in_both_directions_and_round() -> None:
    low = DOUBT / 2
    passage = passage_of([answer("abc d", [0.9, 0.9, 0.8, 1, low]), answer("d", [low])], {})
    assert passage.doubts == [2, 4, 6], "each letter of the first word is sure enough, the word is not"
    walked, now = [], None
    for _ in range(4):
        now = passage.doubt_after(now, 1)
        walked.append(now)
    assert walked == [2, 4, 6, 2]
    assert [passage.doubt_after(k, -1) for k in (None, 6, 4, 2)] == [6, 4, 2, 6]
    assert Passage().doubt_after(None, 1) is None
    assert passage_of([answer("abc", [low, 1, low])], {frozenset({"s0", "s1", "s2"}): "abc"}).doubts == []  # type: ignore[dict-item]


def test_the_glyph_over_ink_is_the_one_with_most_of_it() -> None:
    letters = (Letter("a", 0, 4, 1, (), 0), Letter("b", 4, 9, 1, (), 1))
    passage = passage_of([answered(letters, range(9))], {})
    assert passage.glyph_over(0, frozenset({3, 4, 5})) == 1
    assert passage.glyph_over(0, frozenset({3})) == 0
    assert passage.glyph_over(0, frozenset({20})) is None
    assert passage.glyph_over(1, frozenset({3})) is None
    assert passage.glyph_with(Span(0, 4, 9)) == 1


@given(lines, st.integers(20, 200))
def test_wrapping_keeps_words_whole_and_rows_within_the_width(texts: list[str], width: int) -> None:
    passage = passage_of([answer(text) for text in texts], {})
    places = wrapped(passage, width, lambda _c: 10.0)
    assert len(places) == len(passage.glyphs)
    for place, glyph in zip(places, passage.glyphs, strict=True):
        assert place.left + place.width <= max(width, 10)
        if glyph.word is not None:
            assert glyph_at(places, place.left + 1, place.row) is not None
    for before, after in pairwise(range(len(places))):
        if passage.glyphs[before].text != "\n" and places[after].row > places[before].row:
            assert passage.glyphs[after].text != " "
    for word in passage.words:
        if 10 * len(word.text) <= width:
            assert len({places[k].row for k in word.glyphs}) == 1
    assert [p.row for p in places] == sorted(p.row for p in places)
    assert rows_of(places) >= (passage.text.count("\n") + 1 if places else 0) - (passage.text[-1:] == "\n")


def test_up_and_down_go_to_the_nearest_letter() -> None:
    passage = passage_of([answer("abc"), answer("d")], {})
    places = wrapped(passage, 100, lambda _c: 10.0)
    assert glyph_beside(places, 2, 1) == 4
    assert glyph_beside(places, 4, -1) == 0
    assert glyph_beside(places, 0, -1) == 0
