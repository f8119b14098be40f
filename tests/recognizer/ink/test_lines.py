"""The four lines follow writing that climbs, bends, grows and shrinks, and bars and underlines do not draw them away."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.ink import Ink
from recognizer.ink.lines import Lines, fit_lines, turns
from recognizer.ink.normalise import BASE, CORE, normalise
from tests.recognizer.ink.test_normalise import letter

SIZE = 40.0
LINE = "apabaaabpa" * 3  # of rings, some with a stem up or down


def strokes(kinds: str = LINE) -> list[np.ndarray]:
    """Letters side by side, their base line at 0."""
    return [letter(SIZE * (k + 1), kind, SIZE) - (0.0, 0.5 * SIZE) for k, kind in enumerate(kinds)]


def turned(points: np.ndarray, degrees: float) -> np.ndarray:
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return points @ np.array([[cos, sin], [-sin, cos]])


def rows_of_rings(written: list[np.ndarray], kinds: str = LINE) -> np.ndarray:
    """(n, 2) rows of top and bottom that the plain rings of a line come to."""
    found = normalise(Ink(tuple(np.pad(s, ((0, 0), (0, 1))).astype(np.float32) for s in written))).strokes
    return np.array([[s[:, 1].min(), s[:, 1].max()] for s, kind in zip(found, kinds, strict=False) if kind == "a"])


def assert_level(rows: np.ndarray) -> None:
    """Rings fill the core zone, but for a size that is wrong by a fifth, alike along the whole line."""
    assert np.abs(rows - (CORE, BASE)).max() < 0.3 * (BASE - CORE)
    assert np.ptp(rows, axis=0).max() < 0.15 * (BASE - CORE)


@settings(max_examples=25)
@given(st.floats(-14, 14), st.floats(-0.03, 0.03))
def test_a_line_that_climbs_and_bends_is_made_level(degrees: float, sag: float) -> None:
    width = SIZE * len(LINE)
    bent = [s + np.stack([np.zeros(len(s)), 4 * sag * width * (s[:, 0] / width - 0.5) ** 2], 1) for s in strokes()]
    assert_level(rows_of_rings([turned(s, degrees) for s in bent]))


@pytest.mark.parametrize("growth", [1.8, 1.4, 1 / 1.4, 1 / 1.8])
def test_most_of_what_a_line_grows_or_shrinks_is_taken_out(growth: float) -> None:
    rate = np.log(growth) / (SIZE * len(LINE))
    grown = [np.stack([np.expm1(rate * s[:, 0]) / rate, s[:, 1] * np.exp(rate * s[:, 0])], 1) for s in strokes()]
    rows = rows_of_rings(grown)
    heights = rows[:, 1] - rows[:, 0]
    left = np.log(heights[-3:].mean() / heights[:3].mean()) / np.log(growth)
    assert abs(left) < 0.5
    assert np.abs(rows.mean(1) - (CORE + BASE) / 2).max() < 0.2 * (BASE - CORE)


@pytest.mark.parametrize("below", [0.3, 0.8])
def test_an_underline_and_bars_do_not_draw_the_lines_away(below: float) -> None:
    underline = np.stack([np.linspace(0, SIZE * len(LINE), 100), np.full(100, below * SIZE)], 1)
    assert_level(rows_of_rings([turned(s, -6) for s in [*strokes(), underline]]))


def test_a_short_word_is_believed_level_and_a_long_line_is_believed() -> None:
    """What one letter seems to climb is its shape; the prior weakens with the length of the line."""
    slopes = []
    for kinds in ("aa", LINE):
        lines = fit_lines([turned(s, -8) for s in strokes(kinds)])
        slopes.append((lines.base[0] - lines.base[-1]) / (lines.x[-1] - lines.x[0]))
    assert slopes[1] == pytest.approx(np.tan(np.radians(8)), abs=0.01)
    assert slopes[0] < slopes[1]


def test_curves_keep_their_order_and_their_distances() -> None:
    lines = fit_lines(strokes())
    assert isinstance(lines, Lines)
    x = np.linspace(0, SIZE * len(LINE), 50)
    core = lines.base_at(x) - lines.height_at(x)
    assert (lines.ascender_at(x) < core).all()
    assert (core < lines.base_at(x)).all()
    assert (lines.base_at(x) < lines.descender_at(x)).all()
    assert np.allclose((core - lines.ascender_at(x)) / lines.height_at(x), lines.ascent)


@settings(max_examples=60)
@given(st.lists(st.floats(-5, 5), min_size=1, max_size=30), st.floats(0.01, 2))
def test_turns_go_up_and_down_by_at_least_the_ripple(y: list[float], ripple: float) -> None:
    found = turns(np.array(y), ripple)
    heights = np.array(y)[found]
    assert (np.diff(found) > 0).all()
    steps = np.diff(heights)
    assert (np.abs(steps) > ripple).all()
    assert (steps[1:] * steps[:-1] < 0).all()
    if len(found) > 1:
        assert {heights.min(), heights.max()} == {min(y), max(y)}
