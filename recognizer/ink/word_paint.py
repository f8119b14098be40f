"""The pictures of a line's segments: windows of what the segment's own ink paints, and the ink around it as one channel more."""

from collections.abc import Iterator

import numpy as np

from recognizer.ink import amap, dynamics
from recognizer.ink.drops import PADDING, dropped
from recognizer.ink.word_amap import BLUR, ROWS

COLUMNS = 24  # of a segment's picture: three core heights
CHANNELS = dynamics.CHANNELS + 1  # of pen ink
_STEPS = np.arange(-2, 3)
_BELL = np.exp(-0.5 * (_STEPS / BLUR) ** 2)
# A Gaussian as (first row or column of a padded picture, weight); a straight line of code 1 has the value 1 along its middle.
_BLUR = [
    (int(step) + PADDING, np.float32(weight * (np.sqrt(2 * np.pi) * amap.SIGMA) ** 0.5 / _BELL.sum()))
    for step, weight in zip(_STEPS, _BELL, strict=True)
]


def paint_segments(position: np.ndarray, paint: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Pictures (S, C + 1, ROWS, COLUMNS) float32 in 0..1, each with the middle of its segment in its middle column.

    ``position`` (N, 2) and ``paint`` (N, C), an AMAP first, are the samples of all ink, segment s those from ``low[s]`` to
    ``high[s]`` - 1, at least one. Several lines may be painted at once if they stand apart along x.
    """
    x, y = position[:, 0], position[:, 1]
    ranges = np.stack([low, high], 1).reshape(-1)
    left = np.minimum.reduceat(np.append(x, np.inf), ranges)[::2]
    right = np.maximum.reduceat(np.append(x, -np.inf), ranges)[::2]
    start = np.round((left + right - (COLUMNS - 1)) / 2)
    counts = high - low
    own = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts - low, counts)
    segment = np.repeat(np.arange(len(low)), counts)
    images = np.empty((len(low), paint.shape[1] + 1, ROWS, COLUMNS), np.float32)
    images[:, :-1] = _blurred(dropped(x[own] - start[segment], y[own], paint[own], (len(low), ROWS, COLUMNS), segment))
    origin = int(start.min())
    oriented = paint[:, : amap.ORIENTATIONS].sum(1, keepdims=True)
    everything = _blurred(dropped(x - origin, y, oriented, (1, ROWS, int(start.max()) - origin + COLUMNS)))[0, 0]
    windows = np.lib.stride_tricks.sliding_window_view(everything, COLUMNS, axis=1)[:, (start - origin).astype(int)]
    around = windows.transpose(1, 0, 2) - images[:, : amap.ORIENTATIONS].sum(1)
    images[:, -1] = np.maximum(around, 0)
    return np.minimum(images, 1, out=images)


def _blurred(drops: np.ndarray) -> np.ndarray:
    """Pictures (count, channels, ROWS, columns) of ink that was dropped on them."""
    columns = drops.shape[3] - 2 * PADDING
    across = _sum(weight * drops[:, :, :, k : k + columns] for k, weight in _BLUR)
    return _sum(weight * across[:, :, k : k + ROWS] for k, weight in _BLUR)


def _sum(terms: Iterator[np.ndarray]) -> np.ndarray:
    """One after the other: all of them side by side, as numpy's sum has them, take five times the memory."""
    total = next(terms)
    for term in terms:
        total += term
    return total
