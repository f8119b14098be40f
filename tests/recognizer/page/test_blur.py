"""How blurred a page is, and what is left of it once it is made sharp."""

import numpy as np
import pytest
from scipy import ndimage

from recognizer.page.blur import blur_of, sharpened


def _strokes(seed: int = 0) -> np.ndarray:
    """The share of light (300, 400) that strokes take, as wide as pens are, with edges of a pixel."""
    generator = np.random.default_rng(seed)
    ink = np.zeros((600, 800))
    for _ in range(60):
        top, left = generator.integers(20, 560), generator.integers(20, 700)
        high, wide = (60, 10) if generator.random() < 0.5 else (10, 60)
        ink[top : top + high, left : left + wide] = 1
    pixels: np.ndarray = ink.reshape(300, 2, 400, 2).mean((1, 3))
    return 0.8 * pixels


def _blurred(blur: float, grain: float = 0.0) -> np.ndarray:
    grains = np.random.default_rng(1).normal(0, grain, (300, 400))
    return (ndimage.gaussian_filter(_strokes(), blur) + grains).astype(np.float32)


def _measured(taken: np.ndarray) -> float:
    return blur_of(taken, taken > 0.25, 0.8, np.ones(taken.shape, bool))


@pytest.mark.parametrize("blur", [1.2, 1.6, 2.0])
def test_blur_is_measured(blur: float) -> None:
    """Grain of the paper makes no difference."""
    for grain in (0.0, 0.01):
        taken = _blurred(blur, grain)
        assert _measured(taken) == pytest.approx(blur, rel=0.2)


@pytest.mark.parametrize("blur", [1.2, 1.6, 2.0, 2.5])
def test_a_blurred_page_is_nearer_to_what_was_written_once_it_is_sharpened(blur: float) -> None:
    taken = _blurred(blur, 0.003)
    mended = sharpened(taken, blur)
    assert mended.shape == taken.shape
    assert mended.dtype == np.float32
    before, after = (np.abs(each - _strokes()).mean() for each in (taken, mended))
    assert after < 0.85 * before


def test_a_page_in_focus_stays_as_it_is() -> None:
    taken = _strokes().astype(np.float32)
    assert _measured(taken) < 1
    assert sharpened(taken, _measured(taken)) is taken


def test_a_page_without_ink_is_in_focus() -> None:
    taken = np.zeros((50, 60), np.float32)
    assert _measured(taken) == 0


def test_what_is_cut_off_where_the_paper_ends_is_no_edge_of_a_stroke() -> None:
    taken, known = _blurred(2.0), np.ones((300, 400), bool)
    taken[:, :100] = 1
    taken[:, 97:103], known[:, 97:103] = (taken[:, 97:103] > 0.5), False
    assert _measured(taken) < 1
    assert blur_of(taken, taken > 0.25, 0.8, known) == pytest.approx(2.0, rel=0.2)
