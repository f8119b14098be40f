"""Normalisation of a line of pen ink: base line, size and slant are taken out as they change along it (Bengio and LeCun 1994), and
half of how narrow or wide the hand is."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from recognizer.errors import NothingToRead
from recognizer.ink.ink import Ink
from recognizer.ink.lines import Lines, fit_lines

BASE, CORE = 14.0, 6.0  # rows of a normalised line that its base line and its core line come to
WIDEST = 6000.0  # columns; a wider line is made smaller
_HEIGHT = BASE - CORE
_STEEP = 0.8  # |dx / dy| of the pen's path up to which it says something of the slant
_MOST_SLANT = 0.8
_TURNING = 0.03  # standard deviation of the change of the slant over one core height
_OF_STEP = 0.5  # of dx / dy about the slant, over one core height of the path
_SMALLEST = 1e-3  # [px]
# The pen's way across by its way up and down: the log of it that is usual, how far a hand is off it at most, how much
# of that is taken out, and how long its path must be that half of that is [core heights]. Chosen on lines and words of validation writers.
_ASPECT, _MOST_OFF, _TAKEN_OUT, _SHORT = -0.3, 0.8, 0.5, 15.0
_LEAST_WAY = 0.1  # [core heights]


@dataclass(frozen=True)
class NormalisedInk:
    """The strokes of a line (n, 2) float32 with x from 0 and y in rows: core line at CORE, base line at BASE."""

    strokes: tuple[np.ndarray, ...]
    lines: Lines
    slant: np.ndarray  # (K,) dx / dy of upright strokes at the knots of ``lines``, taken out
    columns: np.ndarray  # (K,) where the base line's points at the knots come to
    shrink: float  # of a line that would be wider than WIDEST, 1 of others

    @property
    def width(self) -> float:
        """Columns from the leftmost to the rightmost point."""
        return max(float(stroke[:, 0].max()) for stroke in self.strokes)

    def placed(self, points: np.ndarray) -> np.ndarray:
        """Where points (n, 2) of the unit of the ink come to: (n, 2) float32 of columns and rows."""
        x = points[:, 0]
        level = points[:, 1] - self.lines.base_at(x)
        across = _linear(x - np.interp(x, self.lines.x, self.slant) * level, self.lines.x, self.columns)
        rows = BASE + self.shrink * _HEIGHT * level / self.lines.height_at(x)
        return np.stack([across, rows], 1).astype(np.float32)

    def x_of(self, columns: np.ndarray) -> np.ndarray:
        """x [px] at which columns meet the base line."""
        return _linear(columns, self.columns, self.lines.x)


def normalise(ink: Ink, size: float = 1.0) -> NormalisedInk:
    """Fit the lines of one line of writing, be it a letter or forty, and map it so that they are straight, level and at fixed rows;
    ``size``: so many times the core height that was fitted is taken.

    Any ink is answered, a dot or a scribble included; raises NothingToRead only where there is no stroke.
    """
    if not ink.strokes:
        raise NothingToRead("There is no ink: write something first.")
    strokes = _strokes_of(ink)
    fitted = _fitted(ink)
    lines = replace(fitted, height=size * fitted.height)
    level = [np.stack([s[:, 0], s[:, 1] - lines.base_at(s[:, 0])], 1) for s in strokes]
    slant = slants_of(level, lines)
    scale = _HEIGHT / lines.height
    widening = _widening(level, slant, lines)
    columns = widening * np.concatenate([[0.0], np.cumsum((scale[1:] + scale[:-1]) / 2 * np.diff(lines.x))])
    across = [_linear(s[:, 0] - np.interp(s[:, 0], lines.x, slant) * s[:, 1], lines.x, columns) for s in level]
    left, right = min(x.min() for x in across), max(x.max() for x in across)
    shrink = min(1.0, WIDEST / max(right - left, _SMALLEST))
    rows = [BASE + shrink * _HEIGHT * s[:, 1] / lines.height_at(s[:, 0]) for s in level]
    upright = [np.stack([shrink * (x - left), y], 1).astype(np.float32) for x, y in zip(across, rows, strict=True)]
    return NormalisedInk(tuple(upright), lines, slant, shrink * (columns - left), shrink)


def _strokes_of(ink: Ink) -> list[np.ndarray]:
    return [stroke[:, :2].astype(np.float64) for stroke in ink.strokes]


@lru_cache(maxsize=8)  # more than are read at once: a line in doubt is read in several sizes
def _fitted(ink: Ink) -> Lines:
    return fit_lines(_strokes_of(ink))


def _widening(strokes: list[np.ndarray], slant: np.ndarray, lines: Lines) -> float:
    """How many times as wide the letters of strokes (n, 2), y above the base line, are to be made: narrow and wide hands are brought
    nearer to each other, as far as the path is long enough to tell them from narrow and wide letters."""
    steps = np.concatenate([np.diff(stroke, axis=0) for stroke in strokes])
    middles = np.concatenate([(stroke[1:, 0] + stroke[:-1, 0]) / 2 for stroke in strokes])
    high = lines.height_at(middles)
    across = float((np.abs(steps[:, 0] - np.interp(middles, lines.x, slant) * steps[:, 1]) / high).sum())
    down = float((np.abs(steps[:, 1]) / high).sum())
    narrow = np.clip(_ASPECT - np.log((across + _LEAST_WAY) / (down + _LEAST_WAY)), -_MOST_OFF, _MOST_OFF)
    length = across + down
    return float(np.exp(_TAKEN_OUT * length / (length + _SHORT) * narrow))


def slants_of(strokes: list[np.ndarray], lines: Lines) -> np.ndarray:
    """(K,) -dx / dy of the upright parts of the pen's path about each knot, y down: positive where writing leans to the right.

    One slant that changes slowly along the line; steps of the path count by their height.
    """
    steps = np.concatenate([np.diff(stroke, axis=0) for stroke in strokes])
    middles = np.concatenate([(stroke[1:, 0] + stroke[:-1, 0]) / 2 for stroke in strokes])
    count = len(lines.x)
    slant = np.zeros(count)
    if not len(steps):
        return slant
    high = lines.height_at(middles)
    apart = (lines.x[1] - lines.x[0]) / lines.height.mean()
    walks = np.diff(np.eye(count), 1, 0)
    prior = walks.T @ walks / (_TURNING**2 * apart)
    place = np.clip((middles - lines.x[0]) / (lines.x[1] - lines.x[0]), 0, count - 1)
    below = np.minimum(place.astype(int), count - 2)
    share = place - below
    for _ in range(3):  # what counts as upright depends on the slant
        across = steps[:, 0] - np.interp(middles, lines.x, slant) * steps[:, 1]
        upright = (np.abs(across) <= _STEEP * np.abs(steps[:, 1])) & (steps[:, 1] != 0)
        if not upright.any():
            return slant
        weight = np.abs(steps[upright, 1]) / high[upright] / _OF_STEP**2
        ratio, a, f = steps[upright, 0] / steps[upright, 1], below[upright], share[upright]
        system, right = prior + 1e-9 * np.eye(count), np.zeros(count)
        for i, u in ((a, 1 - f), (a + 1, f)):
            np.add.at(right, i, weight * u * ratio)
            for j, v in ((a, 1 - f), (a + 1, f)):
                np.add.at(system, (i, j), weight * u * v)
        slant = np.clip(np.linalg.solve(system, right), -_MOST_SLANT, _MOST_SLANT)
    return slant


def _linear(x: np.ndarray, knots: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Linear between knots (K,), and beyond them as between the last two."""
    inside = np.interp(x, knots, values)
    before, after = np.minimum(x - knots[0], 0), np.maximum(x - knots[-1], 0)
    first = (values[1] - values[0]) / (knots[1] - knots[0])
    last = (values[-1] - values[-2]) / (knots[-1] - knots[-2])
    return inside + first * before + last * after
