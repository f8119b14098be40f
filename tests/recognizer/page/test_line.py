import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.errors import NothingToRead
from recognizer.page.line import HEIGHT, ROWS, TOP, estimate_slant, measured
from recognizer.page.separate import InkMap, separate_ink
from tests.recognizer.writing import write


def _ink(mask: np.ndarray) -> InkMap:
    return InkMap(mask.astype(np.float32), mask)


def _upright(mask: np.ndarray, shear: float) -> np.ndarray:
    """The mask sheared to the right by ``shear`` px for each row up."""
    rows, columns = mask.shape
    room = round(abs(shear) * rows) + 1
    slanted = np.zeros((rows, columns + 2 * room), bool)
    ys, xs = np.nonzero(mask)
    slanted[ys, np.round(xs + room + shear * (rows / 2 - ys)).astype(int)] = True
    return slanted


@pytest.mark.parametrize("height", [12, 22, 40, 90])
def test_writing_of_any_height_fills_the_same_rows(height: int) -> None:
    line = measured(separate_ink(write("4752", height, max(1.5, height / 12)), height)).line()
    assert line.darkness.shape == line.mask.shape
    assert line.darkness.shape[0] == ROWS
    rows = np.flatnonzero(line.mask.any(1))
    assert abs(rows[0] - TOP) <= 1
    assert abs(rows[-1] - (TOP + HEIGHT - 1)) <= 2
    assert 0 <= line.darkness.min() <= line.darkness.max() <= 1


@pytest.mark.parametrize("scale", [2, 3])
def test_an_enlarged_scan_gives_nearly_the_same_line(scale: int) -> None:
    grey = write("4752", 30)
    enlarged = grey.repeat(scale, 0).repeat(scale, 1)
    lines = [measured(separate_ink(grey, 30)).line(), measured(separate_ink(enlarged, 30 * scale)).line()]
    assert abs(lines[0].mask.shape[1] - lines[1].mask.shape[1]) <= 6
    above = [np.cumsum(line.mask.sum(1)) / line.mask.sum() for line in lines]
    assert np.abs(above[0] - above[1]).sum() < 0.8  # rows that the ink has moved, on average


@given(st.integers(0, 25), st.integers(0, 40))
@settings(max_examples=15)
def test_where_the_line_stands_does_not_matter(down: int, right: int) -> None:
    mask = separate_ink(write("472"), 40).mask
    moved = np.pad(mask, ((down, 3), (right, 7)))
    first, second = measured(_ink(mask)).line(), measured(_ink(moved)).line()
    np.testing.assert_array_equal(first.mask, second.mask)
    assert (second.top, second.left) == (first.top + down, first.left + right)


@pytest.mark.parametrize("slant", [-0.2, 0.0, 0.2, 0.5, 0.8])
def test_slant_is_found(slant: float) -> None:
    mask = np.zeros((60, 200), bool)
    for left in (20, 60, 95, 140):
        mask[:, left : left + 4] = True
        mask[10:14, left : left + 20] = True
    assert estimate_slant(_upright(mask, slant)) == pytest.approx(slant, abs=0.11)


def test_slanted_writing_is_set_upright() -> None:
    mask = np.zeros((60, 120), bool)
    mask[:, 30:34] = mask[:, 80:84] = True
    line = measured(_ink(_upright(mask, 0.5))).line()
    crowded = line.mask[TOP + 1 : TOP + HEIGHT - 2].sum(0)
    assert (crowded > 0).sum() <= 10


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=25)
def test_places_on_the_line_and_on_the_page_agree(seed: int) -> None:
    """Ink of the page is seen on the line where ``place_of`` says, and ``page_x`` leads back to it."""
    generator = np.random.default_rng(seed)
    mask = np.zeros((50, 160), bool)
    mask[5:45, 20:23] = mask[5:45, 130:133] = True
    y, x = int(generator.integers(8, 38)), int(generator.integers(40, 115))
    mask[y : y + 4, x : x + 4] = True
    slanted = _upright(mask, generator.uniform(-0.2, 0.6))
    line = measured(_ink(slanted)).line()
    rows, columns = (np.floor(place).astype(int) for place in line.place_of(slanted.shape))
    seen = line.darkness[np.clip(rows, 0, ROWS - 1), np.clip(columns, 0, line.darkness.shape[1] - 1)]
    assert seen[slanted].mean() > 0.5
    assert seen[~slanted].mean() < 0.15
    middle = round(line.middle)
    back = line.page_x(line.place_of(slanted.shape)[1][middle])
    assert back == pytest.approx(
        np.arange(slanted.shape[1]) + 0.5 + line.slant * (middle + 0.5 - line.middle), abs=0.01
    )


def test_no_ink_is_nothing_to_read() -> None:
    with pytest.raises(NothingToRead, match="no writing"):
        measured(_ink(np.zeros((5, 8), bool))).line()


@pytest.mark.parametrize("shape", [(1, 1), (1, 30), (30, 1), (2, 2)])
def test_the_smallest_ink_has_a_line(shape: tuple[int, int]) -> None:
    line = measured(_ink(np.ones(shape, bool))).line()
    assert line.darkness.shape[0] == ROWS
    assert np.isfinite(line.darkness).all()
