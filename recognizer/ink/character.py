"""The AMAP of a single character, scaled to its own box: for ink that is known to be one character."""

import numpy as np

from recognizer.errors import NothingToRead
from recognizer.ink import amap
from recognizer.ink.ink import Ink

SIDE = 28  # pixels of the square picture
_FILLED = 21.0  # of them that the longer side of the character's box takes


def character_amap(ink: Ink) -> np.ndarray:
    """The picture (5, SIDE, SIDE) float32 in 0..1. Raises NothingToRead where there is no stroke."""
    if not ink.strokes:
        raise NothingToRead("There is no ink: write something first.")
    left, top, right, bottom = ink.bounds
    longest = max(right - left, bottom - top)
    scale = _FILLED / longest if longest > 0 else 1.0
    centre = np.array([(left + right) / 2, (top + bottom) / 2])
    strokes = [(stroke[:, :2] - centre) * scale + (SIDE - 1) / 2 for stroke in ink.strokes]
    parts = [amap.trajectory(stroke, _FILLED, amap.SPACING) for stroke in strokes]
    return amap.paint(
        np.concatenate([part.position for part in parts]), np.concatenate([part.paint for part in parts]), SIDE, SIDE
    )
