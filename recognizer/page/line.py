"""A line of writing brought to one height and set upright, whatever its scan (1998 paper, III-E and X)."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from recognizer.errors import NothingToRead
from recognizer.page.separate import InkMap

HEIGHT = 22  # rows of a normalised line from the top of the writing to its foot
ROWS = 32  # rows of its image: five of margin above and below for what reaches out
MARGIN = (ROWS - HEIGHT) // 2
_SHEARS = np.linspace(-0.3, 0.9, 13)  # slants tried: displacement to the right for each row up
_OUTLIERS = 0.015  # share of ink that may reach above the top, and as much below the foot


@dataclass(frozen=True)
class Line:
    """A normalised line: ``darkness`` (ROWS, W) float32 and ``mask`` (ROWS, W) bool, as in InkMap.

    Row r and column c lie at y = top + (r - MARGIN) / scale, x = left + c / scale - slant (y - middle) [px of the page].
    """

    darkness: np.ndarray
    mask: np.ndarray
    top: float
    left: float
    middle: float
    scale: float
    slant: float

    def page_x(self, columns: np.ndarray) -> np.ndarray:
        """Where columns cross the middle of the line [px of the page]."""
        return (self.left + columns / self.scale).astype(np.float32)

    def place_on_page(self, rows: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """x and y on the page of pixels of the line."""
        y = self.top + (rows - MARGIN) / self.scale
        return self.left + columns / self.scale - self.slant * (y - self.middle), y

    def place_of(self, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
        """Row and column of the line for every pixel of a page of ``shape``; they may lie outside its image."""
        y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
        rows = (y - self.top) * self.scale + MARGIN
        return rows, (x - self.left + self.slant * (y - self.middle)) * self.scale


def normalise_line(ink: InkMap) -> Line:
    """The line of writing that ``ink`` holds; raises NothingToRead where there is none."""
    rows = np.cumsum(ink.mask.sum(1))
    if rows[-1] == 0:
        raise NothingToRead("There is no writing here: nothing is left when the paper and its print are taken away.")
    top, foot = (float(np.searchsorted(rows, rows[-1] * share)) for share in (_OUTLIERS, 1 - _OUTLIERS))
    height = max(foot - top + 1, 4.0)
    slant = estimate_slant(ink.mask, height)
    middle = (top + foot) / 2
    ys, xs = np.nonzero(ink.mask)
    upright = xs + slant * (ys - middle)
    left, right = upright.min() - 2, upright.max() + 2
    scale = HEIGHT / height
    line = Line(ink.darkness, ink.mask, top, float(left), middle, scale, slant)
    width = int(np.ceil((right - left) * scale)) + 1
    return Line(
        _resample(ink.darkness, line, width), _resample(ink.mask.astype(np.float32), line, width) > 0.4, *_place(line)
    )


def estimate_slant(mask: np.ndarray, height: float) -> float:
    """The shear (displacement to the right for each row up) whose removal makes columns of ink most pronounced."""
    ys, xs = np.nonzero(mask)
    rise = (ys.mean() - ys)[None] * _SHEARS[:, None]
    columns = np.round(xs[None] - rise).astype(int)
    columns -= columns.min()
    width = columns.max() + 1
    counts = np.bincount((columns + width * np.arange(len(_SHEARS))[:, None]).ravel(), minlength=width * len(_SHEARS))
    sharpness = (counts.reshape(len(_SHEARS), width).astype(float) ** 2).sum(1)
    # A mild preference for upright: a string with no long strokes says nothing of its slant.
    return float(_SHEARS[np.argmax(sharpness * (1 - 0.1 * np.abs(_SHEARS - 0.1)))])


def _place(line: Line) -> tuple[float, float, float, float, float]:
    return line.top, line.left, line.middle, line.scale, line.slant


def _resample(image: np.ndarray, line: Line, width: int) -> np.ndarray:
    """``image`` at the rows and columns of the line, blurred first where it shrinks."""
    if line.scale < 0.8:
        image = ndimage.gaussian_filter(image, 0.4 / line.scale)
    # y = top + (r - MARGIN) / scale and x = left + c / scale - slant (y - middle), as one affine map of (r, c).
    step = 1 / line.scale
    matrix = [[step, 0], [-line.slant * step, step]]
    y = line.top - MARGIN * step
    resampled = ndimage.affine_transform(
        image, matrix, (y, line.left - line.slant * (y - line.middle)), (ROWS, width), order=1
    )
    return np.clip(resampled, 0, 1).astype(np.float32)
