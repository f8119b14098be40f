"""Lines on images are traced in the pixels of their page."""

import numpy as np
import pytest

from recognizer.errors import NothingToRead
from recognizer.page import Page
from recognizer.readers.tracing import tracing_of, tracings_on
from tests.recognizer.page.test_skeleton import drawn

MASK = drawn([(20, 40), (60, 90), (100, 30), (180, 80)], width=5)


def test_a_mask_is_traced_where_it_stands_on_the_page() -> None:
    here, there = tracing_of(MASK), tracing_of(MASK, left=300, top=70)
    assert len(here.covered) == MASK.sum()
    for one, other in ((here.covered, there.covered), (here.ink.points[:, :2], there.ink.points[:, :2])):
        assert other - one == pytest.approx(np.tile([300.0, 70.0], (len(one), 1)), abs=1e-3)


def test_the_pixels_of_ink_are_those_around_the_path() -> None:
    traced = tracing_of(MASK)
    for stroke in traced.ink.strokes:
        apart = np.hypot(*(stroke[:, None, :2] - traced.covered[None]).transpose(2, 0, 1)).min(1)
        assert apart.max() < 1.5


def test_a_page_of_one_line_has_one_tracing() -> None:
    (tracing,) = tracings_on(Page(np.where(MASK, 30, 240).astype(np.uint8)))
    assert tracing.ink.bounds == pytest.approx(tracing_of(MASK).ink.bounds, abs=3)


def test_a_mask_of_nothing_gets_a_sentence() -> None:
    with pytest.raises(NothingToRead, match="no writing"):
        tracing_of(np.zeros((20, 40), bool))
