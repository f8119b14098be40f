"""How ink falls into rows when it is projected."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from recognizer.page.projection import pronounced

PLACES = arrays(float, 5, elements=st.floats(-30, 30))


@given(PLACES, PLACES, arrays(float, st.tuples(st.integers(1, 4), st.just(2)), elements=st.floats(-1, 1)))
def test_it_is_the_sum_of_the_squares_of_the_rows(across: np.ndarray, along: np.ndarray, turns: np.ndarray) -> None:
    found = pronounced(across, along, turns)
    for value, (one, other) in zip(found, turns, strict=True):
        places = one * across - other * along
        assume((np.abs(places % 1 - 0.5) > 1e-6).all())
        _, counts = np.unique(np.round(places), return_counts=True)
        assert value == (counts**2).sum()


@pytest.mark.parametrize("slope", [-0.2, 0.0, 0.3])
def test_parallel_lines_are_most_pronounced_along_themselves(slope: float) -> None:
    x, offset = np.meshgrid(np.arange(100.0), [0.0, 20.0, 40.0])
    y = offset + slope * x
    slopes = np.linspace(-0.4, 0.4, 9)
    assert slopes[np.argmax(pronounced(y.ravel(), x.ravel(), np.stack([np.ones(9), slopes], 1)))] == pytest.approx(
        slope
    )
