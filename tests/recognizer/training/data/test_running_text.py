"""Running text: tokens as they are written by hand, whatever the typesetter or a tokeniser made of them."""

import gzip
from pathlib import Path

import pytest

from recognizer.errors import InputError
from recognizer.training.data.running_text import paragraphs, standing_of, tokens_of


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("\u201cDon\u2019t,\u201d he said\u2014twice.", ['"', "Don't", ",", '"', "he", "said", "-", "twice", "."]),
        ("I do n't know , it 's 1,250.50 !", ["I", "don't", "know", ",", "it's", "1,250.50", "!"]),
        ("a café (well-known)…", ["a", "cafe", "(", "well", "-", "known", ")", ".", ".", "."]),
        ("§ €", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert tokens_of(text) == tokens


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        (
            'A well-known "inn", he said. ',
            [("-", "between"), ('"', "before"), ('"', "after"), (",", "after"), (".", "after")],
        ),
        ("Of 1,000 \u2014 or (53)! ", [("-", "alone"), ("(", "before"), (")", "after"), ("!", "after")]),
        ("a tokeniser , it says - so - parts marks .", []),
    ],
)
def test_marks_stand_before_after_between_or_alone(text: str, standing: list[tuple[str, str]]) -> None:
    assert list(standing_of(text)) == standing


def test_files_are_read_in_order_a_paragraph_a_line(tmp_path: Path) -> None:
    for name in "ba":
        (tmp_path / f"{name}.txt.gz").write_bytes(gzip.compress(f"{name} one\n{name} two\n".encode()))
    assert list(paragraphs(tmp_path)) == [("a.txt.gz", ["a one", "a two"]), ("b.txt.gz", ["b one", "b two"])]


def test_what_is_no_text_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no texts"):
        list(paragraphs(tmp_path))
    (tmp_path / "a.txt.gz").write_bytes(b"not packed")
    with pytest.raises(InputError, match="cannot be read"):
        list(paragraphs(tmp_path))
