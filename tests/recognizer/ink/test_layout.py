"""Lines of a page: every stroke in one, whatever stands high or low in a word stays with it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.ink import Ink
from recognizer.ink.layout import split_lines

WORD = (30.0, 34.0, 26.0, 30.0, 32.0)  # heights of its letters


def ink_of(boxes: list[tuple[float, float, float, float]]) -> Ink:
    """A stroke from corner to corner of each box: left, top, right, bottom."""
    return Ink(tuple(np.array([[left, top, 0], [right, bottom, 1]]) for left, top, right, bottom in boxes))


def word(x: float, base: float) -> list[tuple[float, float, float, float]]:
    return [(x + 25 * k, base - height, x + 25 * k + 20, base) for k, height in enumerate(WORD)]


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=4),
    st.floats(70, 200),
    st.floats(0.01, 50),
    st.randoms(use_true_random=False),
)
def test_lines_of_words_are_found_at_any_size_and_in_any_order(indents, pitch, scale, random) -> None:  # type: ignore[no-untyped-def]
    boxes = [(box, line) for line, indent in enumerate(indents) for box in word(20.0 * indent, pitch * line)]
    random.shuffle(boxes)
    lines = split_lines(ink_of([box for box, _ in boxes]).scaled(scale))
    assert [[boxes[stroke][1] for stroke in line] for line in lines] == [[k] * len(WORD) for k in range(len(indents))]
    assert all(np.all(np.diff(line) > 0) for line in lines)


@pytest.mark.parametrize(
    "odd",
    [
        (30.0, -48.0, 33.0, -40.0),  # a dot
        (10.0, -46.0, 60.0, -42.0),  # a bar over two letters
        (120.0, -12.0, 140.0, 40.0),  # a tail that hangs down
        (-30.0, -20.0, -5.0, 45.0),  # a large letter before the word that goes far below it
        (122.0, -4.0, 126.0, 8.0),  # a comma
    ],
)
def test_what_belongs_to_a_word_makes_no_line(odd: tuple[float, float, float, float]) -> None:
    assert len(split_lines(ink_of([*word(0, 0), odd]))) == 1
