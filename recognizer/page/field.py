"""Where on a page the writing is, at the resolution that it is cut at: scans of any size cost about the same."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from recognizer.errors import InputError, NothingToRead
from recognizer.page.separate import separate_ink

MORE_THAN_ONE = "There is more on this image than one amount; cut the amount out of it and open that."

_ROWS = 128  # about so many are enough for one line of writing
_MOST_PIXELS = 2_000_000  # of so few rows: a longer strip is no amount
_SPECK = 5  # pixels at so few rows: less is dirt
_SMALL = 0.4  # share of the rows below which writing is looked at from nearer
_NEARER = 0.5  # margin then left around it, in its own heights
_TALL = 0.2  # share of the rows that a character of a single line reaches at least
_MOSTLY = 0.5  # share of the ink that is in such characters where there is a single line


@dataclass(frozen=True)
class Field:
    """A window of a page, reduced: ``grey`` (H, W) uint8, one pixel for ``factor`` x ``factor`` of the page's."""

    grey: np.ndarray
    left: int  # of the window [px of the page]
    top: int
    factor: int

    def page_x(self, x: np.ndarray) -> np.ndarray:
        """Places across the field on the page; pixels are counted at their middles."""
        return (x * self.factor + ((self.factor - 1) / 2 + self.left)).astype(np.float32)

    def page_y(self, y: np.ndarray) -> np.ndarray:
        """Places down the field on the page."""
        return (y * self.factor + ((self.factor - 1) / 2 + self.top)).astype(np.float32)

    def on_page(self, values: np.ndarray, shape: tuple[int, int], outside: int) -> np.ndarray:
        """An array like ``grey`` at the size ``shape`` of the page, ``outside`` beyond the window."""
        enlarged = np.full(shape, outside, values.dtype)
        window = enlarged[self.top :, self.left :]
        values = values.repeat(self.factor, 0)[: window.shape[0]].repeat(self.factor, 1)[:, : window.shape[1]]
        window[: values.shape[0], : values.shape[1]] = values
        return enlarged


def find_field(grey: np.ndarray) -> Field:
    """The part of a page ``grey`` (H, W) uint8 that the writing stands on.

    An image of few rows is taken as it is. On a higher one writing that is small is cut out, again and again, and what then
    is plainly no single line is refused: raises InputError. Whether there is any writing is for others to say.
    """
    field = _reduced(grey, 0, 0)
    while field.factor > 1:
        patches = _patches(field.grey)
        if not patches:
            break
        top, foot = min(rows.start for rows, _, _ in patches), max(rows.stop for rows, _, _ in patches)
        if foot - top >= _SMALL * len(field.grey):
            _refuse_many_lines(patches, len(field.grey))
            break
        left, right = min(columns.start for _, columns, _ in patches), max(columns.stop for _, columns, _ in patches)
        margin = max(2, round(_NEARER * (foot - top)))
        y0, x0 = (field.factor * max(0, start - margin) for start in (top, left))
        y1, x1 = (field.factor * (stop + margin) for stop in (foot, right))
        y0, y1, x0, x1 = y0 + field.top, y1 + field.top, x0 + field.left, x1 + field.left
        field = _reduced(grey[y0:y1, x0:x1], x0, y0)
    return field


def _reduced(window: np.ndarray, left: int, top: int) -> Field:
    from PIL import Image

    factor = max(1, round(len(window) / _ROWS))
    if window.size > _MOST_PIXELS * factor**2:
        raise InputError(MORE_THAN_ONE)
    if factor == 1:
        return Field(window, left, top, 1)
    return Field(np.asarray(Image.fromarray(window).reduce(factor)), left, top, factor)


def _patches(grey: np.ndarray) -> list[tuple[slice, slice, int]]:
    """Rows, columns and pixels of each connected patch of ink, dirt apart, whether letters of many lines or of one."""
    try:
        mask = separate_ink(grey, len(grey) / 4).mask
    except NothingToRead:
        return []
    components, _ = ndimage.label(mask, np.ones((3, 3)))
    sizes = np.bincount(components.ravel())[1:]
    places = ndimage.find_objects(components)
    return [(*place, int(size)) for place, size in zip(places, sizes, strict=True) if size >= _SPECK]


def _refuse_many_lines(patches: list[tuple[slice, slice, int]], height: int) -> None:
    """Raises InputError where most of the ink is in patches that are low for characters of a line as high as the image."""
    tall = sum(size for rows, _, size in patches if rows.stop - rows.start >= _TALL * height)
    if tall < _MOSTLY * sum(size for _, _, size in patches):
        raise InputError(MORE_THAN_ONE)
