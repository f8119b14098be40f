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


@pytest.mark.parametrize("thick", [1, 2, 3])
@pytest.mark.parametrize("row", [112, 119])
@pytest.mark.parametrize("dark", [True, False])
def test_a_rule_goes_and_what_is_written_on_it_stays(thick: int, row: int, dark: bool) -> None:
    pen, printed = writing(120), rule(thick, row)
    taken = rules_of(pen | printed, pen | printed if dark else pen)
    away = ~ndimage.binary_dilation(pen, np.ones((9, 9)))
    assert taken[printed & away].mean() > 0.9
    beside = pen & ~ndimage.binary_dilation(printed, np.ones((5, 1)))
    assert taken[beside].mean() < 0.05
    assert taken[pen & printed].mean() < 0.4  # a foot that runs along in the rule cannot be told from it


def test_squares_go_both_ways() -> None:
    pen = writing(120)
    printed = np.zeros_like(pen)
    printed[10::30] = printed[11::30] = True
    printed[:, 10::30] = printed[:, 11::30] = True
    taken = rules_of(pen | printed, pen | printed)
    away = ~ndimage.binary_dilation(pen, np.ones((15, 15)))
    assert taken[printed & away].mean() > 0.97
    assert taken[pen & ~printed].mean() < 0.12


def test_what_shines_through_does_not_hold_a_rule() -> None:
    faint, printed = writing(120), rule(3, 110)
    taken = rules_of(faint | printed, printed)
    assert taken[printed].mean() > 0.97


def test_writing_alone_has_no_rules() -> None:
    assert not rules_of(writing(120), writing(120)).any()
