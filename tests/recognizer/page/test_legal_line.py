"""The line of words is the writing below the amount, and no other."""

import numpy as np
import pytest

from recognizer.page.layout import around, lay_out
from recognizer.page.legal_line import find_legal_line
from tests.recognizer.page.test_fields import sheet

AMOUNT = ("42", 640, 130)
PAYEE, WORDS, BELOW = (("1524712", 100, 130), ("24124215172", 60, 180), ("1247", 80, 240))


def line_of(*words: tuple[str, int, int]) -> np.ndarray | None:
    """The box of the line below the amount."""
    layout = lay_out(sheet(AMOUNT, *words))
    amounts = layout.boxes[(layout.boxes[:, 0] >= 630) & (layout.boxes[:, 1] < 160)]
    patches = find_legal_line(layout, around(amounts))
    return None if patches is None else around(layout.boxes[patches - 1])


def test_the_line_below_is_found_whole_and_alone() -> None:
    alone = line_of(WORDS)
    assert alone is not None
    left, top, right, foot = alone
    assert abs(left - WORDS[1]) < 30
    assert right > 250
    assert 170 < top < foot < 225
    np.testing.assert_array_equal(line_of(PAYEE, WORDS, BELOW), alone)


def test_print_at_its_right_end_is_none_of_it() -> None:
    np.testing.assert_array_equal(line_of(WORDS, ("177", 690, 185)), line_of(WORDS))


@pytest.mark.parametrize("words", [(), (PAYEE,), (PAYEE, BELOW), (("4", 60, 180),)])
def test_where_there_is_none_there_is_none(words: tuple[tuple[str, int, int], ...]) -> None:
    assert line_of(*words) is None


def test_an_amount_at_the_foot_has_no_line_below_it() -> None:
    layout = lay_out(sheet(AMOUNT))
    assert find_legal_line(layout, np.array([640, 330, 700, 359])) is None
    assert find_legal_line(layout, np.array([640, 355, 700, 360])) is None
