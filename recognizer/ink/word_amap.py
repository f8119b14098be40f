"""The picture of a whole word: its AMAP, twenty rows and as many columns as the word is wide (1998 paper, section IX-A), and
which way the pen went."""

from collections.abc import Sequence

import numpy as np
from scipy.ndimage import gaussian_filter1d

from recognizer.ink import amap
from recognizer.ink.drops import PADDING, dropped
from recognizer.ink.dynamics import with_dynamics
from recognizer.ink.normalise import BASE, CORE, NormalisedInk

ROWS = 20
MARGIN = 6  # empty columns before and after the ink
STEP = 4  # the width is a multiple of it
_SOFT = (2.5, 16.5)  # rows beyond which tall letters are compressed, so that no part of them leaves the picture
_REACH = 3.0  # rows that everything beyond comes to lie in
BLUR = (amap.SIGMA**2 - 1 / 6) ** 0.5  # dropping ink on four neighbours has a variance of 1/6 pixel on average


def word_paths(word: NormalisedInk) -> tuple[amap.Trajectory, ...]:
    """The strokes of a normalised word as they are painted."""
    return with_dynamics(amap_paths(word), BASE - CORE)


def amap_paths(word: NormalisedInk) -> tuple[amap.Trajectory, ...]:
    """The same, painting an AMAP alone."""
    return tuple(amap.trajectory(compressed(stroke), BASE, amap.SPACING) for stroke in word.strokes)


def word_picture(word: NormalisedInk) -> np.ndarray:
    """The picture (dynamics.CHANNELS, ROWS, W) float32 in 0..1 of a normalised word, its first amap.CHANNELS the AMAP; x = 0 of
    the word is column MARGIN."""
    return _painted(word, word_paths(word))


def amap_picture(word: NormalisedInk) -> np.ndarray:
    """The first amap.CHANNELS of it, where nobody knows more of the pen."""
    return _painted(word, amap_paths(word))


def _painted(word: NormalisedInk, parts: Sequence[amap.Trajectory]) -> np.ndarray:
    width = -(-int(np.ceil(word.width) + 1 + 2 * MARGIN) // STEP) * STEP
    position = np.concatenate([part.position for part in parts])
    paint = np.concatenate([part.paint for part in parts])
    return blurred(position[:, 0] + MARGIN, position[:, 1], paint, width)


def compressed(stroke: np.ndarray) -> np.ndarray:
    """Points (n, 2) with rows far above the core line or far below the base line brought nearer, smoothly and in order."""
    top, bottom = _SOFT
    y = stroke[:, 1]
    above, below = np.maximum(top - y, 0), np.maximum(y - bottom, 0)
    rows = y + above - _REACH * np.tanh(above / _REACH) - below + _REACH * np.tanh(below / _REACH)
    return np.stack([stroke[:, 0], rows], 1).astype(np.float32)


def blurred(x: np.ndarray, y: np.ndarray, paint: np.ndarray, width: int) -> np.ndarray:
    """What points paint on (channels, ROWS, width): shared among the four pixels around each, then blurred."""
    picture = dropped(x, y, paint.astype(np.float64), (1, ROWS, width))[0]
    picture = gaussian_filter1d(gaussian_filter1d(picture, BLUR, 1, truncate=4), BLUR, 2, truncate=4)
    # A straight line of code 1 has the value 1 along its middle.
    inside = picture[:, PADDING:-PADDING, PADDING:-PADDING] * np.float32(np.sqrt(2 * np.pi) * amap.SIGMA)
    return np.minimum(inside, 1)
