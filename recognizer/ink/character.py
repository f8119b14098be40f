"""The picture of a single character, scaled to its own box: for ink that is known to be one character.

An AMAP, and five more channels that it leaves out on purpose: which way the pen went, and when. In a word the neighbours
tell an n from an r that was drawn down and up; alone, the pen's way does.
"""

import numpy as np

from recognizer.errors import NothingToRead
from recognizer.ink import amap
from recognizer.ink.ink import Ink

SIDE = 28  # pixels of the square picture
WAYS = 4  # right, down, left, up
CHANNELS = amap.CHANNELS + WAYS + 1  # the last: the share of the ink that was there before
_FILLED = 21.0  # pixels that the longer side of the character's box takes


def character_picture(ink: Ink) -> np.ndarray:
    """The picture (CHANNELS, SIDE, SIDE) float32 in 0..1. Raises NothingToRead where there is no stroke."""
    if not ink.strokes:
        raise NothingToRead("There is no ink: write something first.")
    left, top, right, bottom = ink.bounds
    longest = max(right - left, bottom - top)
    scale = _FILLED / longest if longest > 0 else 1.0
    centre = np.array([(left + right) / 2, (top + bottom) / 2])
    strokes = [(stroke[:, :2] - centre) * scale + (SIDE - 1) / 2 for stroke in ink.strokes]
    parts = [amap.trajectory(stroke, _FILLED, amap.SPACING) for stroke in strokes]
    lengths = np.array([part.arc[-1] for part in parts])
    before, whole = np.cumsum(lengths) - lengths, max(float(lengths.sum()), 1.0)
    paint = [
        np.hstack([part.paint, *_dynamics(part, (start + part.arc) / whole)])
        for part, start in zip(parts, before, strict=True)
    ]
    return amap.paint(np.concatenate([part.position for part in parts]), np.concatenate(paint), SIDE, SIDE)


def _dynamics(part: amap.Trajectory, when: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What the steps (n,) of a stroke paint into the channels of ways (n, WAYS) and of time (n, 1)."""
    if len(part.arc) == 1:  # a dot goes no way
        return np.zeros((1, WAYS)), amap.SPACING * when[:, None]
    step = np.gradient(part.arc)
    share = step.copy()
    share[[0, -1]] /= 2
    tangent = np.gradient(part.position, axis=0) / step[:, None]
    ways = np.maximum(0, np.hstack([tangent, -tangent]))
    return ways * share[:, None], (share * when)[:, None]
