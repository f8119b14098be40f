"""Where on a page the writing is, at the resolution that it is cut at: scans of any size cost about the same."""

from dataclasses import dataclass

import numpy as np

from recognizer.errors import InputError, NothingToRead
from recognizer.page.patches import connected
from recognizer.page.separate import separate_ink

MORE_THAN_ONE = "There is more on this image than one amount; cut the amount out of it and open that."

_ROWS = 128  # about so many are enough for one line of writing
_MOST_PIXELS = 1_000_000  # of so few rows: a longer strip is no amount
_SPECK = 5  # pixels at so few rows: less is dirt
_CLOSER = 4  # times as many rows are looked at where so few show nothing
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
        """Places across the field on the page; pixel i reaches from i to i + 1."""
        return (x * self.factor + self.left).astype(np.float32)

    def page_y(self, y: np.ndarray) -> np.ndarray:
        """Places down the field on the page."""
        return (y * self.factor + self.top).astype(np.float32)

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
        window = grey[field.top :, field.left :][: field.factor * len(field.grey), : field.factor * field.grey.shape[1]]
        patches = _patches(window, field)
        if not len(patches):
            break
        (top, left), (foot, right) = patches[:, :2].min(0), patches[:, 2:4].max(0)
        if foot - top >= _SMALL * len(window):
            _refuse_many_lines(patches, len(window))
            break
        margin = max(1, round(_NEARER * (foot - top)))
        top, left = max(0, top - margin), max(0, left - margin)
        field = _reduced(window[top : foot + margin, left : right + margin], field.left + left, field.top + top)
    return field


def _reduced(window: np.ndarray, left: int, top: int) -> Field:
    factor = max(1, round(len(window) / _ROWS))
    if window.size > _MOST_PIXELS * factor**2:
        raise InputError(MORE_THAN_ONE)
    return Field(_reduce(window, factor), int(left), int(top), factor)


def _reduce(grey: np.ndarray, factor: int) -> np.ndarray:
    from PIL import Image

    return grey if factor == 1 else np.asarray(Image.fromarray(grey).reduce(factor))


def _patches(window: np.ndarray, field: Field) -> np.ndarray:
    """Top, left, foot, right [px of the window] and reduced pixels (n, 5) int of each connected patch of ink, dirt apart.

    Fine strokes vanish when they are reduced too much: where there is nothing, it is looked at more closely.
    """
    patches = _patches_of(field.grey, field.factor)
    closer = max(1, field.factor // _CLOSER)
    if len(patches) or window.size > _MOST_PIXELS * closer**2:
        return patches
    return _patches_of(_reduce(window, closer), closer)


def _patches_of(grey: np.ndarray, factor: int) -> np.ndarray:
    try:
        mask = separate_ink(grey, len(grey) / 4).mask  # of letters of many lines, or of a single line
    except NothingToRead:
        return np.empty((0, 5), int)
    _, boxes, sizes = connected(mask)
    return np.column_stack([factor * boxes[:, [1, 0, 3, 2]].astype(int), sizes])[sizes >= _SPECK]


def _refuse_many_lines(patches: np.ndarray, height: int) -> None:
    """Raises InputError where most of the ink is in patches that are low for characters of a line as high as the image."""
    tall = patches[:, 2] - patches[:, 0] >= _TALL * height
    if patches[tall, 4].sum() < _MOSTLY * patches[:, 4].sum():
        raise InputError(MORE_THAN_ONE)
