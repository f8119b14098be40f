"""Photographs of documents brought straight."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.errors import InputError
from recognizer.page.rectify import WIDTH, estimate_tilt, find_outline, homography, project, rectify, resample

PAPER, DESK = 230, 60


def lined(height: int = 360, width: int = 800) -> np.ndarray:
    """Paper with short dark bars on seven lines, like words."""
    grey = np.full((height, width), PAPER, np.uint8)
    for y in range(40, height - 30, 45):
        for x in range(40, width - 80, 70):
            grey[y : y + 10, x : x + 50] = 40
    return grey


def on_desk(document: np.ndarray, corners: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """A photograph of a document whose corners lie at ``corners`` (4, 2)."""
    height, width = document.shape
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], float)
    return resample(document, homography(corners, flat), shape, outside=DESK)


@settings(max_examples=30)
@given(st.lists(st.floats(-40, 40), min_size=8, max_size=8))
def test_a_homography_takes_its_points_where_it_should(shifts: list[float]) -> None:
    source = np.array([[0, 0], [300, 0], [300, 200], [0, 200]], float)
    target = source + np.reshape(shifts, (4, 2))
    there = homography(source, target)
    assert np.allclose(project(there, source), target, atol=1e-6)
    assert np.allclose(project(np.linalg.inv(there), target), source, atol=1e-6)


def test_resampling_by_nothing_changes_nothing() -> None:
    grey = np.random.default_rng(0).integers(0, 256, (30, 50), dtype=np.uint8)
    assert np.array_equal(resample(grey, np.eye(3), grey.shape, outside=0), grey)


@pytest.mark.parametrize(
    "corners",
    [
        [[60, 50], [940, 50], [940, 450], [60, 450]],
        [[80, 70], [930, 40], [960, 440], [50, 420]],
        [[120, 40], [950, 120], [900, 500], [70, 420]],
    ],
)
def test_the_outline_of_a_document_on_a_desk_is_found(corners: list[list[float]]) -> None:
    photograph = on_desk(lined(), np.array(corners, float), (540, 1000))
    found = find_outline(photograph)
    assert found is not None
    assert np.abs(found - corners).max() < 6
    sheet = rectify(photograph)
    assert np.median(sheet.grey) == pytest.approx(PAPER, abs=3)
    assert np.abs(sheet.on_page(np.array([[0.0, 0.0]])) - corners[0]).max() < 12


@pytest.mark.parametrize("make", [lined, lambda: lined(700, 1600), lambda: np.full((300, 700), 200, np.uint8)])
def test_where_paper_fills_the_image_there_is_no_outline(make) -> None:  # type: ignore[no-untyped-def]
    assert find_outline(make()) is None


@pytest.mark.parametrize("degrees", [-6.0, -1.5, 0.0, 0.7, 4.0])
def test_tilt_is_told_and_taken_away(degrees: float) -> None:
    from scipy import ndimage

    tilted = ndimage.rotate(lined(500, 1000), -degrees, reshape=False, order=1, cval=PAPER)
    assert estimate_tilt(rectify(lined(500, 1000)).grey[::2, ::2]) == 0
    sheet = rectify(tilted)
    assert abs(estimate_tilt(sheet.grey[::2, ::2])) <= 0.3
    step = np.diff(sheet.on_page(np.array([[300.0, 200.0], [500.0, 200.0]])), axis=0)[0]
    assert np.rad2deg(np.arctan2(step[1], step[0])) == pytest.approx(degrees, abs=0.3)


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (30, 30), (5000, 100)])
def test_what_cannot_be_a_document_is_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(InputError, match="cannot show a whole cheque"):
        rectify(np.full(shape, 255, np.uint8))


@pytest.mark.parametrize(
    "make", [lambda: np.zeros((300, 700), np.uint8), lambda: _noise((400, 400)), lambda: _noise((60, 700))]
)
def test_whatever_else_comes_back_as_a_sheet(make) -> None:  # type: ignore[no-untyped-def]
    assert rectify(make()).grey.shape[1] == WIDTH


def _noise(shape: tuple[int, int]) -> np.ndarray:
    return np.random.default_rng(3).integers(0, 256, shape, dtype=np.uint8)


@pytest.mark.parametrize("zoom", [2.0, 3.0, 4.6])
@pytest.mark.parametrize("place", [(0, 0), (-40, 17), (333, 251), (500, 300), (5000, 0)])
def test_a_part_that_is_reduced_is_that_part_of_the_whole(zoom: float, place: tuple[int, int]) -> None:
    grey = np.random.default_rng(0).integers(0, 256, (401, 653)).astype(np.uint8)
    to_page = np.array([[zoom, 0.1, place[0]], [-0.1, zoom, place[1]], [0, 0, 1]])
    whole = resample(grey, to_page @ np.array([[1, 0, -250], [0, 1, -250], [0, 0, 1.0]]), (500, 500), outside=7)
    apart = np.abs(resample(grey, to_page, (30, 50), outside=7).astype(int) - whole[250:280, 250:300])
    assert apart.max() <= 1
