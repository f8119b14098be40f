"""Ink is found whatever the light, the paper and the pen."""

import numpy as np
import pytest
from scipy import ndimage

from recognizer.errors import Blank
from recognizer.page.writing import writing_of
from tests.recognizer.page.test_skeleton import drawn

INK = drawn([(20, 40), (60, 90), (100, 30), (180, 80)], width=5)


def test_two_levels_are_taken_as_they_are() -> None:
    assert (writing_of(np.where(INK, 0, 255).astype(np.uint8)) == INK).all()


@pytest.mark.parametrize("contrast", [0.2, 0.5, 0.9])
def test_light_paper_and_grain_change_little(contrast: float) -> None:
    generator = np.random.default_rng(0)
    light = np.linspace(140, 240, INK.shape[1]) * np.ones(INK.shape)
    grey = light * (1 - contrast * INK) + generator.normal(0, 3, INK.shape)
    found = writing_of(grey.clip(0, 255).astype(np.uint8))
    assert (found & INK).sum() > 0.85 * INK.sum()
    assert (found & ~INK).sum() < 0.3 * INK.sum()


@pytest.mark.parametrize("level", [255, 180])
def test_blank_paper_gets_a_sentence(level: int) -> None:
    grey = np.full((60, 200), level, np.uint8)
    with pytest.raises(Blank, match="no writing"):
        writing_of(grey)


def test_strokes_that_blur_has_joined_are_apart() -> None:
    ink = np.zeros((120, 300))
    for left in range(40, 136, 12):
        ink[30:90, left : left + 6] = 1
    grains = np.random.default_rng(0).normal(0, 2, ink.shape)
    grey = np.clip(230 - 180 * ndimage.gaussian_filter(ink, 3.0) + grains, 0, 255).astype(np.uint8)
    assert ndimage.label(writing_of(grey))[1] == 8
