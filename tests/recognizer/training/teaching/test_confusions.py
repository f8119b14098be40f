"""Which letters are taken for which."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.language.distance import edit_distance
from recognizer.training.teaching.confusions import OFTEN_CONFUSED, aligned, confusions, letters_to_practise, word_with

TEXT = st.text("abc", max_size=6)


@given(TEXT, TEXT)
def test_an_alignment_holds_both_texts_and_costs_the_fewest_edits(read: str, meant: str) -> None:
    pairs = aligned(read, meant)
    assert "".join(pair[0] for pair in pairs) == meant
    assert "".join(pair[1] for pair in pairs) == read
    assert sum(one != other for one, other in pairs) == edit_distance(read, meant)


def test_confused_letters_come_first() -> None:
    pairs = [("cat", "oat"), ("cld", "old"), ("rn", "m"), ("q", "q")]
    assert confusions(pairs)["o", "c"] == 2
    wished = letters_to_practise(pairs, ["o", "h", "?"], 8)
    assert wished[:3] == ["o", "m", "h"]
    assert len(wished) == len(set(wished)) == 8
    assert letters_to_practise([], [], 5) == list(OFTEN_CONFUSED[:5])


@pytest.mark.parametrize("letter", ["z", "S", "7", "q"])
def test_what_is_asked_for_holds_the_letter(letter: str) -> None:
    word = word_with(letter, ("zoo", "sun", "in"), np.random.default_rng(0))
    assert letter in word
    assert word.isascii()
