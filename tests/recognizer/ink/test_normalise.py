"""Word normalisation: lines where letters stand, whatever size, place, slant and pen; any ink is answered."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from recognizer.errors import NothingToRead
from recognizer.ink import Ink, amap
from recognizer.ink.dynamics import CHANNELS
from recognizer.ink.normalise import BASE, CORE, normalise
from recognizer.ink.word_amap import MARGIN, ROWS, STEP, word_picture


def letter(x: float, kind: str, size: float = 40.0) -> np.ndarray:
    """A ring between core line and base line at x, with a stem up to the ascender line or down to the descender line."""
    start = -np.pi / 2 if kind != "b" else np.pi / 2
    t = start + np.linspace(0, 2 * np.pi, 40)
    ring = np.stack([x + 0.35 * size * np.cos(t), 0.5 * size * np.sin(t)], 1)
    if kind == "a":
        return ring
    ends = (-1.3 * size, 0.5 * size) if kind == "b" else (1.5 * size, -0.5 * size)
    stem = np.stack([np.full(20, x - 0.1 * size), np.linspace(*ends, 20)], 1)
    return np.concatenate([stem, ring])


def word(kinds: str, size: float = 40.0) -> Ink:
    strokes = [letter(size * (k + 1), kind, size) for k, kind in enumerate(kinds)]
    return Ink(tuple(np.pad(stroke, ((0, 0), (0, 1))) for stroke in strokes))


def rows(ink: Ink) -> tuple[float, float]:
    """Rows that the top and the bottom of the last letter, an "a", come to."""
    last = normalise(ink).strokes[-1]
    return float(last[:, 1].min()), float(last[:, 1].max())


@pytest.mark.parametrize("kinds", ["aaaa", "abaa", "apaa", "bpaaa", "aaaaaaaa"])
def test_small_letters_stand_between_the_core_line_and_the_base_line(kinds: str) -> None:
    top, bottom = rows(word(kinds))
    assert abs(top - CORE) < 0.25 * (BASE - CORE)
    assert abs(bottom - BASE) < 0.25 * (BASE - CORE)


@settings(max_examples=20)
@given(st.floats(0.05, 30), st.floats(-5000, 5000), st.floats(-5000, 5000))
def test_size_and_place_do_not_matter(size: float, dx: float, dy: float) -> None:
    ink = word("abpa")
    moved = Ink(tuple(s * np.array([size, size, 1], np.float32) for s in ink.strokes)).translated(dx, dy)
    for ours, theirs in zip(normalise(ink).strokes, normalise(moved).strokes, strict=True):
        assert np.allclose(ours, theirs, atol=0.1 + 0.004 / size)  # float32 far from the origin


@pytest.mark.parametrize("slope", [-0.15, 0.1])
def test_a_rising_line_is_made_level(slope: float) -> None:
    ink = Ink(tuple(s + np.outer(s[:, 0] * slope, [0, 1, 0]).astype(np.float32) for s in word("aaaaaaa").strokes))
    top, bottom = rows(ink)
    assert abs(top - CORE) < 2
    assert abs(bottom - BASE) < 2


@pytest.mark.parametrize("wide", [0.6, 0.8, 1.3, 1.6])
def test_half_of_how_wide_a_hand_is_goes_and_its_order_stays(wide: float) -> None:
    ink = word("abpaabpaaabp")
    stretched = Ink(tuple(stroke * np.array([wide, 1, 1], np.float32) for stroke in ink.strokes))
    ratio = np.log(normalise(stretched).width / normalise(ink).width) / np.log(wide)
    assert 0.3 < ratio < 0.75


def test_slant_is_taken_out() -> None:
    slanted = Ink(tuple(s - np.outer(s[:, 1] * 0.5, [1, 0, 0]).astype(np.float32) for s in word("bbpb").strokes))
    assert np.abs(normalise(slanted).slant + 0.5 - normalise(word("bbpb")).slant).max() < 0.12


def test_no_stroke_is_nothing_to_read() -> None:
    with pytest.raises(NothingToRead):
        normalise(Ink(()))


coordinates = st.floats(-1e6, 1e6, width=32)
odd_strokes = st.integers(1, 6).flatmap(lambda n: arrays(np.float32, (n, 2), elements=coordinates))


@settings(max_examples=60)
@given(st.lists(odd_strokes, min_size=1, max_size=4))
def test_any_ink_is_answered(strokes: list[np.ndarray]) -> None:
    found = normalise(Ink(tuple(np.pad(s, ((0, 0), (0, 1))) for s in strokes)))
    assert all(np.isfinite(s).all() and s[:, 0].min() > -1 for s in found.strokes)
    picture = word_picture(found)
    assert picture.shape[:2] == (CHANNELS, ROWS)
    assert picture.shape[2] % STEP == 0
    assert np.isfinite(picture).all()
    assert picture.min() >= 0
    assert picture.max() <= 1
    assert not picture[:, :, : MARGIN - 4].any()


def test_the_amap_does_not_tell_the_order_the_direction_or_the_speed_of_the_pen() -> None:
    ink = word("abpa")
    other = Ink(tuple(np.repeat(s[::-1], 3, axis=0) for s in ink.strokes[::-1]))
    # Where most of the ink lies is counted at places that fall differently: the size differs by some hundredths.
    one, two = (word_picture(normalise(each))[: amap.CHANNELS] for each in (ink, other))
    assert np.abs(one - two).mean() < 0.02
