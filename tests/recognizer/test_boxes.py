import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as numbers

from recognizer.boxes import around, cuts_between
from recognizer.page import layout

LINES = numbers.arrays(np.float64, st.tuples(st.integers(1, 8), st.just(4)), elements=st.integers(-99, 99)).map(
    lambda corners: np.sort(corners.reshape(-1, 2, 2), axis=1).reshape(-1, 4)
)


@given(LINES)
def test_the_box_around_boxes_is_the_least_that_holds_all(boxes: np.ndarray) -> None:
    box = around(boxes)
    assert (box[:2] <= boxes[:, :2]).all()
    assert (box[2:] >= boxes[:, 2:]).all()
    assert all(side in boxes[:, k] for k, side in enumerate(box))
    np.testing.assert_array_equal(layout.around(boxes.astype(np.int32)), box)


@given(LINES)
def test_cuts_go_from_end_to_end_and_never_back(boxes: np.ndarray) -> None:
    cuts = cuts_between(boxes)
    assert len(cuts) == len(boxes) + 1
    assert (np.diff(cuts) >= 0).all()
    assert cuts[0] == boxes[:, 0].min()
    assert cuts[-1] == boxes[:, 2].max()


def test_a_cut_is_half_way_between_pieces_that_stand_apart() -> None:
    np.testing.assert_array_equal(cuts_between(np.array([[0, 0, 4, 9], [6, 0, 8, 9.0]])), [0, 5, 8])
