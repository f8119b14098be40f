"""Lines that run on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.model.text.running import running


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("one\ntwo", "one two"),
        ("hand-\nwriting is\nfun", "handwriting is fun"),
        ("Jean-\nPaul", "Jean-Paul"),
        ("a dash -\nand more", "a dash - and more"),
        ("10-\nyear", "10- year"),
        ("", ""),
    ],
)
def test_a_word_parted_by_a_hyphen_is_whole_again(lines: str, text: str) -> None:
    assert running(lines) == text


@given(st.lists(st.lists(st.text("abc", min_size=1), min_size=1), min_size=1))
def test_without_hyphens_no_word_is_changed(lines: list[list[str]]) -> None:
    text = running("\n".join(" ".join(words) for words in lines))
    assert text == " ".join(word for words in lines for word in words)
