"""Writing on an image as ink: what joins the pages' masks of pixels and the ink's pictures."""

import numpy as np

from recognizer.errors import NothingToRead
from recognizer.ink import Ink
from recognizer.ink.tracing import Tracing
from recognizer.page.skeleton import strokes_of
from recognizer.page.writing import writing_of


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
