"""Which way the pen went, and in which order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.ink import amap
from recognizer.ink.amap import Trajectory, trajectory
from recognizer.ink.dynamics import CHANNELS, WAYS, lengths, ways, with_dynamics

HEIGHT = 8.0
RIGHT, DOWN, LEFT, UP = range(WAYS)
LANDING, BACK = amap.CHANNELS + WAYS, amap.CHANNELS + WAYS + 1


def path(*points: tuple[float, float]) -> Trajectory:
    return trajectory(np.array(points), HEIGHT, amap.SPACING)


def painted(*paths: Trajectory) -> list[np.ndarray]:
    """The codes of each stroke's samples, without the lengths that they stand for."""
    return [found.paint / lengths(found) for found in with_dynamics(paths, HEIGHT)]


@pytest.mark.parametrize(("end", "way"), [((9, 0), RIGHT), ((0, 9), DOWN), ((-9, 0), LEFT), ((0, -9), UP)])
def test_a_straight_stroke_goes_one_way(end: tuple[float, float], way: int) -> None:
    codes = ways(path((0, 0), end)) / lengths(path((0, 0), end))
    assert np.allclose(codes, np.eye(WAYS)[way], atol=1e-4)


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=1, max_size=6))
def test_a_stroke_drawn_backwards_goes_the_opposite_ways(points: list[tuple[float, float]]) -> None:
    forth, back = path(*points), path(*points[::-1])
    assert len(forth.arc) == len(back.arc)
    assert np.allclose(ways(forth), np.roll(ways(back)[::-1], 2, axis=1), atol=1e-3)


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=1, max_size=6))
def test_the_amap_is_as_before_and_all_codes_are_shares(points: list[tuple[float, float]]) -> None:
    stroke = path(*points)
    (found,) = with_dynamics([stroke], HEIGHT)
    assert found.paint.shape == (len(stroke.arc), CHANNELS)
    assert np.array_equal(found.paint[:, : amap.CHANNELS], stroke.paint)
    codes = found.paint / lengths(found)
    assert codes.min() >= 0
    assert codes.max() <= 1 + 1e-4


def test_the_pen_leaves_a_mark_where_it_lands_that_fades() -> None:
    (codes,) = painted(path((0, 0), (20, 0)))
    assert codes[0, LANDING] == pytest.approx(1)
    assert np.all(np.diff(codes[:, LANDING]) < 0)
    assert codes[-1, LANDING] < 0.01


def test_only_what_lies_left_of_where_the_pen_has_been_is_a_way_back() -> None:
    word, dot, next_word = path((0, 0), (40, 0)), path((10, -8), (10, -8)), path((50, 0), (60, 0))
    onward, late, further = painted(word, dot, next_word)
    assert not onward[:, BACK].any()
    assert late[0, BACK] == pytest.approx(1 - np.exp(-30 / HEIGHT), abs=1e-3)
    assert not further[:, BACK].any()
    in_order = painted(dot, word)
    assert not in_order[0][:, BACK].any()
