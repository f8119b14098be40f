"""Middle lines of strokes: where a pen went comes back, whatever its width, through crossings and around loops."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from recognizer.page.skeleton import strokes_of


def drawn(*paths: list[tuple[float, float]], width: int = 5, shape: tuple[int, int] = (120, 200)) -> np.ndarray:
    """A mask of paths through points of x, y, with round ends."""
    image = Image.new("L", shape[::-1])
    pen = ImageDraw.Draw(image)
    for path in paths:
        pen.line(path, fill=255, width=width, joint="curve")
        for x, y in (path[0], path[-1]):
            pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=255)
    return np.asarray(image) > 128


def circle(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    return [(x + radius * np.cos(t), y + radius * np.sin(t)) for t in np.linspace(0, 2 * np.pi, 60)]


def length(stroke: np.ndarray) -> float:
    return float(np.hypot(*np.diff(stroke, axis=0).T).sum())


def distance(stroke: np.ndarray, start: tuple[float, float], end: tuple[float, float]) -> float:
    """The greatest one of points (n, 2) from the line between two points."""
    along = np.array(end) - np.array(start)
    off = stroke - np.array(start)
    across: np.ndarray = np.abs(off[:, 0] * along[1] - off[:, 1] * along[0]) / np.hypot(*along)
    return float(across.max())


@settings(max_examples=30)
@given(st.integers(3, 11), st.integers(20, 180), st.integers(20, 100), st.integers(20, 180), st.integers(20, 100))
def test_a_straight_stroke_is_one_line_along_its_middle(width: int, x: int, y: int, u: int, v: int) -> None:
    long = np.hypot(u - x, v - y)
    if long < 4 * width:
        return
    (stroke,) = strokes_of(drawn([(x, y), (u, v)], width=width))
    inner = np.hypot(*(stroke - stroke[0]).T) > width, np.hypot(*(stroke - stroke[-1]).T) > width  # ends are round
    assert distance(stroke[inner[0] & inner[1]], (x + 0.5, y + 0.5), (u + 0.5, v + 0.5)) < 1.6
    assert long - width - 3 <= length(stroke) <= 1.1 * long + 3


def test_at_a_crossing_strokes_go_straight_on() -> None:
    strokes = strokes_of(drawn([(30, 20), (150, 100)], [(30, 100), (150, 20)]))
    assert len(strokes) == 2
    assert all(np.ptp(stroke[:, 0]) > 100 and np.ptp(stroke[:, 1]) > 60 for stroke in strokes)
    rising = [(stroke[-1] - stroke[0])[1] * (stroke[-1] - stroke[0])[0] > 0 for stroke in strokes]
    assert sorted(rising) == [False, True]


def test_a_bar_that_ends_on_a_stem_is_a_stroke_of_its_own() -> None:
    strokes = strokes_of(drawn([(60, 15), (60, 105)], [(60, 60), (150, 60)]))
    assert sorted(round(length(stroke), -1) for stroke in strokes) == [90.0, 90.0]
    assert any(np.ptp(stroke[:, 1]) > 80 for stroke in strokes)


def test_a_ring_is_closed() -> None:
    (stroke,) = strokes_of(drawn(circle(100, 60, 30)))
    assert length(stroke) == pytest.approx(2 * np.pi * 30, rel=0.1)
    assert np.hypot(*(stroke[0] - stroke[-1])) < 5
    assert np.hypot(stroke[:, 0] - 100, stroke[:, 1] - 60) == pytest.approx(np.full(len(stroke), 30.0), abs=1.6)


def test_a_dot_is_one_point_and_a_speck_is_none() -> None:
    mask = drawn([(30, 40), (160, 40)], [(90, 20), (90, 20)], width=6)
    mask[90, 50] = True
    dots = [stroke for stroke in strokes_of(mask) if len(stroke) == 1]
    assert len(dots) == 1
    assert dots[0][0] == pytest.approx([90.5, 20.5], abs=1.0)
    assert len(strokes_of(mask)) == 2


def test_what_a_threshold_tore_is_mended() -> None:
    mask = drawn([(30, 60), (160, 60)], width=3)
    mask[:, 90] = False
    assert len(strokes_of(mask)) == 1


def test_nothing_gives_no_strokes() -> None:
    assert strokes_of(np.zeros((20, 30), bool)) == []


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_any_mask_is_answered_with_points_on_it(seed: int) -> None:
    mask = np.random.default_rng(seed).random((25, 40)) < 0.4
    for stroke in strokes_of(mask):
        assert stroke.dtype == np.float32
        assert stroke.ndim == 2
        assert np.isfinite(stroke).all()
        assert (stroke >= -1).all()
        assert (stroke <= (41, 26)).all()
