import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.model.ink.document import Content, Stroke
from ui.model.ink.geometry import (
    THINNEST,
    bounds,
    distance_to_polyline,
    of_usual_size,
    outline,
    radii,
    rubbed,
    strokes_near,
)


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


def test_a_straight_band_has_the_width_of_its_pressure() -> None:
    line = stroke((0, 0), (10, 0), (20, 0)).points
    border, discs = outline(line, radii(np.array([0.0, 0.5, 1.0]), 4.0))
    half = [2 * THINNEST, 2 * (1 + THINNEST) / 2, 2]
    np.testing.assert_allclose(border[:3, 1], [-half[0], -half[1], -half[2]])
    np.testing.assert_allclose(border[3:, 1], half[::-1])
    assert discs.tolist() == [0, 2]


def test_sharp_corners_are_rounded() -> None:
    _border, discs = outline(stroke((0, 0), (10, 0), (0, 1)).points, np.ones(3))
    assert discs.tolist() == [0, 1, 2]


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=1, max_size=12))
def test_the_border_is_as_far_from_its_points_as_the_stroke_is_wide(places: list[tuple[float, float]]) -> None:
    points = stroke(*places).points
    border, discs = outline(points, np.full(len(points), 1.5))
    assert np.isfinite(border).all()
    assert discs.min() >= 0
    assert discs.max() < len(points)
    if len(border):
        centre = np.concatenate([points[:, :2], points[::-1, :2]])
        np.testing.assert_allclose(np.hypot(*(border - centre).T), 1.5, atol=1e-6)


def test_a_pen_that_does_not_move_leaves_a_dot() -> None:
    for places in ([(3, 4)], [(3, 4), (3, 4)]):
        border, discs = outline(stroke(*places).points, np.ones(len(places)))
        assert len(border) == 0
        assert discs.tolist() == [0]


@given(st.floats(1e-4, 1e4))
def test_ink_of_any_unit_comes_in_letters_of_a_size_that_can_be_written(unit: float) -> None:
    strokes = tuple(stroke(*[(unit * (x + 3 * k), unit * y) for x, y in ((0, 0), (1, 2))]) for k in range(3))
    content = of_usual_size(Content(strokes, {frozenset(strokes[:2]): "ab"}))
    left, top, right, bottom = content.strokes[0].box
    assert 3.9 <= max(right - left, bottom - top) <= 400.1
    (word,) = content.corrections
    assert word == frozenset(content.strokes[:2])
    if 4 <= 2 * unit <= 400:
        assert content.strokes == strokes
    assert of_usual_size(Content()) == Content()


@given(
    st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=2, max_size=8),
    st.tuples(st.floats(-60, 60), st.floats(-60, 60)),
    st.floats(1, 20),
)
def test_what_is_rubbed_out_is_gone_and_the_rest_stays(
    points: list[tuple[float, float]], at: tuple[float, float], reach: float
) -> None:
    whole = stroke(*points, pressures=[0.5] * len(points))
    left = rubbed(whole, at, (at[0] + 5, at[1]), reach)
    for part in left:
        assert part is whole or np.hypot(*(part.points[:, :2] - at).T).min() > reach - 0.01
        for x, y, _ in part.points.tolist():
            assert distance_to_polyline(whole.points, x, y) < 0.01
        assert part.pressures is not None
        assert len(part.pressures) == len(part.points)
    kept = np.concatenate([part.points for part in left]) if left else np.empty((0, 3))
    for k, (x, y) in enumerate(points):
        near = (whole.points[k] == kept).all(axis=1).any()
        assert near or np.hypot(x - np.clip(x, at[0], at[0] + 5), y - at[1]) <= reach + reach / 2 + 0.01
