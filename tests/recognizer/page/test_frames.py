"""Frames of a line on a page: its ink shared out from left to right, whatever the scan."""

import numpy as np
import pytest

from recognizer.errors import NothingToRead
from recognizer.frames import STRIDE, WINDOW
from recognizer.page import Page, frames_of_page
from recognizer.page.frames import CHANNELS, picture_of
from recognizer.page.line import ROWS
from tests.recognizer.writing import write


def test_frames_stand_side_by_side_and_hold_the_picture() -> None:
    segments = frames_of_page(Page(write("4752")))
    count = len(segments)
    assert segments.picture.shape == (CHANNELS, ROWS, STRIDE * count)
    assert len(segments.cuts) == count + 1
    assert (np.diff(segments.cuts) > 0).all()
    assert segments.first.tolist() == list(range(count))
    assert segments.last.tolist() == list(range(1, count + 1))
    middles = segments.images[:, :, :, WINDOW // 2 - 1 : WINDOW // 2 + 1]
    np.testing.assert_array_equal(np.concatenate(list(middles), 2), segments.picture)


def test_every_pixel_of_ink_lies_in_the_frame_between_its_cuts() -> None:
    grey = write("4752")
    segments = frames_of_page(Page(grey))
    assert segments.piece_map.shape == grey.shape
    ink = segments.piece_map >= 0
    assert ink[grey < 100].mean() > 0.95
    assert not ink[grey > 230].any()
    rows, columns = np.nonzero(ink)
    frames = segments.piece_map[rows, columns]
    left, top, right, foot = segments.boxes[frames].T
    assert ((columns + 0.5 >= left - 0.01) & (columns + 0.5 <= right + 0.01)).all()
    assert ((rows >= top) & (rows < foot)).mean() > 0.95


@pytest.mark.parametrize(("paper", "ink"), [(255, 0), (200, 60), (140, 30)])
def test_brightness_and_contrast_do_not_matter(paper: int, ink: int) -> None:
    usual, other = picture_of(write("472")), picture_of(write("472", paper=paper, ink=ink))
    assert usual.shape == other.shape
    assert np.abs(usual - other).mean() < 0.02


@pytest.mark.parametrize("scale", [2, 3])
def test_an_enlarged_scan_gives_nearly_the_same_picture(scale: int) -> None:
    grey = write("4752", 30)
    usual, enlarged = picture_of(grey), picture_of(grey.repeat(scale, 0).repeat(scale, 1))
    width = min(usual.shape[2], enlarged.shape[2])
    assert abs(usual.shape[2] - enlarged.shape[2]) <= 6
    assert np.abs(usual[:, :, :width] - enlarged[:, :, :width]).mean() < 0.1


def test_the_picture_of_a_page_is_that_of_its_frames() -> None:
    grey = write("4752")
    np.testing.assert_array_equal(picture_of(grey), frames_of_page(Page(grey)).picture)


def test_blank_paper_is_nothing_to_read() -> None:
    with pytest.raises(NothingToRead):
        frames_of_page(Page(np.full((50, 120), 230, np.uint8)))
