from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.errors import NothingToRead
from recognizer.page import Page, load_pages
from recognizer.page.quality import TOO_DARK
from recognizer.platform import resources_folder
from recognizer.readers.calibration import UNCALIBRATED, Calibration
from recognizer.readers.catalog import load_reader
from recognizer.readers.doubt import DOUBT, NO_DOUBTS, ON_ITS_SIDE, UPSIDE_DOWN, DoubtingReader, Doubts, doubts_about
from recognizer.readers.reread import NO_CONSTRAINTS, reread
from tests.recognizer.writing import write

CHANCES = st.floats(0, 1)


class ByCorner:
    """Reads what has its mark in one corner, with a confidence of 0.9, and nothing else."""

    def __init__(self, corner: tuple[int, int]) -> None:
        self.corner = corner

    def read(self, page: Page) -> Any:
        if page.grey[self.corner] != 0:
            raise NothingToRead("Nothing.")
        return SimpleNamespace(confidence=0.9)


@pytest.fixture
def page() -> Page:
    grey = write("742", 30, 2.5)
    grey[0, 0] = 0
    return Page(grey)


@given(CHANCES, CHANCES)
def test_doubts_never_add_confidence_and_what_reads_upright_alone_keeps_it(confidence: float, turned: float) -> None:
    left, _ = Doubts((), turned, UPSIDE_DOWN).of(confidence)
    assert 0 <= left <= confidence + 1e-9
    assert NO_DOUBTS.of(confidence) == (pytest.approx(confidence), ())


@given(CHANCES)
def test_each_flaw_takes_its_share(confidence: float) -> None:
    left, flaws = Doubts((TOO_DARK, "blurred"), 0.0, UPSIDE_DOWN).of(confidence)
    assert left == pytest.approx(confidence * DOUBT**2)
    assert flaws == (TOO_DARK, "blurred")


def test_what_reads_better_turned_is_said_to_be_so_and_is_not_to_be_trusted() -> None:
    left, flaws = Doubts((), 0.99, UPSIDE_DOWN).of(0.9)
    assert flaws == (UPSIDE_DOWN,)
    assert left < 0.9 * DOUBT


@pytest.mark.parametrize(("corner", "turned"), [((-1, -1), 0.9), ((0, 0), 0.0)])
def test_a_page_is_tried_on_its_head(page: Page, corner: tuple[int, int], turned: float) -> None:
    doubts = doubts_about(page, ByCorner(corner))  # type: ignore[arg-type]
    assert (doubts.turned, doubts.turn, doubts.flaws) == (turned, UPSIDE_DOWN, ())


@pytest.mark.parametrize("quarters", [1, 3])
def test_a_high_page_is_tried_on_its_sides_too(page: Page, quarters: int) -> None:
    on_side = Page(np.ascontiguousarray(np.rot90(page.grey, quarters)))
    doubts = doubts_about(on_side, ByCorner((0, 0)))  # type: ignore[arg-type]
    assert (doubts.turned, doubts.turn) == (0.9, ON_ITS_SIDE)


def test_a_bad_picture_has_its_flaws(page: Page) -> None:
    dark = Page((page.grey * 0.25).astype(np.uint8))
    assert TOO_DARK in doubts_about(dark, ByCorner((-1, -1))).flaws  # type: ignore[arg-type]


def test_doubted_confidence_is_calibrated_and_stays_so_when_it_is_read_again_from_its_graphs() -> None:
    page = load_pages(resources_folder() / "samples" / "amount-742.50.png")[0]
    reader = load_reader("amount")
    assert isinstance(reader, DoubtingReader)
    calibration = Calibration(((0.5, 0.7), (0.9, 0.95)))
    as_it_is = replace(reader, calibration=UNCALIBRATED).read(page)
    told = replace(reader, calibration=calibration).read(page)
    assert told.confidence == told.alternatives[0].confidence == pytest.approx(calibration.of(as_it_is.confidence))
    assert reread(told, NO_CONSTRAINTS).confidence == pytest.approx(told.confidence)
