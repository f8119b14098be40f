"""A page of ink into lines. Where a line falls into words is left to the reader, who knows words: see `frames`."""

import numpy as np

from recognizer.ink.ink import Ink

_LINE_GAP = 0.9  # between the middles of strokes of different lines, at least [heights of a tall stroke]
_TALL = (
    0.3  # strokes of at least this much of the height of a tall one have a line of their own; others join the nearest
)


def split_lines(ink: Ink) -> list[np.ndarray]:
    """Indices of the strokes of each line, lines from top to bottom, strokes in the order of writing."""
    boxes = _boxes(ink)
    heights = boxes[:, 3] - boxes[:, 1]
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    tall = np.percentile(heights, 75) if len(heights) > 1 else heights[0]
    large = np.flatnonzero(heights >= _TALL * tall)
    order = large[np.argsort(middles[large], kind="stable")]
    line = np.cumsum(np.diff(middles[order], prepend=middles[order[0]]) > _LINE_GAP * tall)
    centres = np.array([middles[order[line == k]].mean() for k in range(line[-1] + 1)])
    of_stroke = np.abs(middles[:, None] - centres).argmin(1)
    of_stroke[order] = line
    return [np.flatnonzero(of_stroke == k) for k in range(len(centres))]


def _boxes(ink: Ink) -> np.ndarray:
    """(n, 4) left, top, right, bottom of the strokes."""
    return np.array([[*stroke[:, :2].min(axis=0), *stroke[:, :2].max(axis=0)] for stroke in ink.strokes])
