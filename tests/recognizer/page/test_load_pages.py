"""Files of several pages, and pages of several documents."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from recognizer.page import each_page, load_pages


def test_pages_come_one_after_the_other_and_are_those_that_are_loaded_at_once(tmp_path: Path) -> None:
    pictures = [Image.fromarray(np.full((30, 40 + k), 50 * k, np.uint8)) for k in range(4)]
    path = tmp_path / "pages.tiff"
    pictures[0].save(path, save_all=True, append_images=pictures[1:])
    done: list[tuple[int, int]] = []
    pages = each_page(path, lambda *told: done.append(told))
    first = next(pages)
    assert done == [(1, 4)]  # the others are not decoded yet
    for one, other in zip([first, *pages], load_pages(path), strict=True):
        np.testing.assert_array_equal(one.grey, other.grey)
    assert done == [(k, 4) for k in range(1, 5)]


def test_two_cheques_on_a_sheet_are_two_pages(tmp_path: Path) -> None:
    sheet = np.full((400, 400), 255, np.uint8)
    sheet[20:150, 30:350] = 180
    sheet[200:340, 30:370] = 170
    told: list[tuple[int, int]] = []
    path = tmp_path / "sheet.png"
    Image.fromarray(sheet).save(path, dpi=(200, 200))
    pages = load_pages(path, lambda *count: told.append(count))
    assert [int(np.median(page.grey)) for page in pages] == [180, 170]
    assert [page.dpi for page in pages] == [pytest.approx(200, abs=0.1)] * 2
    assert told == [(1, 2), (2, 2)]
    assert [page.cheque for page in pages] == [page.turned(1).cheque for page in pages] == [(1, 2), (2, 2)]
