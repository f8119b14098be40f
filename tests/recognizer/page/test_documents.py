import numpy as np
import pytest

from recognizer.page.documents import documents_on


def _sheet(bed: int, *cheques: tuple[int, int, int, int], paper: int = 200) -> np.ndarray:
    """Cheques (top, left, height, width) with a line of writing each, on a bed."""
    grey = np.full((900, 1000), bed, np.uint8)
    for number, (top, left, height, width) in enumerate(cheques):
        grey[top : top + height, left : left + width] = paper
        grey[top + 40 : top + 50, left + 30 : left + 200 + 10 * number] = 20
    return grey


@pytest.mark.parametrize("bed", [255, 30])
def test_each_cheque_on_a_sheet_is_a_page(bed: int) -> None:
    found = documents_on(_sheet(bed, (40, 60, 250, 600), (400, 200, 300, 700)))
    assert len(found) == 2
    for page, (height, width), number in zip(found, [(250, 600), (300, 700)], range(2), strict=True):
        assert height <= page.shape[0] <= 1.2 * height
        assert width <= page.shape[1] <= 1.1 * width
        assert (page == 20).sum() == 10 * (170 + 10 * number)  # all of its own writing, and no other


def test_one_cheque_or_none_is_all_of_the_page() -> None:
    for sheet in (_sheet(255, (40, 60, 250, 600)), _sheet(255), _sheet(200, (40, 60, 250, 600), paper=200)):
        (page,) = documents_on(sheet)
        assert page is sheet


def test_boxes_that_are_no_cheques_part_nothing() -> None:
    """High ones, small ones, and what is no filled rectangle."""
    sheet = _sheet(255, (40, 60, 300, 200), (500, 60, 300, 200), (40, 600, 40, 100))
    assert len(documents_on(sheet)) == 1
    y, x = np.mgrid[:900, :1000]
    triangles = np.where((y % 450 < 300) & (x > 200) & (x < 200 + 2 * (y % 450)), 100, 255).astype(np.uint8)
    assert len(documents_on(triangles)) == 1
