"""Lines on images are traced in the pixels of their page."""

import numpy as np
import pytest

from recognizer.errors import NothingToRead
from recognizer.page import Page
from recognizer.page.text import TextLayout, TextLine
from recognizer.readers.tracing import tracing_of, tracing_of_line, tracings_on
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


def test_a_small_image_is_traced_in_its_own_pixels() -> None:
    path = [(x, 30 - 14 * np.sin(x / 12)) for x in range(10, 130)]
    small = np.where(drawn(path, width=3)[:60], 30, 240).astype(np.uint8)
    large = np.kron(small, np.ones((4, 4), np.uint8))
    one, other = tracing_of_line(small), tracing_of_line(large)
    assert one.ink.bounds == pytest.approx([side / 4 for side in other.ink.bounds], abs=1)
    assert len(one.covered) == pytest.approx(len(other.covered) / 16, rel=0.15)
    assert np.all(one.covered % 1 == 0.5)


def page_of(*paths: list[tuple[float, float]]) -> Page:
    """A page on which each path was found as a line."""
    return page_with(*(drawn(path) for path in paths))


def page_with(*masks: np.ndarray) -> Page:
    """A page on which each mask was found as a line."""
    lines = []
    for mask in masks:
        rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
        left, top, right, foot = int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
        lines.append(TextLine((left, top, right, foot), mask[top:foot, left:right], np.zeros((2, 2), np.float32)))
    page = Page(np.where(np.any(masks, axis=0), 30, 240).astype(np.uint8))
    page.__dict__["text"] = TextLayout(tuple(lines))
    return page


def test_parts_of_a_word_side_by_side_are_one_line_and_what_stands_below_is_another() -> None:
    stem = [(30.0, float(y)) for y in range(15, 105)]
    beside = [(x, 75 - 12 * np.sin(x / 5)) for x in range(60, 180)]
    above = [(x, 25 - 12 * np.sin(x / 5)) for x in range(60, 180)]
    assert len(tracings_on(page_of(stem, beside))) == 1
    assert len(tracings_on(page_of(above, beside))) == 2


def test_lines_of_hatching_are_no_lines() -> None:
    hatching = drawn(*([(x, 35.0), (x + 20.0, 5.0)] for x in range(10, 160, 5)), width=1)
    wave = drawn([(x, 80 - 12 * np.sin(x / 5)) for x in range(10, 180)])
    (written,) = tracings_on(page_with(hatching, wave))
    assert written.ink.bounds == pytest.approx(tracing_of(wave).ink.bounds)
    with pytest.raises(NothingToRead, match="Nothing here looks like writing"):
        tracings_on(page_with(hatching))


def test_a_mask_of_nothing_gets_a_sentence() -> None:
    with pytest.raises(NothingToRead, match="no writing"):
        tracing_of(np.zeros((20, 40), bool))
