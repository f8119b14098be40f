"""Text is told from amounts and cheques by its lines."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from recognizer.page import Page, load_pages
from recognizer.page.kind import shows_text
from recognizer.platform import resources_folder
from tests.recognizer.page.text.test_composed import composed
from tests.recognizer.writing import write


@pytest.mark.parametrize("faults", [(), ("ruled", "tilt"), ("perspective", "shadow"), ("columns",)])
def test_lines_of_handwriting_are_text(faults: tuple[str, ...]) -> None:
    assert shows_text(Page(composed(3, *faults, count=6).grey))


def test_a_wide_photograph_of_many_lines_is_no_cheque() -> None:
    scan = composed(3, count=24)
    rows, columns = np.flatnonzero(scan.lines.any(1)), np.flatnonzero(scan.lines.any(0))
    column = scan.grey[rows[0] - 20 : rows[-1] + 20, columns[0] - 40 : columns[-1] + 40]
    page = Page(np.concatenate([column] * (2 * len(column) // column.shape[1] + 1), 1))
    assert page.grey.shape[1] > 1.85 * page.grey.shape[0]
    assert shows_text(page)


def test_amounts_cheques_and_blank_paper_are_none() -> None:
    samples = resources_folder() / "samples"
    for file in [*samples.glob("amount-*.png"), *samples.glob("cheque-*.jpg")]:
        assert not shows_text(load_pages(file)[0]), file.name
    assert not shows_text(Page(write("1250.40", 40, 4)))
    assert not shows_text(Page(np.full((800, 600), 240, np.uint8)))


def test_a_page_of_print_is_text_that_nobody_wrote() -> None:
    image = Image.new("L", (900, 500), 245)
    for line in range(5):
        text = "All letters of print stand on one level line"
        ImageDraw.Draw(image).text((80, 60 + 60 * line), text, fill=30, font=ImageFont.load_default(34))
    page = Page(np.asarray(image))
    assert shows_text(page)
    assert page.text.lines == ()
    assert {region.shows for region in page.text.regions} == {"print"}
