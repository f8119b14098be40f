"""Rectangles, rows of left, top, right and foot, of writing that stands in a line."""

import numpy as np


def around(boxes: np.ndarray) -> np.ndarray:
    """The box (4,) around boxes (n, 4), n > 0."""
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def cuts_between(boxes: np.ndarray) -> np.ndarray:
    """x of the cuts (n + 1,) around pieces (n, 4): half-way between neighbours, never going back."""
    between = (boxes[:-1, 2] + boxes[1:, 0]) / 2
    cuts = np.concatenate([[boxes[:, 0].min()], between, [boxes[:, 2].max()]])
    return np.minimum(np.maximum.accumulate(cuts), cuts[-1])
