"""A line of writing brought to one height and set upright, whatever its scan (1998 paper, III-E and X)."""

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from recognizer.errors import Blank
from recognizer.kernels import kernel
from recognizer.page.filters import blurred, mapped
from recognizer.page.projection import pronounced
from recognizer.page.separate import InkMap

HEIGHT = 22  # rows of a normalised line from the top of the writing to its foot
ROWS = 32  # rows of its image: five more above and below for what reaches out
TOP = (ROWS - HEIGHT) // 2  # row of the top of the writing
_SHEARS = np.linspace(-0.3, 0.9, 13)  # slants tried: displacement to the right for each row up
_TURNS = np.stack([np.ones(len(_SHEARS)), _SHEARS], 1)
_HALF = 0.4  # share of a pixel of the line that is ink of the page where it counts as ink
_OUTLIERS = 0.015  # share of ink that may reach above the top, and as much below the foot


Coordinate = TypeVar("Coordinate", float, np.ndarray)


@dataclass(frozen=True)
class NormalisedLine:
    """A normalised line: ``darkness`` (ROWS, W) float32 and ``mask`` (ROWS, W) bool, as in InkMap.

    Row r and column c, counted from the edges of pixels on the line as on the page, lie at y = top + (r - TOP) / scale,
    x = left + c / (scale * stretch) - slant (y - middle) [px of the page].
    """

    darkness: np.ndarray
    mask: np.ndarray
    top: float
    left: float
    middle: float
    scale: float  # rows for each px
    slant: float
    stretch: float  # columns for each row of the same length on the page

    def page_x(self, columns: np.ndarray) -> np.ndarray:
        """Where columns cross the middle of the line [px of the page]."""
        return (self.left + columns / (self.scale * self.stretch)).astype(np.float32)

    def place_on_page(self, rows: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """x and y on the page of places on the line."""
        y = self.top + (rows - TOP) / self.scale
        return self.left + columns / (self.scale * self.stretch) - self.slant * (y - self.middle), y

    def place_of(self, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
        """Row and column of the line where the middle of every pixel of a page of ``shape`` lies; maybe outside its image."""
        y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32) + 0.5
        return self.place_at(y, x)

    def place_at(self, y: Coordinate, x: Coordinate) -> tuple[Coordinate, Coordinate]:
        """Row and column of places of the page; maybe outside the image of the line."""
        rows = (y - self.top) * self.scale + TOP
        return rows, (x - self.left + self.slant * (y - self.middle)) * self.scale * self.stretch

    def seen(self, image: np.ndarray) -> np.ndarray:
        """``image``, of the page's shape, at the pixels of the line, float32, 0 beyond it; blurred first where it shrinks."""
        return self.seen_softly(softened(image, self.scale))

    def seen_softly(self, image: np.ndarray) -> np.ndarray:
        """The same of an image float32 that was `softened`."""
        # Middles of pixels to middles of pixels, as one affine map of (r, c).
        down, across = 1 / self.scale, 1 / (self.scale * self.stretch)
        y = self.top + (0.5 - TOP) * down
        x = self.left + 0.5 * across - self.slant * (y - self.middle)
        found: np.ndarray = mapped(image, *self.darkness.shape, y - 0.5, x - 0.5, down, -self.slant * down, across)
        return found


def softened(image: np.ndarray, scale: float) -> np.ndarray:
    """An image as float32, blurred where it is to be ``scale`` times as large, and that is less."""
    image = image.astype(np.float32)
    return blurred(image, 0.4 / scale) if scale < 0.8 else image


@dataclass(frozen=True)
class MeasuredInk:
    """What is the same of a line however wide it is drawn: ``darkness`` and ``mask`` (H, W) float32 as `softened`, and where on the page
    the writing is [px], its slant removed."""

    darkness: np.ndarray
    mask: np.ndarray
    top: float
    foot: float
    left: float
    right: float
    scale: float  # rows of the line for each px
    slant: float

    def line(self, stretch: float = 1.0) -> NormalisedLine:
        """The line, ``stretch`` times as wide as it is."""
        empty = np.empty((ROWS, int(np.ceil((self.right - self.left) * self.scale * stretch))), np.float32)
        middle = (self.top + self.foot) / 2
        line = NormalisedLine(empty, empty > 0, self.top, self.left, middle, self.scale, self.slant, stretch)
        darkness = np.clip(line.seen_softly(self.darkness), 0, 1)
        return replace(line, darkness=darkness, mask=line.seen_softly(self.mask) > _HALF)


def measured(ink: InkMap) -> MeasuredInk:
    """The line of writing that ``ink`` holds; raises Blank where there is none."""
    if not ink.mask.any():
        raise Blank("There is no writing here: nothing is left when the paper and its print are taken away.")
    slant = estimate_slant(ink.mask)
    top, foot, left, right = _extents(ink.mask, slant)
    scale = HEIGHT / max(foot - top, 4.0)
    darkness, mask = softened(ink.darkness, scale), softened(ink.mask, scale)
    return MeasuredInk(darkness, mask, top, foot, left, right, scale, slant)


@kernel
def _extents(mask: np.ndarray, slant: float) -> tuple[float, float, float, float]:
    """Top and foot of the writing of a mask (H, W) bool, and where it begins and ends once its slant is removed, with a little paper."""
    rows = np.zeros(len(mask), np.int64)
    for row in range(len(mask)):
        for is_ink in mask[row]:
            rows[row] += is_ink
    rows = np.cumsum(rows)
    top, foot = 0, 0
    while rows[top] < rows[-1] * _OUTLIERS:
        top += 1
    while rows[foot] < rows[-1] * (1 - _OUTLIERS):
        foot += 1
    left, right = np.inf, -np.inf
    for row in range(len(mask)):
        moved = slant * (row + 0.5 - (top + foot + 1) / 2)
        for column in range(mask.shape[1]):
            if mask[row, column]:
                left, right = min(left, column + moved), max(right, column + moved)
    return float(top), foot + 1.0, left - 2, right + 3


@kernel
def estimate_slant(mask: np.ndarray) -> float:
    """The shear (displacement to the right for each row up) whose removal makes columns of ink most pronounced."""
    ys, xs = np.nonzero(mask)
    # A mild preference for upright: a string with no long strokes says nothing of its slant.
    steep = pronounced(xs, ys.mean() - ys, _TURNS) * (1 - 0.1 * np.abs(_SHEARS - 0.1))
    slant: float = _SHEARS[np.argmax(steep)]
    return slant
