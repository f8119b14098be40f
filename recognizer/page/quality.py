"""What is wrong with the picture of a document, in plain words: reasons to trust a reading less."""

from collections.abc import Mapping

import numpy as np

from recognizer.page.filters import edges_of, quantile, quantile_of
from recognizer.page.inked import Inked
from recognizer.page.line import HEIGHT

_ALL = TOO_DARK, TOO_SMALL, CUT_OFF, BLURRED = "too dark", "too small", "cut off", "blurred"

_DARK_PAPER = 70  # grey level of paper
_LOW_WRITING = 11  # px of the page: digits of so few rows have lost their shapes
_RIM = 2.0  # px
_USUAL = 40.0  # px that writing is high where its edges are looked at
_SHARP = 0.12  # of the depth of strokes, for each px where the writing is 40 px high: what edges of sharp writing reach


def flaws_of(page_shape: tuple[int, int], window: np.ndarray, box: np.ndarray) -> tuple[str, ...]:
    """The flaws of a page (H, W) as far as they touch a field on it: its ``window`` (h, w) uint8, in which it is 40 px high or less,
    and its ``box`` (4,) left, top, right, foot [px of the page]."""
    rows, columns = page_shape
    left, top, right, foot = box
    cut_off = min(left, top) < _RIM or right > columns - _RIM or foot > rows - _RIM
    return _found(_of_writing(window, foot - top) | {CUT_OFF: cut_off})


def flaws_of_line(source: Inked) -> tuple[str, ...]:
    """The flaws of the picture of one line, which may be cut out closely."""
    height = HEIGHT / source.measured.scale  # of the writing [px of the field]
    window = _resized(source.field.grey, _USUAL / height)
    return _found(_of_writing(window, height * source.field.factor))


def _found(flaws: Mapping[str, bool]) -> tuple[str, ...]:
    return tuple(flaw for flaw in _ALL if flaws.get(flaw))


def _of_writing(window: np.ndarray, height: float) -> dict[str, bool]:
    """What ails writing ``height`` px high on the page; in its ``window`` (h, w) uint8 it is 40 px high or less."""
    return {
        TOO_DARK: quantile_of(window, 0.5) < _DARK_PAPER,
        TOO_SMALL: height < _LOW_WRITING,
        BLURRED: sharpness(window) < _SHARP,
    }


def _resized(grey: np.ndarray, factor: float) -> np.ndarray:
    from PIL import Image

    size = max(4, round(grey.shape[1] * factor)), max(4, round(grey.shape[0] * factor))
    return np.asarray(Image.fromarray(grey).resize(size))


def sharpness(window: np.ndarray) -> float:
    """The steepest edges of the writing of a window (h, w) uint8, as a share of the depth of its strokes for each px."""
    means, slopes = edges_of(window)
    depth = quantile(means, 0.5) - quantile(means, 0.01)
    return quantile(slopes, 0.98) / max(depth, 1.0)
