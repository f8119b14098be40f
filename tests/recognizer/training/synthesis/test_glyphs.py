from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.training.synthesis.glyphs import (
    DIGITS,
    Hand,
    PenGlyph,
    Picture,
    font_advice,
    font_files,
    lookalike,
    paint,
)
from tests.recognizer.training.hands import hands


def _painted(
    points: np.ndarray, starts: list[int], radius: float = 1.5, shape: tuple[int, int] = (24, 30)
) -> np.ndarray:
    canvas, owner = np.zeros(shape, np.float32), np.full(shape, -1)
    radii = np.full(len(points), radius, np.float32)
    paint(canvas, owner, points.astype(np.float32), np.array(starts), radii, 7)
    assert set(np.unique(owner)) <= {-1, 7}
    np.testing.assert_array_equal(owner == 7, canvas > 0.2)
    return canvas


def _distance(points: np.ndarray, starts: list[int], shape: tuple[int, int]) -> np.ndarray:
    """From each pixel to the nearest of 400 points on each stretch of the pen's way."""
    y, x = np.mgrid[: shape[0], : shape[1]]
    ends = [i if i in starts else i - 1 for i in range(len(points))]
    way = np.concatenate(
        [np.linspace(points[a], points[b], 400) for a, b in zip(ends, range(len(points)), strict=True)]
    )
    nearest: np.ndarray = np.hypot(x[..., None] - way[:, 0], y[..., None] - way[:, 1]).min(-1)
    return nearest


@given(st.integers(0, 2**32 - 1), st.floats(0.5, 3))
@settings(max_examples=20)
def test_paint_covers_what_the_pen_passes(seed: int, radius: float) -> None:
    generator = np.random.default_rng(seed)
    points = generator.uniform(-4, 34, (6, 2))
    starts = sorted({0, *generator.integers(1, 6, 2).tolist()})
    expected = np.clip(radius + 0.5 - _distance(points, starts, (24, 30)), 0, 1)
    assert _painted(points, starts, radius) == pytest.approx(expected, abs=0.06)


def test_between_strokes_the_pen_is_up() -> None:
    canvas = _painted(np.array([[5, 5], [5, 18], [25, 5], [25, 18]]), [0, 2])
    assert canvas[:, 9:21].max() == 0
    assert canvas[6:17, [5, 25]].min() == 1


def test_a_single_point_is_a_dot() -> None:
    canvas = _painted(np.array([[10.0, 8.0]]), [0])
    assert canvas[8, 10] == 1
    assert canvas.sum() == pytest.approx(np.pi * 1.5**2, rel=0.2)


def test_the_darkest_owns_a_pixel() -> None:
    canvas, owner = np.zeros((9, 20), np.float32), np.full((9, 20), -1)
    for name, left in ((0, 3), (1, 8)):
        points = np.array([[left, 4], [left + 8, 4]], np.float32)
        paint(canvas, owner, points, np.array([0]), np.ones(2, np.float32), name)
    assert owner[4, 3:11].tolist() == [0] * 8
    assert owner[4, 13:17].tolist() == [1] * 4


def test_a_hand_has_what_it_has() -> None:
    hand = Hand({"1": [], "2": []})
    assert hand.has("12")
    assert not hand.has("13")
    assert all(hand.has(DIGITS) for source in ("mnist", "unipen") for hand in hands()[source])


@pytest.mark.parametrize("digit", ["2", "5", "9"])
def test_a_letter_may_pass_for_a_digit(digit: str) -> None:
    letters = hands()["letters"][0]
    first, second = (lookalike(digit, letters, np.random.default_rng(5)) for _ in range(2))
    assert isinstance(first, PenGlyph)
    assert isinstance(second, PenGlyph)
    np.testing.assert_array_equal(first.points, second.points)
    whole = max(
        len(glyph.points) for glyphs in letters.glyphs.values() for glyph in glyphs if not isinstance(glyph, Picture)
    )
    assert 0.75 * whole <= len(first.points) <= whole
    assert (first.starts < len(first.points)).all()


def test_fonts_are_found_one_a_family_and_parted(tmp_path: Path) -> None:
    for number in range(16):
        folder = tmp_path / "node_modules" / "@fontsource" / f"family-{number:02}" / "files"
        folder.mkdir(parents=True)
        for name in (
            "latin-400-normal.woff",
            "latin-400-normal.woff2",
            "latin-700-normal.woff",
            "greek-400-normal.woff",
        ):
            (folder / f"family-{number:02}-{name}").write_bytes(b"")
    training, validation = font_files(tmp_path, "train"), font_files(tmp_path, "val")
    assert (len(training), len(validation)) == (14, 2)
    assert not {*training} & {*validation}
    assert font_files(tmp_path / "none", "train") == []


def test_the_advice_is_a_command(tmp_path: Path) -> None:
    assert f"npm install --prefix {tmp_path / 'fonts'} @fontsource/" in font_advice(tmp_path)
