"""Frames of a line."""

from itertools import groupby

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recognizer.frames import STRIDE, WINDOW, collapsed, frame_windows


@given(st.lists(st.integers(0, 3)), st.integers(0, 3))
def test_frames_say_each_symbol_once_and_no_blanks(frames: list[int], blank: int) -> None:
    assert collapsed(np.array(frames, np.int64), blank) == [k for k, _ in groupby(frames) if k != blank]


@given(st.integers(1, 40))
def test_a_window_shows_the_columns_about_its_frame(width: int) -> None:
    picture = np.arange(1, width + 1, dtype=np.float32)[None, None]
    windows = frame_windows(picture)
    assert windows.shape == (width // STRIDE, 1, 1, WINDOW)
    for frame, window in enumerate(windows[:, 0, 0]):
        columns = frame * STRIDE - (WINDOW // 2 - 1) + np.arange(WINDOW)
        inside = (columns >= 0) & (columns < width)
        assert window.tolist() == np.where(inside, columns + 1, 0).tolist()
