import numpy as np
from PIL import Image, ImageDraw, ImageFont

from recognizer.page import Page


def written(lines: int, pitch: int = 90) -> np.ndarray:
    """A page with this many lines of waves, as small letters that are joined are."""
    page = Image.new("L", (900, lines * pitch + 120), 240)
    turn = np.arange(0, 150, 0.1)
    for line in range(lines):
        x, y = 60 + 5 * turn + 6 * np.cos(turn), 100 + line * pitch - 14 * np.sin(turn)
        ImageDraw.Draw(page).line(np.stack([x, y], 1).ravel().tolist(), fill=40, width=4)
    return np.asarray(page)


def test_lines_are_found_in_the_order_of_reading_with_their_pixels() -> None:
    page = Page(written(4))
    found = page.text
    assert len(found.lines) == 4
    assert not found.blank
    tops = [line.box[1] for line in found.lines]
    assert tops == sorted(tops)
    for line in found.lines:
        left, top, right, foot = line.box
        assert line.mask.shape == (foot - top, right - left)
        ink = page.grey[top:foot, left:right] < 128
        assert (line.mask & ink).sum() > 0.98 * ink.sum()
        assert np.all(np.diff(line.base_line[:, 0]) > 0)
        assert top <= line.base_line[:, 1].mean() <= foot + 5


def test_a_sheet_of_paper_is_blank() -> None:
    assert Page(np.full((600, 400), 230, np.uint8)).text.blank


def on_table(page: np.ndarray, turn: float = 0.0) -> np.ndarray:
    """A sheet of paper on a dark table, photographed."""
    sheet = Image.fromarray(page)
    table = Image.new("L", (page.shape[1] + 300, page.shape[0] + 300), 60)
    shown = Image.new("L", sheet.size, 255).rotate(turn, expand=True)
    table.paste(sheet.rotate(turn, expand=True, resample=Image.Resampling.BILINEAR), (120, 120), shown)
    return np.asarray(table)


def test_the_rim_of_a_sheet_on_a_table_is_no_writing() -> None:
    for turn in (0, 3, -5):
        assert len(Page(on_table(written(4), turn)).text.lines) == 4


def test_what_is_left_of_a_table_at_the_edge_of_an_image_is_no_writing() -> None:
    page = written(4).copy()
    page[330:380, -9:] = page[200:214, :30] = 60
    assert len(Page(page).text.lines) == 4


def test_writing_down_to_the_rim_of_a_sheet_stays() -> None:
    foot = 100 + 3 * 90 + 14
    found = Page(on_table(written(4)[: foot + 26])).text.lines
    assert len(found) == 4
    assert np.ptp(found[-1].box[::2]) > 0.95 * np.ptp(found[0].box[::2])


def test_a_finger_that_holds_the_sheet_is_no_writing() -> None:
    page = Image.fromarray(on_table(written(4)))
    ImageDraw.Draw(page).rounded_rectangle((-60, 300, 175, 400), 50, fill=130)  # 55 px of it on the paper
    ImageDraw.Draw(page).ellipse((125, 325, 168, 375), fill=165)  # its nail
    found = Page(np.asarray(page)).text.lines
    assert len(found) == 4
    assert min(line.box[0] for line in found) > 175


def test_print_that_is_fainter_than_the_pen_is_print() -> None:
    page = Image.fromarray(written(4))
    font = ImageFont.load_default(18)
    for row, text in enumerate(("Please return this form to the office", "before the end of the month.")):
        ImageDraw.Draw(page).text((60, 12 + 24 * row), text, fill=105, font=font)
    found = Page(np.asarray(page)).text
    assert len(found.lines) == 4
    assert {region.shows for region in found.regions} == {"print"}


def test_a_line_in_a_flat_hand_stays_one_line() -> None:
    page = Image.fromarray(written(6))
    drawing = ImageDraw.Draw(page)
    drawing.rectangle((0, 330, 900, 410), fill=240)
    turn = np.arange(0, 11, 0.1)
    for left in (60, 370, 680):  # three words of three patches of low letters
        for part in range(3):
            x, y = left + 62 * part + 4.5 * turn + 4 * np.cos(turn), 372 - 7 * np.sin(turn)
            drawing.line(np.stack([x, y], 1).ravel().tolist(), fill=40, width=4)
    assert len(Page(np.asarray(page)).text.lines) == 6


def test_a_clip_that_hangs_in_from_the_head_is_no_writing_and_a_line_that_is_cut_there_is() -> None:
    page = Image.fromarray(written(4)[20:])
    clip = ImageDraw.Draw(page)
    clip.line((700, 0, 700, 100), fill=90, width=5)
    clip.arc((700, 80, 730, 120), 0, 180, fill=90, width=5)
    clip.line((730, 0, 730, 100), fill=90, width=5)
    assert len(Page(np.asarray(page)).text.lines) == 4
    assert len(Page(written(4)[95:]).text.lines) == 4
