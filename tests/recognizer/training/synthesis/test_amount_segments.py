from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recognizer.language.amount import amount_grammar, written_symbols
from recognizer.language.money import DIGITS, character_of
from recognizer.page import PageSegments
from recognizer.training.synthesis.amount_segments import (
    CLASSES,
    JUNK,
    UNCLEAR,
    LabelledSegments,
    label_segments,
    make_segments,
    targets_of,
)
from recognizer.training.synthesis.amounts import NOBODY, WrittenAmount
from tests.recognizer.training.hands import hands

ONE, TWO = CLASSES.index("1"), CLASSES.index("2")


def _labels(text: str, inks: list[dict[int, int]], runs: list[tuple[int, int]]) -> list[int]:
    """Labels of the runs of pieces, where piece i has ``inks[i][character]`` pixels of each character."""
    owners = [[(piece, character)] * count for piece, ink in enumerate(inks) for character, count in ink.items()]
    cells = np.array([cell for cells in owners for cell in cells] + [(-1, 0), (-1, NOBODY)], int)
    first, last = np.array(runs, np.int32).T
    empty = np.zeros((len(runs), 4), np.float32)
    cuts = np.arange(len(inks) + 1, dtype=np.float32)
    piece_map = cells[:, 0].astype(np.int16)[None]
    segments = PageSegments(
        cuts,
        first,
        last,
        empty,
        np.zeros((len(runs), 1, 2, 2), np.float32),
        empty,
        lambda: piece_map,
        np.zeros((len(cuts), 4), np.float32),
    )
    amount = WrittenAmount(np.zeros(piece_map.shape, np.uint8), cells[:, 1][None], text)
    found: list[int] = label_segments(segments, amount).tolist()
    return found


def test_the_whole_of_a_character_and_nothing_else_is_that_character() -> None:
    inks = [{0: 50}, {0: 50}, {1: 100}]  # a 1 in two pieces, a 2 in one
    runs = [(0, 1), (1, 2), (2, 3), (0, 2), (0, 3), (1, 3)]
    assert _labels("12", inks, runs) == [JUNK, JUNK, TWO, ONE, JUNK, UNCLEAR]


@pytest.mark.parametrize(
    ("inside", "foreign", "label"),
    [
        (100, 0, ONE),
        (86, 0, ONE),
        (80, 0, UNCLEAR),
        (66, 0, UNCLEAR),
        (64, 0, JUNK),
        (100, 17, ONE),
        (100, 25, UNCLEAR),
        (100, 60, JUNK),
        (0, 30, JUNK),
    ],
)
def test_shares_of_ink_decide(inside: int, foreign: int, label: int) -> None:
    """``inside`` of a 1's 100 pixels are in the segment, and ``foreign`` pixels of a 2 that has many more."""
    assert _labels("12", [{0: inside, 1: foreign}, {0: 100 - inside, 1: 900}], [(0, 1)]) == [label]


def test_dirt_is_junk() -> None:
    assert _labels("1", [{NOBODY: 30}, {0: 50}], [(0, 1), (1, 2), (0, 2)]) == [JUNK, ONE, JUNK]


def test_a_little_dirt_on_a_character_does_not_matter() -> None:
    assert _labels("1", [{0: 100, NOBODY: 10}], [(0, 1)]) == [ONE]


def test_a_piece_without_a_pixel_is_junk() -> None:
    assert _labels("1", [{0: 10}, {}], [(1, 2), (0, 1)]) == [JUNK, ONE]


def test_a_character_that_is_no_class_is_junk() -> None:
    assert _labels("! 1", [{0: 40}, {2: 40}], [(0, 1), (1, 2)]) == [JUNK, ONE]


@pytest.fixture(scope="module")
def made() -> LabelledSegments:
    return make_segments(hands(), 12, np.random.default_rng(5))


def test_made_segments_are_labelled(made: LabelledSegments) -> None:
    assert made.images.dtype == np.uint8
    assert (
        len(made.images)
        == len(made.features)
        == len(made.classes)
        == len(made.first)
        == len(made.last)
        == made.ends[-1]
    )
    assert len(made.ends) == len(made.texts) <= 12
    assert made.classes.min() >= UNCLEAR
    assert made.classes.max() == JUNK
    starts = [0, *made.ends[:-1]]
    complete = 0
    for start, end, text in zip(starts, made.ends, made.texts, strict=True):
        found = {CLASSES[label] for label in made.classes[start:end] if 0 <= label < JUNK}
        assert found <= {*map(character_of, text)}
        complete += found >= {character for character in text if character in DIGITS}
    assert complete >= 0.25 * len(made.texts)


def test_the_same_generator_makes_the_same(made: LabelledSegments) -> None:
    again = make_segments(hands(), 12, np.random.default_rng(5))
    for name, value in vars(made).items():
        np.testing.assert_array_equal(getattr(again, name), value)


def test_joining_and_choosing_strings(made: LabelledSegments) -> None:
    count = len(made.texts)
    singles = [made.chosen(np.array([string])) for string in range(count)]
    assert [len(single.classes) for single in singles] == np.diff([0, *made.ends]).tolist()
    joined = LabelledSegments.join(singles)
    turned = made.chosen(np.arange(count)[::-1]).chosen(np.arange(count)[::-1])
    for name, value in vars(made).items():
        np.testing.assert_array_equal(getattr(joined, name), value)
        np.testing.assert_array_equal(getattr(turned, name), value)


def test_what_is_saved_is_loaded(made: LabelledSegments, tmp_path: Path) -> None:
    made.save(tmp_path / "new" / "segments.npz")
    loaded = LabelledSegments.load(tmp_path / "new" / "segments.npz")
    for name, value in vars(made).items():
        np.testing.assert_array_equal(getattr(loaded, name), value)


def test_targets_are_what_the_grammar_writes(made: LabelledSegments) -> None:
    grammar, symbols = amount_grammar(CLASSES), written_symbols(CLASSES)
    one = made.chosen(np.array([0, 1]))
    targets = targets_of(replace(one, texts=np.array(["$1.250,75-", "12 50/100"])), grammar)
    assert ["".join(symbols[label] for label in target) for target in targets] == ["1250.75", "12.50"]
    with pytest.raises(ValueError, match="does not know the amount"):
        targets_of(replace(one, texts=np.array(["$", "1"])), grammar)
