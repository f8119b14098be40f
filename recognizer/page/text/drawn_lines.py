"""Lines drawn by hand with the pen that wrote: frames, and what parts one thing from another. No stroke of a letter is so long."""

import numpy as np

from recognizer.kernels import kernel
from recognizer.page.patches import connected_with
from recognizer.page.running import spread

# Core heights that they are long at least: letters of two lines that touch are shorter, and so are joined feet.
_DOWN, _ACROSS = 6.0, 9.0
_GOES_ON = 0.4  # share of that from which on what goes on straight is of the line, too
_SLOPES = np.linspace(-0.12, 0.12, 13)  # by which they lean
_GAP = 4  # px of a line that may be missing
_RIM = 5  # px across a stroke that straight lines within it leave at its rim


def drawn_lines(ink: np.ndarray, boxes: np.ndarray, core: float) -> np.ndarray:
    """(H, W) bool: what of the ``ink`` (H, W) bool of a page, with patches in ``boxes`` (n, 4), is of drawn lines, where small letters
    are ``core`` px high."""
    left, top, right, foot = boxes.T
    found = np.zeros(ink.shape, bool)
    if ((foot - top) >= _DOWN * core).any():
        found |= _long(ink, _DOWN * core)
    if ((right - left) >= _ACROSS * core).any():
        found |= _long(ink.T, _ACROSS * core).T
    return ink & spread(found, _RIM) if found.any() else found


def _long(ink: np.ndarray, least: float) -> np.ndarray:
    """(H, W) bool: what is in a straight line down that is ``least`` px long, and where that goes on."""
    lengths = _straight_down(np.ascontiguousarray(ink), _SLOPES, _GAP)
    long = lengths >= least
    return connected_with(ink & (lengths >= _GOES_ON * least), long).numbers > 0 if long.any() else long


@kernel
def _straight_down(ink: np.ndarray, slopes: np.ndarray, gap: int) -> np.ndarray:
    """(H, W) int32: how long the longest straight line down through each pixel of ink is, of these slopes [px]."""
    height, width = ink.shape
    longest = np.zeros(ink.shape, np.int32)
    for slope in slopes:
        drift = int(np.ceil(abs(slope) * height))
        for column in range(-drift, width + drift):
            start = last = -1
            for row in range(height + gap + 1):
                x = int(np.round(column + slope * row))
                if row < height and 0 <= x < width and ink[row, x]:
                    start, last = (row if start < 0 else start), row
                elif start >= 0 and row - last > gap:
                    length = last + 1 - start
                    for y in range(start, last + 1):
                        x = int(np.round(column + slope * y))
                        longest[y, x] = max(longest[y, x], length)
                    start = -1
    return longest
