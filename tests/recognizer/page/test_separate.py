import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.errors import NothingToRead
from recognizer.page.separate import paper_level, separate_ink, threshold
from tests.recognizer.writing import write

HEIGHT = 40


def _separate(grey: np.ndarray) -> np.ndarray:
    return separate_ink(grey, HEIGHT).mask


def test_darkness_is_nothing_on_paper_and_one_on_the_pens_black() -> None:
    grey = write("25")
    ink = separate_ink(grey, HEIGHT)
    assert ink.darkness.dtype == np.float32
    assert ink.darkness.shape == ink.mask.shape == grey.shape
    assert 0 <= ink.darkness.min() <= ink.darkness.max() <= 1
    assert (ink.darkness[grey < 60] > 0.9).all()
    assert (ink.darkness[grey == 235] == 0).mean() > 0.98
    assert ink.mask[grey < 100].all()
    assert not ink.mask[grey == 235].any()


@given(st.integers(120, 255), st.integers(0, 80))
@settings(max_examples=15)
def test_brightness_and_contrast_do_not_matter(paper: int, ink: int) -> None:
    expected, found = _separate(write("472")), _separate(write("472", paper=paper, ink=min(ink, paper - 60)))
    assert (expected != found).mean() < 0.003


def test_uneven_light_does_not_matter() -> None:
    grey = write("4725")
    light = np.linspace(0.55, 1.05, grey.shape[1])[None] * np.linspace(0.9, 1.0, grey.shape[0])[:, None]
    lit = np.clip(grey * light, 0, 255).astype(np.uint8)
    assert (_separate(grey) != _separate(lit)).mean() < 0.01


def test_the_level_of_the_paper_is_known_under_the_ink() -> None:
    level = paper_level(write("4725"), HEIGHT)
    assert level == pytest.approx(235, abs=2)


@pytest.mark.parametrize("value", [0, 128, 255])
@pytest.mark.parametrize("shape", [(1, 1), (3, 2), (40, 200)])
def test_an_even_image_holds_nothing(value: int, shape: tuple[int, int]) -> None:
    with pytest.raises(NothingToRead, match="blank"):
        separate_ink(np.full(shape, value, np.uint8), shape[0] / 2)


def test_ink_too_faint_is_nothing() -> None:
    with pytest.raises(NothingToRead, match="too faint"):
        separate_ink(write("4", paper=200, ink=190), HEIGHT)


def test_a_single_stroke_on_much_paper_is_found() -> None:
    grey = np.full((160, 900), 230, np.uint8)
    grey[50:110, 400:404] = 30
    mask = separate_ink(grey, 80).mask
    assert mask[55:105, 401:403].all()
    assert mask.sum() < 600


@pytest.mark.parametrize("slope", [0.0, 0.02, -0.03])
@pytest.mark.parametrize("level", [0.9, 0.12])
def test_printed_rules_go_and_strokes_stay(slope: float, level: float) -> None:
    grey = write("4725", margin=0.7)
    plain = _separate(grey)
    rows, columns = grey.shape
    ruled = grey.copy()
    y, x = np.mgrid[:rows, :columns]
    ruled[np.abs(y - level * rows - slope * (x - columns / 2)) <= 1] = 60
    found = _separate(ruled)
    assert (plain & ~found).sum() < 0.02 * plain.sum()
    assert (found & ~plain).sum() < 0.02 * plain.sum()


def test_a_stroke_that_crosses_a_rule_stays_whole() -> None:
    grey = np.full((100, 400), 230, np.uint8)
    grey[20:96, 198:203] = 30  # reaches well across
    grey[20:60, 60:65] = grey[20:60, 300:305] = 30
    ruled = grey.copy()
    ruled[80:82] = 60
    mask = separate_ink(ruled, 50).mask
    assert mask[22:94, 199:202].all()
    assert not mask[80:82, :190].any()
    assert not mask[80:82, 212:].any()


def test_a_line_through_the_middle_is_no_rule_but_writing() -> None:
    grey = np.full((80, 300), 230, np.uint8)
    grey[39:42, 20:280] = 40
    assert separate_ink(grey, HEIGHT).mask[40, 30:270].all()


def test_remains_of_a_neighbouring_line_along_the_rim_go() -> None:
    grey = write("47", margin=0.6)
    remains = grey.copy()
    remains[:3, 30:40] = remains[:3, 60:75] = 40
    assert not _separate(remains)[:3].any()
    assert (_separate(remains) == _separate(grey)).mean() > 0.99


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_the_threshold_keeps_within_what_pens_and_tints_allow(seed: int) -> None:
    darkness = np.random.default_rng(seed).random((12, 20)) ** 2
    assert 0.25 <= threshold(darkness) <= 0.6
