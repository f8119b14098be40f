"""The pictures of a line's segments: windows of the segment's own ink, AMAP and ways, and the ink around it as one channel more."""

import numpy as np

from recognizer.ink import amap, dynamics
from recognizer.ink.word_amap import BLUR, ROWS

COLUMNS = 24  # of a segment's picture: three core heights
CHANNELS = dynamics.CHANNELS + 1
_PADDING = 3  # rows and columns around a picture that ink may be dropped on before it is blurred
_STEPS = np.arange(-2, 3)
_BELL = np.exp(-0.5 * (_STEPS / BLUR) ** 2)
# A Gaussian as (first row or column of a padded picture, weight); a straight line of code 1 has the value 1 along its middle.
_BLUR = [
    (int(step) + _PADDING, np.float32(weight * (np.sqrt(2 * np.pi) * amap.SIGMA) ** 0.5 / _BELL.sum()))
    for step, weight in zip(_STEPS, _BELL, strict=True)
]


def paint_segments(position: np.ndarray, paint: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Pictures (S, CHANNELS, ROWS, COLUMNS) float32 in 0..1, each with the middle of its segment in its middle column.

    ``position`` (N, 2) and ``paint`` (N, dynamics.CHANNELS) are the samples of all ink, segment s those from ``low[s]`` to
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
    images = np.empty((len(low), CHANNELS, ROWS, COLUMNS), np.float32)
    images[:, :-1] = _splashed(x[own] - start[segment], y[own], paint[own], segment, len(low), COLUMNS)
    origin = int(start.min())
    everything = _splashed(
        x - origin, y, paint[:, : amap.ORIENTATIONS].sum(1, keepdims=True), None, 1, int(start.max()) - origin + COLUMNS
    )[0, 0]
    windows = np.lib.stride_tricks.sliding_window_view(everything, COLUMNS, axis=1)[:, (start - origin).astype(int)]
    around = windows.transpose(1, 0, 2) - images[:, : amap.ORIENTATIONS].sum(1)
    images[:, -1] = np.maximum(around, 0)
    return np.minimum(images, 1, out=images)


def _splashed(
    x: np.ndarray, y: np.ndarray, paint: np.ndarray, picture: np.ndarray | None, count: int, columns: int
) -> np.ndarray:
    """What samples paint on ``count`` pictures (count, channels, ROWS, columns): shared among four pixels, then blurred.

    ``picture`` is the one that each sample belongs to, None: all to the first. What lies outside is lost.
    """
    high, wide = ROWS + 2 * _PADDING, columns + 2 * _PADDING
    x = np.clip(x + _PADDING, 0, wide - 1.001)
    y = np.clip(y + _PADDING, 0, high - 1.001)
    column, row = x.astype(np.int64), y.astype(np.int64)
    right, down = (x - column).astype(np.float32), (y - row).astype(np.float32)
    place = row * wide + column if picture is None else (picture * high + row) * wide + column
    places = np.concatenate([place, place + 1, place + wide, place + wide + 1])
    shares = np.concatenate([(1 - right) * (1 - down), right * (1 - down), (1 - right) * down, right * down])
    drops = np.empty((count, paint.shape[1], high, wide), np.float32)
    for channel in range(paint.shape[1]):
        weights = shares * np.tile(paint[:, channel], 4)
        drops[:, channel] = np.bincount(places, weights, count * high * wide).reshape(count, high, wide)
    across = np.sum([weight * drops[:, :, :, k : k + columns] for k, weight in _BLUR], axis=0)
    blurred: np.ndarray = np.sum([weight * across[:, :, k : k + ROWS] for k, weight in _BLUR], axis=0)
    return blurred
