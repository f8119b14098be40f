"""A page of ink into lines. Where a line falls into words is left to the reader, who knows words: see `frames`."""

import numpy as np

from recognizer.ink.ink import Ink

_LINE_GAP = 0.9  # between the middles of strokes of different lines, at least [heights of a tall stroke]
# Strokes of at least this much of the height of a tall one have a line of their own; others join the nearest.
_TALL = 0.3
# What is lower than that beside the rest is a bar or a dot; what is entangled with the rest more, or less under it, a tail.
_HEIGHT, _ENTANGLED, _SHARED = 0.5, 0.5, 0.5


def split_lines(ink: Ink) -> list[np.ndarray]:
    """Indices of the strokes of each line, lines from top to bottom, strokes in the order of writing."""
    boxes = _boxes(ink)
    heights = boxes[:, 3] - boxes[:, 1]
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    tall = np.percentile(heights, 75) if len(heights) > 1 else heights[0]
    large = np.flatnonzero(heights >= _TALL * tall)
    order = large[np.argsort(middles[large], kind="stable")]
    line = np.cumsum(np.diff(middles[order], prepend=middles[order[0]]) > _LINE_GAP * tall)
    lines = [order[line == 0]]
    for k in range(1, line[-1] + 1):
        strokes = order[line == k]
        if _apart(boxes[lines[-1]], boxes[strokes], 2 * tall):
            lines.append(strokes)
        else:
            lines[-1] = np.concatenate([lines[-1], strokes])
    centres = np.array([middles[strokes].mean() for strokes in lines])
    of_stroke = np.abs(middles[:, None] - centres).argmin(1)
    for k, strokes in enumerate(lines):
        of_stroke[strokes] = k
    return [np.flatnonzero(of_stroke == k) for k in range(len(centres))]


def _apart(above: np.ndarray, below: np.ndarray, highest: float) -> bool:
    """Whether strokes with the boxes (n, 4) and (m, 4) make two lines: both high enough, one clearly under the other.

    ``highest``: of a line, whatever else has come into it.
    """
    tops, feet = (above[:, 1].min(), below[:, 1].min()), (above[:, 3].max(), below[:, 3].max())
    lower, higher = sorted((feet[0] - tops[0], feet[1] - tops[1]))
    overlap = min(feet) - max(tops)
    spans = [_covered(boxes, higher) for boxes in (above, below)]
    union = _covered(np.concatenate([above, below]), higher)
    shared = sum(spans) - union
    clear = overlap < 0 or (overlap <= _ENTANGLED * lower and shared >= _SHARED * min(spans))
    return bool(lower >= _HEIGHT * min(higher, highest) and clear)


def _covered(boxes: np.ndarray, gap: float) -> float:
    """How much of the line the boxes stand on, gaps up to ``gap`` included."""
    boxes = boxes[np.argsort(boxes[:, 0])]
    reach = np.maximum.accumulate(boxes[:, 2])
    gaps = boxes[1:, 0] - reach[:-1]
    return float(reach[-1] - boxes[0, 0] - gaps[gaps > gap].sum())


def _boxes(ink: Ink) -> np.ndarray:
    """(n, 4) left, top, right, bottom of the strokes."""
    return np.array([[*stroke[:, :2].min(axis=0), *stroke[:, :2].max(axis=0)] for stroke in ink.strokes])
