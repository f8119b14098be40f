from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recognizer.ink.arc_length import arc_lengths, points_at

PATHS = st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=2, max_size=8, unique=True).map(
    lambda points: np.array(points, float)
)


@given(PATHS)
def test_lengths_of_the_steps_add_up(points: np.ndarray) -> None:
    steps = [np.linalg.norm(after - before) for before, after in pairwise(points)]
    np.testing.assert_allclose(arc_lengths(points), np.cumsum([0, *steps]))


@given(PATHS)
def test_the_points_of_a_path_lie_where_they_are_said_to_lie(points: np.ndarray) -> None:
    arc = arc_lengths(points)
    np.testing.assert_allclose(points_at(arc, arc, points), points)
    halves = (arc[1:] + arc[:-1]) / 2
    np.testing.assert_allclose(points_at(halves, arc, points), (points[1:] + points[:-1]) / 2, atol=1e-9)
