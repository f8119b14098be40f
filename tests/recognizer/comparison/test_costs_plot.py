"""Names beside dots keep out of each other's way; how far boxes overlap is what can be counted."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recognizer.comparison.costs_plot import overlap

boxes = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 9), st.integers(1, 9)).map(
    lambda box: np.array([box[0], box[1], box[0] + box[2], box[1] + box[3]])
)


@given(boxes, boxes)
def test_overlap_counts_the_cells_in_both(one: np.ndarray, other: np.ndarray) -> None:
    drawn = np.zeros((2, 20, 20), bool)
    for cells, box in zip(drawn, (one, other), strict=True):
        cells[box[0] : box[2], box[1] : box[3]] = True
    assert overlap(one, other) == (drawn[0] & drawn[1]).sum()
