"""How ink falls into rows when it is projected."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.page.projection import pronounced


@given(st.lists(st.lists(st.floats(-30, 30), min_size=5, max_size=5), min_size=1, max_size=4))
def test_it_is_the_sum_of_the_squares_of_the_rows(places: list[list[float]]) -> None:
    found = pronounced(np.array(places))
    for value, points in zip(found, places, strict=True):
        _, counts = np.unique(np.round(points), return_counts=True)
        assert value == (counts**2).sum()


@pytest.mark.parametrize("slope", [-0.2, 0.0, 0.3])
def test_parallel_lines_are_most_pronounced_along_themselves(slope: float) -> None:
    x, offset = np.meshgrid(np.arange(100.0), [0.0, 20.0, 40.0])
    y = offset + slope * x
    slopes = np.linspace(-0.4, 0.4, 9)
    assert slopes[np.argmax(pronounced(y.ravel() - slopes[:, None] * x.ravel()))] == pytest.approx(slope)
