"""Characters of a reading: each has its ink, all shares are probabilities, and words are searched as whole readings are."""

import numpy as np
import pytest

from recognizer.ink import Ink
from recognizer.readers.letters import Letter, beside, letters_of, word_alternatives
from recognizer.readers.reading import Reading
from recognizer.readers.text import text_reader
from tests.recognizer.ink.test_frames import page
from tests.recognizer.readers.test_text import WORDS, Sure


def read(text: str) -> tuple[Ink, Reading, tuple[Letter, ...]]:
    ink = page((0.0, text.replace(" ", "   ")))
    reading = text_reader(Sure(), 0.0, WORDS).read(ink)
    return ink, reading, letters_of(reading)


def strokes_of(reading: Reading, letter: Letter) -> set[int]:
    pieces = reading.trace.segments.pieces[letter.first : letter.last]  # type: ignore[attr-defined]
    return {stroke for piece in pieces for stroke, _, _ in piece.tolist()}


@pytest.mark.parametrize("text", ["ab", "abba", "ab abaa"])
def test_each_letter_has_the_stroke_that_it_was_written_with(text: str) -> None:
    _ink, reading, letters = read(text)
    assert "".join(letter.text for letter in letters) == reading.text == text
    inked = [letter for letter in letters if letter.text != " "]
    owners = [strokes_of(reading, letter) for letter in inked]
    for number, strokes in enumerate(owners):
        points = [
            (int(last) - int(first) + 1, int(stroke))
            for piece in reading.trace.segments.pieces[inked[number].first : inked[number].last]  # type: ignore[attr-defined]
            for stroke, first, last in piece
        ]
        most = max({s: sum(n for n, t in points if t == s) for s in strokes}.items(), key=lambda pair: pair[1])[0]
        assert most == number
    assert not any(strokes_of(reading, letter) for letter in letters if letter.text == " ")


@pytest.mark.parametrize("text", ["ab", "ab abaa"])
def test_all_pieces_with_ink_belong_to_one_letter(text: str) -> None:
    _ink, reading, letters = read(text)
    segments = reading.trace.segments
    owner = np.zeros(len(segments), int)
    for letter in letters:
        owner[letter.first : letter.last] += 1
    inked = np.array([len(piece) > 0 for piece in segments.pieces])  # type: ignore[attr-defined]
    middle = slice(letters[0].first, letters[-1].last)
    assert np.all(owner[middle][inked[middle]] == 1)


def test_shares_are_probabilities_best_first() -> None:
    _ink, _reading, letters = read("ab abaa")
    for letter in letters:
        shares = [letter.chance, *(share for _, share in letter.others)]
        assert all(0 <= share <= 1 for share in shares)
        assert sum(shares) <= 1 + 1e-6
        assert shares[1:] == sorted(shares[1:], reverse=True)
        assert letter.text not in [text for text, _ in letter.others]
        assert letter.chance > 0.5, "the network is sure"


def test_a_single_word_s_alternatives_are_those_of_the_reading() -> None:
    _ink, reading, letters = read("abba")
    found = dict(word_alternatives(reading, letters, slice(0, len(letters))))
    for alternative in reading.alternatives:
        if alternative.confidence > 0.01:
            assert found[alternative.text] == pytest.approx(alternative.confidence, abs=1e-4)


def test_a_word_among_others_has_alternatives_of_its_own() -> None:
    _ink, reading, letters = read("ab abaa")
    for word, text in ((slice(0, 2), "ab"), (slice(3, 7), "abaa")):
        found = word_alternatives(reading, letters, word)
        assert found[0][0] == text
        assert sum(share for _, share in found) <= 1 + 1e-6


@pytest.mark.parametrize("confidence", [0.02, 0.5, 0.97, 1.0])
@pytest.mark.parametrize("shares", [(0.99, 0.01), (0.45, 0.39, 0.09), (0.3, 0.47), (1.0,), ()])
def test_beside_the_confidence_in_a_word_its_alternatives_leave_it_room(
    confidence: float, shares: tuple[float, ...]
) -> None:
    before = [(f"word {k}", share) for k, share in enumerate(shares)]
    after = dict(beside("word 0", confidence, before))
    assert after["word 0"] == confidence
    assert sum(after.values()) <= 1 + 1e-9
    assert [*after.values()] == sorted(after.values(), reverse=True)
    others = [(share, after[text]) for text, share in before[1:]]
    assert all(share >= now >= 0 for share, now in others)
    assert len({round(now / share, 9) for share, now in others}) <= 1, "they stand to each other as they did"


def test_readings_of_segments_have_letters_too(reading: Reading) -> None:
    letters = letters_of(reading)
    assert [(letter.text, letter.first, letter.last) for letter in letters] == [("2", 0, 2), ("<", 2, 3)]
    assert letters[0].chance == pytest.approx(reading.confidence, abs=0.1)
    assert dict(word_alternatives(reading, letters, slice(0, 2)))["2<"] == pytest.approx(reading.confidence, abs=1e-4)
