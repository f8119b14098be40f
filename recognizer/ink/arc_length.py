"""A path by how far along it one has come."""

import numpy as np


def arc_lengths(points: np.ndarray) -> np.ndarray:
    """How far along the path (n, 2) each of its points lies (n,): 0 at the first."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])


def points_at(places: np.ndarray, arc: np.ndarray, points: np.ndarray) -> np.ndarray:
    """The points (m, 2) at ``places`` (m,) along a path of ``points`` (n, 2 or more), which lie ``arc`` (n,) along it."""
    return np.stack([np.interp(places, arc, points[:, axis]) for axis in range(2)], 1)
