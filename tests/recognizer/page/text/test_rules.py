"""Printed rules are taken off, also where words stand on them, and the writing stays."""

import numpy as np
import pytest
from scipy import ndimage

from recognizer.page.text.rules import rules_of

HEIGHT, WIDTH = 240, 900


def writing(foot: int) -> np.ndarray:
    """(HEIGHT, WIDTH) bool: loops of a pen 4 px wide that come down to a row, in words with narrow gaps."""
    t = np.arange(0, 700, 0.1)
    x = 90 + t + 10 * np.sin(t / 5)
    y = foot - 20 + 20 * np.cos(t / 5)
    drawn = np.zeros((HEIGHT, WIDTH), bool)
    word = t % 140 < 125
    drawn[y[word].astype(int), x[word].astype(int)] = True
    return ndimage.binary_dilation(drawn, np.ones((4, 4)))


def rule(thick: int, row: int) -> np.ndarray:
    printed = np.zeros((HEIGHT, WIDTH), bool)
    printed[row : row + thick] = True
    return printed


PEN = 0.8  # of the paper's light that it takes


def light(*layers: tuple[np.ndarray, float]) -> np.ndarray:
    """(HEIGHT, WIDTH) float32: what is taken of the light where each layer takes its share of what the others leave."""
    left = np.ones((HEIGHT, WIDTH), np.float32)
    for drawn, share in layers:
        left[drawn] *= 1 - share
    return 1 - left


@pytest.mark.parametrize("thick", [1, 2, 3])
@pytest.mark.parametrize("row", [112, 119])
@pytest.mark.parametrize("dark", [0.7, 0.3])
def test_a_rule_goes_and_what_is_written_on_it_stays(thick: int, row: int, dark: float) -> None:
    pen, printed = writing(120), rule(thick, row)
    found = rules_of(light((pen, PEN), (printed, dark)), PEN)
    away = ~ndimage.binary_dilation(pen, np.ones((9, 9)))
    assert found[printed & away].mean() > 0.9
    beside = pen & ~ndimage.binary_dilation(printed, np.ones((5, 1)))
    assert found[beside].mean() < 0.05
    assert not found[pen & printed].any()  # ink on ink is darker than either


def squares() -> np.ndarray:
    printed = np.zeros((HEIGHT, WIDTH), bool)
    printed[10::30] = printed[11::30] = True
    printed[:, 10::30] = printed[:, 11::30] = True
    return printed


@pytest.mark.parametrize("dark", [0.7, 0.3])
def test_squares_go_both_ways(dark: float) -> None:
    pen, printed = writing(120), squares()
    found = rules_of(light((pen, PEN), (printed, dark)), PEN)
    away = ~ndimage.binary_dilation(pen, np.ones((15, 15)))
    assert found[printed & away].mean() > 0.97
    assert found[pen].mean() < 0.1


def test_nothing_is_left_of_squares_within_letters_nor_where_they_cross() -> None:
    pen, printed = writing(120), squares()
    found = rules_of(light((pen, PEN), (printed, 0.4)), PEN)
    beside = ~ndimage.binary_dilation(pen, np.ones((3, 3)))
    assert found[printed & beside].mean() > 0.97


def test_rules_as_black_as_the_pen_go() -> None:
    pen, printed = writing(120), squares()
    found = rules_of((pen | printed).astype(np.float32), 1.0)
    away = ~ndimage.binary_dilation(pen, np.ones((15, 15)))
    assert found[printed & away].mean() > 0.97


def test_what_shines_through_does_not_hold_a_rule() -> None:
    faint, printed = writing(120), rule(3, 110)
    found = rules_of(light((faint, 0.2), (printed, PEN)), PEN)
    assert found[printed & ~faint].mean() > 0.97


def test_writing_alone_has_no_rules() -> None:
    assert not rules_of(light((writing(120), PEN)), PEN).any()


def test_a_stroke_between_letters_is_no_rule() -> None:
    stroke = np.zeros((HEIGHT, WIDTH), bool)
    stroke[100:104, 300:430] = True
    assert not rules_of(light((stroke, PEN)), PEN).any()
    stroke[100:104, 300:600] = True
    assert rules_of(light((stroke, PEN)), PEN)[stroke].mean() > 0.97
