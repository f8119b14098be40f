"""Writing on an image as ink: what joins the pages' masks of pixels and the ink's pictures."""

from collections.abc import Sequence

import numpy as np

from recognizer.errors import Blank, NothingToRead
from recognizer.ink import Ink
from recognizer.ink.page_marks import hatched
from recognizer.ink.pen_path import pen_path
from recognizer.ink.tracing import Tracing
from recognizer.page import Page
from recognizer.page.skeleton import strokes_of
from recognizer.page.text import TextLine
from recognizer.page.writing import writing_of

# Rows of an image of one line that is enlarged, and how many times: chosen on words of validation writers.
_SMALL, _FINER = 80, 2
_COVERED = 0.5  # share of a pixel of the page that is ink where it counts as such
_STRIP, _FEW_ROWS = 0.13, 100  # height of an image that shows one line [widths], or [px]
_LOW = 250  # and of one on which no lines are told, because a word is too little for that [px]
_BESIDE = 0.7  # share of the heights of its parts that they have in common, where it is one word all the same
_HATCHED = 0.5  # share of the ink of a line of hatching; of lines of writing next to nothing is
_WIDE, _MOST = 0.3, 0.6  # and of one that does where one line has most of the ink, and how much that is


def tracing_of(mask: np.ndarray, left: float = 0.0, top: float = 0.0, finer: int = 1) -> Tracing:
    """What is traced on a mask (H, W) bool of the ink of one line, whose corner is at ``left``, ``top`` [px of the page], and which has
    ``finer`` pixels across and down for one of the page.

    Raises NothingToRead where there is none.
    """
    corner = np.array([left, top], np.float32)
    strokes = [stroke / np.float32(finer) + corner for stroke in strokes_of(mask)]
    if not strokes:
        raise NothingToRead("There is no writing here.")
    high, wide = mask.shape[0] // finer, mask.shape[1] // finer
    share = mask[: high * finer, : wide * finer].reshape(high, finer, wide, finer).mean((1, 3))
    rows, columns = np.nonzero(share >= _COVERED)
    covered = np.stack([columns, rows], 1).astype(np.float32) + np.float32(0.5) + corner
    return Tracing(Ink(tuple(np.pad(stroke, ((0, 0), (0, 1))) for stroke in strokes)), covered)


def tracing_of_line(grey: np.ndarray) -> Tracing:
    """What is traced on an image (H, W) uint8 that shows one line. Raises NothingToRead where there is none.

    A small one is enlarged first: its strokes are too few pixels across for their middle to be told.
    """
    if len(grey) >= _SMALL:
        return tracing_of(writing_of(grey))
    from PIL import Image

    size = (_FINER * grey.shape[1], _FINER * grey.shape[0])
    large = np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.BICUBIC))
    return tracing_of(writing_of(large), finer=_FINER)


def tracings_on(page: Page) -> list[Tracing]:
    """The lines of a page, from top to bottom. Raises NothingToRead where there are none."""
    rows, columns = page.grey.shape
    if rows < max(_STRIP * columns, _FEW_ROWS):
        return [tracing_of_line(page.grey)]
    lines = page.text.lines
    inked = [int(line.mask.sum()) for line in lines]
    is_strip = rows < (_WIDE * columns if lines else max(_WIDE * columns, _LOW))
    is_word = rows < _LOW and len(lines) > 1 and _are_one(lines)
    if is_word or (is_strip and max(inked, default=0) >= _MOST * sum(inked)):
        return [tracing_of_line(page.grey)]
    if not lines:
        raise _nothing(page)
    found = [tracing_of(line.mask, *line.box[:2]) for line in lines]
    written = [tracing for tracing in found if not _is_hatching(tracing)]
    if not written:
        raise NothingToRead("Nothing here looks like writing that can be read.")
    return written


def _is_hatching(tracing: Tracing) -> bool:
    """Is most of the ink of a line such as no writing is? It would take longer to read than a line, and say nothing."""
    path = pen_path(tracing.ink.strokes)
    return bool(path.length[hatched(path)].sum() > _HATCHED * path.length.sum())


def _are_one(lines: Sequence[TextLine]) -> bool:
    """Are they parts of one word, side by side, for which there is too little to tell lines from?"""
    spans = [(line.box[1], line.box[3]) for line in lines]
    top, foot = max(spans, key=lambda span: span[1] - span[0])
    return all(min(foot, low) - max(top, high) >= _BESIDE * (low - high) for high, low in spans)


def _nothing(page: Page) -> NothingToRead:
    """Why there is nothing to read on a page."""
    if page.text.blank:
        return Blank("There is no writing here: the page is blank, or the ink is too faint to tell from the paper.")
    shown = " and ".join(sorted({region.shows for region in page.text.regions}))
    return NothingToRead(f"There is no handwriting on this page: it shows {shown}.")
