"""What is drawn by hand around writing goes, and the writing stays."""

from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw

from recognizer.page import Page
from recognizer.page.patches import connected
from recognizer.page.text.drawn_lines import drawn_lines

CORE = 28


def waves(rows: range) -> Image.Image:
    """Joined small letters along some rows, with an ascender on each word."""
    page = Image.new("L", (900, 560), 240)
    turn = np.arange(0, 30, 0.1)
    for row in rows:
        for left in (120, 330, 540):
            x, y = left + 5 * turn + 6 * np.cos(turn), row - CORE / 2 * np.sin(turn)
            ImageDraw.Draw(page).line(np.stack([x, y], 1).ravel().tolist(), fill=40, width=4)
            ImageDraw.Draw(page).line((left + 80, row + CORE / 2, left + 92, row - 1.5 * CORE), fill=40, width=4)
    return page


def by_hand(page: Image.Image, corners: list[tuple[float, float]], width: int = 5) -> Image.Image:
    """The same page with lines from corner to corner that waver as a hand does."""
    generator, drawn = np.random.default_rng(2), page.copy()
    for one, other in pairwise(corners):
        along = np.linspace(0, 1, 60)[:, None]
        tremor = np.interp(along, np.linspace(0, 1, 16), generator.normal(0, 1.5, 16))
        points = np.array(one) + along * (np.array(other) - np.array(one)) + tremor
        ImageDraw.Draw(drawn).line(points.ravel().tolist(), fill=40, width=width)
    return drawn


def taken_from(page: Image.Image) -> np.ndarray:
    ink = np.asarray(page) < 128
    return drawn_lines(ink, connected(ink).boxes, CORE)


FRAME = [(70.0, 60.0), (800.0, 70.0), (790.0, 480.0), (75.0, 470.0), (70.0, 60.0)]


def test_of_a_frame_little_is_left_and_of_what_is_in_it_all() -> None:
    plain = waves(range(150, 500, 90))
    framed = by_hand(plain, FRAME)
    writing = np.asarray(plain) < 128
    frame = (np.asarray(framed) < 128) & ~writing
    found = taken_from(framed)
    assert found[frame].mean() > 0.9
    assert not found[writing].any()


def test_a_word_that_a_line_goes_through_stays_but_for_the_crossing() -> None:
    plain = waves(range(150, 500, 90))
    found = taken_from(by_hand(plain, [(170.0, 40.0), (195.0, 520.0)]))
    assert 0 < found[np.asarray(plain) < 128].mean() < 0.05


def test_writing_has_no_drawn_lines() -> None:
    assert not taken_from(waves(range(150, 500, 90))).any()
    touching = waves(range(150, 500, 45))  # ascenders reach into the line above
    assert not taken_from(touching).any()


def test_a_frame_changes_no_line() -> None:
    plain = waves(range(150, 500, 90))
    without, within = (Page(np.asarray(page)).text.lines for page in (plain, by_hand(plain, FRAME, 9)))
    assert [line.box for line in within] == [line.box for line in without]
