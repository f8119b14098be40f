"""What is wrong with the picture of a document, in plain words: reasons to trust a reading less."""

import numpy as np
from scipy import ndimage

TOO_DARK, TOO_SMALL, CUT_OFF, BLURRED = "too dark", "too small", "cut off", "blurred"

_DARK_PAPER = 70  # grey level of paper
_LOW_WRITING = 11  # px of the page: digits of so few rows have lost their shapes
_RIM = 2.0  # px
_SHARP = 0.12  # of the depth of strokes, for each px where the writing is 40 px high: what edges of sharp writing reach


def flaws_of(page_shape: tuple[int, int], window: np.ndarray, box: np.ndarray) -> tuple[str, ...]:
    """The flaws of a page (H, W) as far as they touch a field on it: its ``window`` (h, w) uint8, in which it is 40 px high or less,
    and its ``box`` (4,) left, top, right, foot [px of the page]."""
    paper = float(np.median(window))
    rows, columns = page_shape
    left, top, right, foot = box
    found = {
        TOO_DARK: paper < _DARK_PAPER,
        TOO_SMALL: foot - top < _LOW_WRITING,
        CUT_OFF: min(left, top) < _RIM or right > columns - _RIM or foot > rows - _RIM,
        BLURRED: sharpness(window) < _SHARP,
    }
    return tuple(flaw for flaw, there in found.items() if there)


def sharpness(window: np.ndarray) -> float:
    """The steepest edges of the writing of a window (h, w) uint8, as a share of the depth of its strokes for each px."""
    grey = ndimage.uniform_filter(window.astype(np.float32), 2)
    depth = float(np.median(grey) - np.quantile(grey, 0.01))
    slope = np.hypot(ndimage.sobel(grey, 0), ndimage.sobel(grey, 1)) / 8
    return float(np.quantile(slope, 0.98)) / max(depth, 1.0)
