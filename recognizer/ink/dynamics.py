"""Which way the pen went and in which order: what an AMAP leaves out on purpose, as channels beside it.

They tell an n from an r that was drawn down and up, a d from a c and an l, and the dot of an i from what it stands above.
The speed of the pen changes nothing in them.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from recognizer.ink import amap
from recognizer.ink.amap import Trajectory

WAYS = 4  # right, down, left, up
CHANNELS = amap.CHANNELS + WAYS + 2  # the last two: where the pen landed, and how far left of where it had been it is
_LANDING = 0.25  # of the path after which the mark of a landing has faded by 1/e [heights of the line]
_BACK = 1.0  # way back to the left that fills 63 % of its channel [heights of the line]


def with_dynamics(paths: Sequence[Trajectory], height: float) -> tuple[Trajectory, ...]:
    """The strokes of a line in the order of writing, painting CHANNELS; ``height``: core height in the unit of the paths."""
    found, farthest = [], -np.inf
    for path in paths:
        reach = np.maximum(np.maximum.accumulate(path.position[:, 0]), farthest)
        farthest = reach[-1]
        landing = np.exp(-path.arc / (_LANDING * height))
        back = 1 - np.exp(-(reach - path.position[:, 0]) / (_BACK * height))
        order = np.stack([landing, back], 1) * lengths(path)
        found.append(replace(path, paint=np.hstack([path.paint, ways(path), order]).astype(np.float32)))
    return tuple(found)


def ways(path: Trajectory) -> np.ndarray:
    """What the steps (n,) of a stroke paint into the channels of ways (n, WAYS)."""
    if len(path.arc) == 1:  # a dot goes no way
        return np.zeros((1, WAYS), np.float32)
    tangent = np.gradient(path.position, axis=0) / np.gradient(path.arc)[:, None]
    return np.maximum(0, np.hstack([tangent, -tangent])) * lengths(path)


def lengths(path: Trajectory) -> np.ndarray:
    """(n, 1) the length of the path that each step stands for."""
    if len(path.arc) == 1:
        return np.full((1, 1), amap.SPACING)
    share = np.gradient(path.arc)[:, None]
    share[[0, -1]] /= 2
    return share
