"""Frames of a line, pen ink's and a page's: what a space displacement network answers for every few columns of a line."""

import numpy as np

STRIDE = 2  # columns of a frame
WINDOW = 24  # columns of what a frame shows


def frame_windows(picture: np.ndarray) -> np.ndarray:
    """What each frame of a line's picture (channels, rows, W) shows: (W // STRIDE, channels, rows, WINDOW), paper beyond its ends."""
    padded = np.pad(picture, ((0, 0), (0, 0), (WINDOW // 2 - 1, WINDOW // 2)))
    count = picture.shape[2] // STRIDE
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW, axis=2)[:, :, : count * STRIDE : STRIDE]
    return windows.transpose(2, 0, 1, 3)


def collapsed(frames: np.ndarray, blank: int) -> list[int]:
    """What frames (T,) of best classes say: neighbouring frames of one class are one symbol, blanks none."""
    starts = np.flatnonzero(np.diff(frames, prepend=-1))
    return [int(symbol) for symbol in frames[starts] if symbol != blank]
