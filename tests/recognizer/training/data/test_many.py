import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recognizer.training.data.many import by_two, evenly, in_chunks


@given(st.integers(1, 60), st.integers(1, 80))
def test_so_many_are_drawn_evenly(count: int, most: int) -> None:
    drawn = evenly(count, most)
    assert len(drawn) == min(count, most)
    assert drawn[0] == 0
    assert drawn[-1] == count - 1 or most == 1
    exact = np.arange(len(drawn)) * (count - 1) // max(len(drawn) - 1, 1)
    assert np.abs(drawn - exact).max() <= 1
    np.testing.assert_array_equal(evenly(count), np.arange(count))


def test_two_answer_in_the_order_in_which_they_are_asked() -> None:
    assert list(by_two(str, range(30))) == [str(number) for number in range(30)]
    assert list(in_chunks(sorted, [3, 1, 2, 9, 7, 8, 5], 3)) == [1, 2, 3, 7, 8, 9, 5]
