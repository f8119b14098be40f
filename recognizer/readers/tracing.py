"""Writing on an image as ink: what joins the pages' masks of pixels and the ink's pictures."""

import numpy as np

from recognizer.errors import Blank, NothingToRead
from recognizer.ink import Ink
from recognizer.ink.tracing import Tracing
from recognizer.page import Page
from recognizer.page.skeleton import strokes_of
from recognizer.page.writing import writing_of

_STRIP, _FEW_ROWS = 0.13, 100  # height of an image that shows one line [widths], or [px]
_LOW = 250  # and of one on which no lines are told, because a word is too little for that [px]
_WIDE, _MOST = 0.3, 0.6  # and of one that does where one line has most of the ink, and how much that is


def tracing_of(mask: np.ndarray, left: float = 0.0, top: float = 0.0) -> Tracing:
    """What is traced on a mask (H, W) bool of the ink of one line, whose corner is at ``left``, ``top`` [px of the page].

    Raises NothingToRead where there is none.
    """
    corner = np.array([left, top], np.float32)
    strokes = [stroke + corner for stroke in strokes_of(mask)]
    if not strokes:
        raise NothingToRead("There is no writing here.")
    rows, columns = np.nonzero(mask)
    covered = np.stack([columns, rows], 1).astype(np.float32) + np.float32(0.5) + corner
    return Tracing(Ink(tuple(np.pad(stroke, ((0, 0), (0, 1))) for stroke in strokes)), covered)


def tracing_of_line(grey: np.ndarray) -> Tracing:
    """What is traced on an image (H, W) uint8 that shows one line. Raises NothingToRead where there is none."""
    return tracing_of(writing_of(grey))


def tracings_on(page: Page) -> list[Tracing]:
    """The lines of a page, from top to bottom. Raises NothingToRead where there are none."""
    rows, columns = page.grey.shape
    if rows < max(_STRIP * columns, _FEW_ROWS):
        return [tracing_of_line(page.grey)]
    lines = page.text.lines
    inked = [int(line.mask.sum()) for line in lines]
    is_strip = rows < (_WIDE * columns if lines else max(_WIDE * columns, _LOW))
    if is_strip and max(inked, default=0) >= _MOST * sum(inked):
        return [tracing_of_line(page.grey)]
    if not lines:
        raise _nothing(page)
    return [tracing_of(line.mask, *line.box[:2]) for line in lines]


def _nothing(page: Page) -> NothingToRead:
    """Why there is nothing to read on a page."""
    if page.text.blank:
        return Blank("There is no writing here: the page is blank, or the ink is too faint to tell from the paper.")
    shown = " and ".join(sorted({region.shows for region in page.text.regions}))
    return NothingToRead(f"There is no handwriting on this page: it shows {shown}.")
