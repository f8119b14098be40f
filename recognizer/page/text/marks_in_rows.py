"""Marks that are alike and stand evenly in a row: holes of a binding, perforation, dotted lines. No hand writes so."""

import numpy as np

_FEWEST = 8  # marks of a row: as many zeros in a row, each apart, are no number that people write
_ALIKE, _EVEN = 0.2, 0.15  # shares of their sides by which they differ, and of their distance by which the next is off
_NEAREST = 8  # patches that may be the next
_FURTHEST = 6.0  # times their size that the next is away, at most


def in_rows(boxes: np.ndarray) -> np.ndarray:
    """(n,) bool: which of the patches in ``boxes`` (n, 4) are such marks."""
    from scipy.spatial import KDTree

    found = np.zeros(len(boxes), bool)
    if len(boxes) < _FEWEST:
        return found
    sides = boxes[:, 2:] - boxes[:, :2]
    logs, middles = np.log(sides), (boxes[:, :2] + boxes[:, 2:]) / 2
    tree = KDTree(middles)
    away, second = (each[:, 1:] for each in tree.query(middles, min(_NEAREST + 1, len(boxes))))
    first = np.broadcast_to(np.arange(len(boxes))[:, None], second.shape)
    near = (away <= _FURTHEST * sides.max(1)[:, None]) & _alike(logs, first, second)
    rows = np.stack([first[near], second[near]], 1)
    while rows.shape[1] < _FEWEST and len(rows):
        step = middles[rows[:, -1]] - middles[rows[:, -2]]
        off, following = tree.query(middles[rows[:, -1]] + step)
        even = (off <= _EVEN * np.linalg.norm(step, axis=1)) & _alike(logs, rows[:, -1], following)
        rows = np.column_stack([rows, following])[even]
    found[rows] = True
    return found


def _alike(logs: np.ndarray, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    alike: np.ndarray = (np.abs(logs[one] - logs[other]) <= _ALIKE).all(-1)
    return alike
