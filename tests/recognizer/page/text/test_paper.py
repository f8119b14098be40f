"""Where the paper lies on photographs that we make."""

import numpy as np
import pytest

from recognizer.page.text.paper import paper_on, reduction, within_sides

SHAPE = (1500, 1101)
RIGHT = 960  # px: where the paper ends


def photograph(turned: float) -> tuple[np.ndarray, np.ndarray]:
    """A sheet (H, W) uint8 whose right side leans by ``turned`` [px a px], on a table that shines as bright as it along a third of
    that side; and where the table is."""
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]]
    table = x > RIGHT + turned * (y - SHAPE[0] / 2)
    grain = 6 * np.sin(0.9 * y + 0.05 * x)
    shine = np.clip((y - 500) / 500, 0, 1)
    grey = np.where(table, 130 + 90 * shine + grain, 222 - 0.02 * x)
    for row in range(100, 1400, 60):
        grey[row : row + 3, 80:800] = 60  # what is written
    return np.round(grey).astype(np.uint8), table


def sides_of(grey: np.ndarray) -> np.ndarray:
    """What is within the sides where nothing else was known of the paper."""
    factor = reduction(grey.shape)
    return within_sides(np.ones((-(-grey.shape[0] // factor), -(-grey.shape[1] // factor)), bool), grey)


@pytest.mark.parametrize("turned", [-0.08, 0.0, 0.05])
def test_a_table_is_beyond_a_straight_side_of_the_paper_where_it_shines_too(turned: float) -> None:
    grey, table = photograph(turned)
    factor = reduction(grey.shape)
    within = np.kron(sides_of(grey), np.ones((factor, factor), bool))[: SHAPE[0], : SHAPE[1]]
    assert within[table].mean() < 0.1
    assert within[~table].mean() > 0.97


@pytest.mark.parametrize("turns", range(4))
def test_all_four_sides_are_alike(turns: int) -> None:
    grey, _ = photograph(0.05)
    np.testing.assert_array_equal(sides_of(np.rot90(grey, turns)), np.rot90(sides_of(grey), turns))


def test_a_page_without_a_table_is_paper_up_to_its_edges() -> None:
    grey, _ = photograph(0.0)
    scanned = grey[:, : RIGHT - 20]
    assert sides_of(scanned).all()
    assert paper_on(scanned).all()


def test_a_shadow_that_begins_slowly_is_no_side() -> None:
    x = np.arange(SHAPE[1])
    shade = 1 - 0.5 / (1 + np.exp(-(x - 950) / 60))
    assert sides_of(np.tile(np.round(220 * shade), (SHAPE[0], 1)).astype(np.uint8)).all()


@pytest.mark.parametrize("shape", [(1, 1), (3, 2000), (2000, 3), (30, 30)])
def test_images_of_any_shape_are_answered(shape: tuple[int, int]) -> None:
    assert sides_of(np.full(shape, 200, np.uint8)).all()


def test_the_mere_rim_of_paper_that_was_found_is_left() -> None:
    grey, table = photograph(0.0)
    factor = reduction(grey.shape)
    known = ~table[::factor, ::factor]
    np.testing.assert_array_equal(within_sides(known, grey), known)


def book(fold: int, width: float = 7.0) -> np.ndarray:
    """A page (H, W) uint8 whose left side leads into the fold of a book, in shade for so many px."""
    x = np.arange(SHAPE[1])
    grey = np.tile(225 * (1 - 0.4 * np.exp(-np.abs(x - fold) / width)), (SHAPE[0], 1))
    for row in range(100, 1400, 60):
        grey[row : row + 3, 150:900] = 60
    return np.round(grey).astype(np.uint8)


@pytest.mark.parametrize("turns", range(4))
def test_what_is_in_the_fold_of_a_book_and_beyond_is_no_page(turns: int) -> None:
    factor = reduction(SHAPE)
    within = np.rot90(sides_of(np.rot90(book(60), turns)), -turns)
    assert not within[:, : 70 // factor].any()
    assert within[:, 100 // factor :].all()


def test_an_open_book_is_left_whole_and_so_is_a_page_with_a_margin_or_a_frame() -> None:
    assert sides_of(book(500)).all()
    page = np.full(SHAPE, 225, np.uint8)
    page[:, 80:83] = 120  # a margin
    page[40:1460, 40:49] = page[40:1460, 1040:1049] = 50  # a frame drawn with a felt tip
    assert sides_of(page).all()
