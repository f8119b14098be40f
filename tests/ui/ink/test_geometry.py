from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.ink.document import Stroke
from ui.ink.geometry import THINNEST, bounds, distance_to_polyline, strokes_near, width_runs


def stroke(*points: tuple[float, float], pressures: list[float] | None = None) -> Stroke:
    array = np.array([(x, y, i / 100) for i, (x, y) in enumerate(points)], np.float32)
    return Stroke(array, None if pressures is None else np.array(pressures, np.float32))


def test_distance_is_to_the_line_and_not_only_to_its_points() -> None:
    line = stroke((0, 0), (10, 0)).points
    assert distance_to_polyline(line, 5, 3) == pytest.approx(3)
    assert distance_to_polyline(line, 13, 4) == pytest.approx(5)
    assert distance_to_polyline(stroke((1, 1)).points, 4, 5) == pytest.approx(5)
    assert distance_to_polyline(stroke((1, 1), (1, 1)).points, 4, 5) == pytest.approx(5)


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=1, max_size=8), st.floats(-60, 60))
def test_distance_agrees_with_dense_sampling(points: list[tuple[float, float]], x: float) -> None:
    line = stroke(*points).points
    share = np.linspace(0, 1, 400)[:, None]
    pairs = zip(line[:-1, :2], line[1:, :2], strict=True)
    dense = np.concatenate([line[:1, :2], *[a + share * (b - a) for a, b in pairs]])
    brute = np.hypot(dense[:, 0] - x, dense[:, 1] - 7).min()
    assert distance_to_polyline(line, x, 7) == pytest.approx(brute, abs=0.4)
    assert distance_to_polyline(line, x, 7) <= brute + 1e-3


def test_only_strokes_within_reach_are_hit() -> None:
    strokes = [stroke((0, 0), (10, 0)), stroke((0, 20), (10, 20)), stroke((5, 6))]
    assert strokes_near(strokes, 5, 3, 4) == [0, 2]
    assert strokes_near(strokes, 500, 500, 4) == []


def test_bounds() -> None:
    assert bounds([]) is None
    assert bounds([stroke((1, 2), (3, 9)), stroke((-4, 5))]) == (-4, 2, 3, 9)


@given(st.lists(st.floats(0, 1, width=32), min_size=2, max_size=40))
def test_width_runs_cover_the_stroke_without_gaps(pressures: list[float]) -> None:
    runs = width_runs(np.array(pressures, np.float32), len(pressures))
    assert runs[0][0] == 0
    assert runs[-1][1] == len(pressures) - 1
    assert all(before[1] == after[0] for before, after in pairwise(runs))
    assert all(THINNEST <= width <= 1 for _first, _last, width in runs)


def test_more_pressure_is_wider_and_no_pressure_is_full_width() -> None:
    assert width_runs(np.array([0.1, 0.1], np.float32), 2)[0][2] < width_runs(np.array([0.9, 0.9], np.float32), 2)[0][2]
    assert width_runs(None, 5) == [(0, 4, 1.0)]
    assert width_runs(None, 1) == [(0, 0, 1.0)]
