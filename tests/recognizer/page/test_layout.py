"""Printed rules are told from rows of close letters, which have long runs of ink as well, and patterns of paper from ink."""

import numpy as np
import pytest
from scipy import ndimage

from recognizer.page.layout import lay_out

HEIGHT, WIDTH = 120, 800


def sheet(ink: np.ndarray) -> np.ndarray:
    return np.where(ink, 40, 220).astype(np.uint8)


def letters(period: float, pen: int) -> np.ndarray:
    """A word of joined arches 12 px high, so many px apart, by a pen so many px wide."""
    x = np.arange(200, 320, 0.05)
    y = 55 + 6 * np.cos(2 * np.pi * x / period)
    ink = np.zeros((HEIGHT, WIDTH), bool)
    ink[y.astype(int), x.astype(int)] = True
    return ndimage.binary_dilation(ink, np.ones((pen, pen)))


@pytest.mark.parametrize("period", [5, 6, 8, 10])
@pytest.mark.parametrize("pen", [2, 3, 4])
def test_close_letters_stay_writing(period: float, pen: int) -> None:
    ink = letters(period, pen)
    assert (lay_out(sheet(ink)).patches > 0)[ink].mean() > 0.95


@pytest.mark.parametrize("thick", [1, 2, 3])
@pytest.mark.parametrize("slope", [0.0, 0.004])
def test_rules_are_no_writing(thick: int, slope: float) -> None:
    ink = letters(8, 2)
    rows = np.round(80 + slope * np.arange(WIDTH)).astype(int)
    for k in range(thick):
        ink[rows + k, np.arange(WIDTH)] = True
    layout = lay_out(sheet(ink))
    assert not (layout.patches > 0)[70:].any()
    assert (layout.patches > 0)[50:60, 200:320].any()


@pytest.mark.parametrize("row", [46, 50, 54, 58, 62])
@pytest.mark.parametrize("thick", [1, 2, 3])
def test_a_digit_that_a_rule_crosses_stays_whole(row: int, thick: int) -> None:
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    ring = np.abs(np.hypot(x - 400, y - 55) - 8) < 1.5
    rule = (y >= row) & (y < row + thick)
    patches = lay_out(sheet(ring | rule)).patches
    assert (patches > 0)[ring].mean() > 0.75  # an arc that lies in the rule goes with it
    assert not (patches > 0)[:, :380].any()


def guilloche(period: float, dark: float) -> np.ndarray:
    """A pattern of waving lines so many px apart and so many grey levels dark."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    return dark * (np.sin(2 * np.pi * (y + 4 * np.sin(x / 40)) / period) > 0)


@pytest.mark.parametrize("period", [4, 6, 9])
@pytest.mark.parametrize("dark", [20, 35, 50])
def test_what_is_printed_all_over_the_paper_is_no_writing(period: float, dark: float) -> None:
    ink = letters(8, 3)
    patches = lay_out((sheet(ink) - guilloche(period, dark)).clip(0).astype(np.uint8)).patches > 0
    assert patches[ink].mean() > 0.8
    assert not patches[~ndimage.binary_dilation(ink, np.ones((7, 7)))].any()


def test_plain_paper_has_no_pattern() -> None:
    ink = letters(8, 3)
    assert not lay_out(sheet(ink)).patterned
    assert lay_out((sheet(ink) - guilloche(6, 50)).clip(0).astype(np.uint8)).patterned
