"""The picture of a single character, scaled to its own box: for ink that is known to be one character.

An AMAP, and five more channels that it leaves out on purpose: which way the pen went, and when. In a word the neighbours
tell an n from an r that was drawn down and up; alone, the pen's way does.
"""

import numpy as np

from recognizer.errors import NothingToRead
from recognizer.ink import amap
from recognizer.ink.dynamics import WAYS, lengths, ways
from recognizer.ink.ink import Ink

SIDE = 28  # pixels of the square picture
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
    ends = np.cumsum([part.arc[-1] for part in parts])
    whole = max(float(ends[-1]), 1.0)
    when = [(end - part.arc[-1] + part.arc) / whole for part, end in zip(parts, ends, strict=True)]
    paint = [
        np.hstack([part.paint, ways(part), lengths(part) * now[:, None]]) for part, now in zip(parts, when, strict=True)
    ]
    return amap.paint(np.concatenate([part.position for part in parts]), np.concatenate(paint), SIDE, SIDE)
