"""Word normalisation: four flexible lines fitted by EM, then base line, size and slant taken out (Bengio and LeCun 1994).

Letters touch four lines: ascender, core, base and descender line. They are parallel curves of one bend and one skew. Tops of
the pen's path lie on one of the upper two, bottoms on one of the lower two, or anywhere (a mixture, with priors on the
distances between the lines so that a word without ascenders has a plausible ascender line all the same). Tops and bottoms
alone leave the size open by a factor of two, so the prior of the core height comes from where most of the ink lies.
"""

from dataclasses import dataclass

import numpy as np

from recognizer.errors import NothingToRead
from recognizer.ink.ink import Ink

BASE, CORE = 14.0, 6.0  # rows of a normalised word that its base line and its core line come to
WIDEST = 6000.0  # columns; a wider line is made smaller
_HEIGHT = BASE - CORE
_ITERATIONS = 8
# Chosen on words of training writers whose letters tell how far the ink must reach. Lengths in core heights.
_DENSE = 0.6  # share of the ink whose shortest range of y tells the core height ...
_OF_DENSE = 1.82  # ... which is so many times that range
_ASCENT, _DESCENT = 0.8, 1.0  # of the ascender above the core line and the descender below the base line
_BEND, _SKEW, _OF_ASCENT, _OF_CORE, _OF_DESCENT = 0.01, 0.1, 0.1, 0.05, 0.1  # standard deviations of the priors
_RIPPLE = 0.1  # turns of less height are none
_LEAST_SPREAD = 0.2  # of the extrema about their line
_ANYWHERE = 0.3  # density of extrema that belong to no line [1 / core height]
_STEPS = 300  # of the pen's path, at equal lengths, that the ink is counted by
_STEEP = 0.8  # |dx / dy| of the pen's path up to which it says something of the slant
_MOST_SLANT = 0.8
_SMALLEST = 1e-3  # [px]


@dataclass(frozen=True)
class Lines:
    """y = bend (x - middle)^2 + skew (x - middle) + offset, y down; units of the ink that was given."""

    middle: float
    bend: float
    skew: float
    ascender: float
    core: float
    base: float
    descender: float

    def shape(self, x: np.ndarray) -> np.ndarray:
        """What all four lines share, at x."""
        across = x - self.middle
        return self.bend * across * across + self.skew * across


@dataclass(frozen=True)
class NormalisedInk:
    """The strokes of a word (n, 2) float32 with x from 0 and y in rows: core line at CORE, base line at BASE."""

    strokes: tuple[np.ndarray, ...]
    lines: Lines
    slant: float  # dx / dy of upright strokes, taken out
    scale: float  # rows for each px of the ink
    left: float  # x where column 0 meets the base line [px of the ink]

    @property
    def width(self) -> float:
        """Columns from the leftmost to the rightmost point."""
        return max(float(stroke[:, 0].max()) for stroke in self.strokes)


def normalise(ink: Ink) -> NormalisedInk:
    """Fit the lines of one word and map it so that they are straight, level and at fixed rows.

    Any ink is answered, a dot or a scribble included; raises NothingToRead only where there is no stroke.
    """
    if not ink.strokes:
        raise NothingToRead("There is no ink: write something first.")
    strokes = [stroke[:, :2].astype(np.float64) for stroke in ink.strokes]
    lines = fit_lines(strokes)
    level = [np.stack([s[:, 0], s[:, 1] - lines.shape(s[:, 0]) - lines.base], 1) for s in strokes]
    slant = slant_of(level)
    scale = _HEIGHT / (lines.base - lines.core)
    upright = [np.stack([s[:, 0] - slant * s[:, 1], s[:, 1]], 1) for s in level]
    left = min(s[:, 0].min() for s in upright)
    right = max(s[:, 0].max() for s in upright)
    scale = min(scale, WIDEST / max(right - left, _SMALLEST))
    offset = np.array([-left * scale, BASE])
    return NormalisedInk(
        tuple((s * scale + offset).astype(np.float32) for s in upright), lines, slant, scale, float(left)
    )


def slant_of(strokes: list[np.ndarray]) -> float:
    """-dx / dy of the upright parts of the pen's path, y down: positive where writing leans to the right; length-weighted."""
    steps = np.concatenate([np.diff(stroke, axis=0) for stroke in strokes])
    if not len(steps):
        return 0.0
    length = np.hypot(steps[:, 0], steps[:, 1])
    slant = 0.0
    for _ in range(3):  # what counts as upright depends on the slant
        across = steps[:, 0] - slant * steps[:, 1]
        upright = (np.abs(across) <= _STEEP * np.abs(steps[:, 1])) & (length > 0)
        weight = np.abs(steps[upright, 1])
        if not weight.sum() > 0:
            return float(slant)
        ratio = steps[upright, 0] / steps[upright, 1]
        slant = float(np.clip((weight * ratio).sum() / weight.sum(), -_MOST_SLANT, _MOST_SLANT))
    return slant


def fit_lines(strokes: list[np.ndarray]) -> Lines:
    """The four lines of a word whose strokes are (n, 2) arrays of x and y (down)."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    tall = max(high[1] - low[1], 0.1 * (high[0] - low[0]), _SMALLEST)
    centre, height = _core(strokes, tall)
    tops, bottoms = extrema(strokes, _RIPPLE * height)
    middle = (low[0] + high[0]) / 2
    core, base = centre - height / 2, centre + height / 2
    start = np.array([0, 0, core - _ASCENT * height, core, base, base + _DESCENT * height])
    found = _expectation_maximisation(tops, bottoms, middle, height, start)
    return Lines(float(middle), *(float(value) for value in found))


def _core(strokes: list[np.ndarray], tall: float) -> tuple[float, float]:
    """Middle and height of the core zone, from the shortest range of y that holds most of the ink."""
    lengths = [np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(stroke, axis=0).T))]) for stroke in strokes]
    step = max(sum(length[-1] for length in lengths) / _STEPS, _SMALLEST)
    inked = [
        np.interp(np.arange(0, length[-1] + step / 2, step), length, stroke[:, 1])
        for length, stroke in zip(lengths, strokes, strict=True)
    ]
    y = np.sort(np.concatenate(inked))
    count = int(_DENSE * len(y))
    ranges = y[count:] - y[: len(y) - count]
    near = np.flatnonzero(ranges <= 1.03 * ranges.min())  # the middle one of many alike, so that details do not decide
    first = int(near[len(near) // 2])
    return float(y[first] + y[first + count]) / 2, max(_OF_DENSE * float(ranges[first]), 0.2 * tall)


def extrema(strokes: list[np.ndarray], ripple: float) -> tuple[np.ndarray, np.ndarray]:
    """Points (n, 2) where the pen's path turns down (tops) and up (bottoms), ends of strokes included.

    Turns of less than ``ripple`` in height are none.
    """
    tops: list[np.ndarray] = []
    bottoms: list[np.ndarray] = []
    for stroke in strokes:
        found = turns(stroke[:, 1].tolist(), ripple)
        if len(found) == 1:
            tops.append(stroke[found[0]])
            bottoms.append(stroke[found[0]])
            continue
        falling = stroke[found[1], 1] > stroke[found[0], 1]
        for k, turn in enumerate(found):
            (tops if (k % 2 == 0) == falling else bottoms).append(stroke[turn])
    return np.array(tops), np.array(bottoms)


def turns(y: list[float], ripple: float) -> list[int]:
    """Indices of the first point, the turning points and the last point, neighbours at least ``ripple`` apart."""
    lowest = highest = 0
    turns: list[int] = []
    direction = 0
    for i, value in enumerate(y):
        if value < y[lowest]:
            lowest = i
        if value > y[highest]:
            highest = i
        if direction >= 0 and y[highest] - value > ripple and highest <= i:
            turns.append(highest)
            direction, lowest, highest = -1, i, i
        elif direction <= 0 and value - y[lowest] > ripple and lowest <= i:
            turns.append(lowest)
            direction, lowest, highest = 1, i, i
    if direction:
        turns.append(highest if direction > 0 else lowest)
    return turns or [0]


def _expectation_maximisation(
    tops: np.ndarray, bottoms: np.ndarray, middle: float, height: float, start: np.ndarray
) -> np.ndarray:
    """Bend, skew and the four offsets that are most probable given the extrema; see the module."""
    points = np.concatenate([tops, bottoms])
    x, y = (points[:, 0] - middle) / height, points[:, 1] / height
    upper = np.arange(len(points)) < len(tops)
    first = np.where(upper, 0, 2)  # the pair of lines an extremum may lie on: first, first + 1
    theta = start / height
    theta[0] = theta[1] = 0.0
    spread = np.full(4, 0.25)
    prior, pull = _priors()
    shape = np.stack([x * x, x], 1)
    for _ in range(_ITERATIONS):
        level = y - shape @ theta[:2]
        density = []
        for side in range(2):
            line = first + side
            distance = (level - theta[2 + line]) / spread[line]
            density.append(0.5 * np.exp(-0.5 * distance * distance) / (spread[line] * np.sqrt(2 * np.pi)))
        total = density[0] + density[1] + _ANYWHERE
        shares = np.zeros((len(points), 4))
        for side in range(2):
            shares[np.arange(len(points)), first + side] = density[side] / total
        precision = shares / spread**2
        system, right = prior.copy(), pull.copy()
        of_point = precision.sum(1)
        system[:2, :2] += (shape * of_point[:, None]).T @ shape
        crossed = shape.T @ precision
        system[:2, 2:] += crossed
        system[2:, :2] += crossed.T
        system[2:, 2:] += np.diag(precision.sum(0))
        right[:2] += shape.T @ (of_point * y)
        right[2:] += precision.T @ y
        theta = np.linalg.solve(system, right)
        off = (y - shape @ theta[:2])[:, None] - theta[2:]
        spread = np.sqrt(((shares * off * off).sum(0) + _LEAST_SPREAD**2) / (shares.sum(0) + 1))
        spread = np.clip(spread, _LEAST_SPREAD, 0.4)
    result = theta * height
    result[0], result[1] = theta[0] / height, theta[1]
    return result


def _priors() -> tuple[np.ndarray, np.ndarray]:
    """Precision matrix and pull of the priors on (bend, skew, ascender, core, base, descender) in core heights, y down."""
    system, right = np.zeros((6, 6)), np.zeros(6)
    differences = (
        ([1, 0, 0, 0, 0, 0], 0.0, _BEND),
        ([0, 1, 0, 0, 0, 0], 0.0, _SKEW),
        ([0, 0, -1, 1, 0, 0], _ASCENT, _OF_ASCENT),
        ([0, 0, 0, -1, 1, 0], 1.0, _OF_CORE),
        ([0, 0, 0, 0, -1, 1], _DESCENT, _OF_DESCENT),
    )
    for direction, mean, deviation in differences:
        q = np.array(direction, float)
        system += np.outer(q, q) / deviation**2
        right += q * mean / deviation**2
    return system, right
