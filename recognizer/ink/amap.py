"""AMAP: pen ink as a small picture that says at every pixel which way the pen went and how it turned (1998 paper, section IX-A).

Five channels: the orientations 0, 45, 90 and 135 degrees, and curvature. Nothing in it depends on the speed of the pen,
the order of the strokes or the direction in which they were written.
"""

from dataclasses import dataclass

import numpy as np

from recognizer.ink.arc_length import arc_lengths, points_at
from recognizer.kernels import kernel

ORIENTATIONS = 4
CHANNELS = ORIENTATIONS + 1
SIGMA = 0.7  # of the Gaussian that a point is painted with [pixels of the AMAP]
SPACING = 0.3  # most between neighbouring points of a trajectory [pixels of the AMAP]
SMOOTHING = 0.03  # of the trajectory, along it [line heights]; takes off the stairs of coarse tablets
_TURN = 6.0  # curvature that fills three quarters of its channel [1 / line height]
_MOST = 20_000  # steps of a stroke; a longer one is a scribble, and painted coarsely
_REACH = 3  # the smoothing kernel ends at this many sigmas


@dataclass(frozen=True)
class Trajectory:
    """A stroke at equal steps of arc length, with what each step paints."""

    position: np.ndarray  # (n, 2) float32: x, y [unit of the ink]
    arc: np.ndarray  # (n,) float32: length of the ink from the pen's landing to here
    paint: np.ndarray  # (n, CHANNELS) float32: the codes of orientation and curvature times the length of the step


def trajectory(points: np.ndarray, height: float, spacing: float) -> Trajectory:
    """Resample and smooth the points (n, 2) of one stroke; ``height`` of the line and ``spacing`` in the ink's unit."""
    arc = arc_lengths(points[:, :2].astype(np.float64))
    length = arc[-1]
    if length < spacing:  # a dot goes every way at once
        paint = np.full((1, CHANNELS), 0.5 * spacing)
        paint[:, -1] = 0
        middle = points[:, :2].mean(axis=0, keepdims=True)
        return Trajectory(middle.astype(np.float32), np.zeros(1, np.float32), paint.astype(np.float32))
    places = np.linspace(0, length, min(int(np.ceil(length / spacing)), _MOST) + 1)
    step = places[1]
    position = _smoothed(points_at(places, arc, points), SMOOTHING * height / step)
    return Trajectory(position.astype(np.float32), places.astype(np.float32), _painted(position, step, height))


@kernel
def _painted(position: np.ndarray, step: float, height: float) -> np.ndarray:
    """What points (n, 2) at equal steps paint, (n, CHANNELS) float32."""
    last = len(position) - 1
    # Of the double angle, which is the same both ways along a line.
    across, down = np.empty(last + 1), np.empty(last + 1)
    for i in range(last + 1):
        before, after = position[max(i - 1, 0)], position[min(i + 1, last)]
        x, y = after[0] - before[0], after[1] - before[1]
        long = x * x + y * y
        across[i] = (x * x - y * y) / long if long > 0 else 1.0
        down[i] = 2 * x * y / long if long > 0 else 0.0
    turns = np.empty(last)
    for i in range(last):
        cross = across[i] * down[i + 1] - down[i] * across[i + 1]
        turns[i] = np.arctan2(cross, across[i] * across[i + 1] + down[i] * down[i + 1])
    paint = np.empty((last + 1, CHANNELS), np.float32)
    for i in range(last + 1):
        share = step if 0 < i < last else step / 2
        turn = abs(turns[max(i - 1, 0)] + turns[min(i, last - 1)]) / 4 / step * height
        codes = across[i], down[i], -across[i], -down[i]
        for channel in range(ORIENTATIONS):
            paint[i, channel] = max(codes[channel], 0.0) ** 2 * share
        paint[i, ORIENTATIONS] = np.tanh(turn / _TURN) * share
    return paint


def paint(positions: np.ndarray, paint: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """The picture (channels, rows, columns) float32 in 0..1 of points (n, 2) at [column, row] that paint (n, channels).

    ``paint`` is a code times a length in pixels, so that a straight line of code 1 has the value 1 along its middle.
    The Gaussian is separable, so the sum over points is a product of two matrices a channel.
    """
    across = _bells(positions[:, 0], columns)
    down = _bells(positions[:, 1], rows)
    weighted = paint.T[:, None, :] * down.T  # (channels, rows, n)
    picture = (weighted.reshape(-1, len(positions)) @ across).reshape(-1, rows, columns)
    return np.minimum(picture / np.float32(np.sqrt(2 * np.pi) * SIGMA), 1)


def _bells(centres: np.ndarray, size: int) -> np.ndarray:
    """exp(-d^2 / 2 sigma^2) of every pixel's distance d to every centre: (n, size) float32."""
    distance = (np.arange(size, dtype=np.float32) - centres[:, None]) * np.float32(1 / (np.sqrt(2) * SIGMA))
    return np.exp(-np.minimum(distance * distance, 30))  # beyond it numbers too small to be normal make all slow


def _smoothed(position: np.ndarray, sigma: float) -> np.ndarray:
    """A Gaussian along the trajectory that keeps its ends where they are; ``sigma`` in steps."""
    reach = min(int(np.ceil(_REACH * sigma)), len(position) - 1)
    if reach < 1:
        return position
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    smooth: np.ndarray = _convolved(position, weights / weights.sum())
    return smooth


@kernel
def _convolved(position: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Points (n, 2) under symmetric weights; beyond either end what is within is turned about it."""
    reach, last = len(weights) // 2, len(position) - 1
    smooth = np.zeros(position.shape)
    for i in range(last + 1):
        for k in range(-reach, reach + 1):
            for axis in range(2):
                value = position[min(max(i + k, -(i + k)), 2 * last - (i + k)), axis]
                if i + k < 0:
                    value = 2 * position[0, axis] - value
                elif i + k > last:
                    value = 2 * position[last, axis] - value
                smooth[i, axis] += weights[reach + k] * value
    return smooth
