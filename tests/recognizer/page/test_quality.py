"""Flaws of pictures in plain words."""

import numpy as np
import pytest
from scipy import ndimage

from recognizer.page.quality import BLURRED, CUT_OFF, TOO_DARK, TOO_SMALL, flaws_of
from tests.recognizer.writing import write

PAGE, BOX = (700, 1600), np.array([1200.0, 250, 1400, 300])
WINDOW = write("1234", 40, 5, paper=220, ink=50)


def test_a_good_picture_has_no_flaw() -> None:
    assert flaws_of(PAGE, WINDOW, BOX) == ()


@pytest.mark.parametrize(
    ("flaw", "window", "box"),
    [
        (TOO_DARK, (WINDOW * 0.25).astype(np.uint8), BOX),
        (TOO_SMALL, WINDOW, np.array([1200, 250, 1240, 258])),
        (CUT_OFF, WINDOW, np.array([1400, 250, 1600, 300])),
        (BLURRED, ndimage.gaussian_filter(WINDOW, 7), BOX),
    ],
)
def test_each_flaw_is_told_alone(flaw: str, window: np.ndarray, box: np.ndarray) -> None:
    assert flaws_of(PAGE, window, box) == (flaw,)


def test_light_and_contrast_do_not_make_it_blurred() -> None:
    for gain in (0.4, 0.7):
        assert BLURRED not in flaws_of(PAGE, (WINDOW * gain + 60).astype(np.uint8), BOX)
