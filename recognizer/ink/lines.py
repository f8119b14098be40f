"""The four lines that letters touch, fitted to a line of writing that may climb, bend, grow and shrink (Bengio and LeCun 1994;
1998 paper, section IX-A).

Ascender, core, base and descender line are curves along x that keep their distances in core heights; the base line and the
core height change slowly along the line, the longer it is the more. Two steps, each with priors in lengths of core heights:

1. Slope, bend and growth are those for which the shortest range of heights that holds most of the ink is shortest: letters stand
   side by side on the base line, so that most of the ink is in the core zone.
2. Tops of the pen's path lie on one of the upper two lines, bottoms on one of the lower two, or anywhere: a mixture, fitted by
   expectation maximisation. Tops and bottoms alone leave the size open by a factor of two, so its prior comes from step 1.
"""

from dataclasses import dataclass, replace

import numpy as np

from recognizer.ink.arc_length import arc_lengths, points_at
from recognizer.kernels import kernel

# Chosen on words of training writers whose letters tell how far the ink must reach. Lengths in core heights.
_DENSE = 0.6  # share of the ink whose shortest range of y tells the core height ...
_OF_DENSE = 1.82  # ... which is so many times that range
_ASCENT, _DESCENT = 0.8, 1.0  # of the ascender above the core line and the descender below the base line
_OF_ASCENT, _OF_DESCENT, _OF_CORE, _OF_SLOPE = 0.1, 0.1, 0.03, 0.1  # standard deviations of the priors
_BEND, _GROWTH = 0.03, 0.02  # of the change of the slope, and of the logarithm of the size, over one core height
_RIPPLE = 0.1  # turns of less height are none
_FIRST_SPREAD, _LEAST_SPREAD, _MOST_SPREAD = 0.25, 0.2, 0.4  # of the extrema about their line
_SMALLEST_CORE = 0.3  # core height at a knot, of what was known before
_ANYWHERE = 0.3  # density of extrema that belong to no line [1 / core height]
_KNOTS = 3.0  # between the knots that curves go through, about
_MOST_KNOTS = 60
_ITERATIONS = 6
_ROUNDS = 3
# Of step 1: grids, standard deviations of slope, sag [widths] and growth [log], and nats that a core height of width counts.
_SLOPES, _SLOPES_NEAR = np.linspace(-0.42, 0.42, 43), np.linspace(-0.08, 0.08, 9)
_SAGS, _GROWTHS = np.linspace(-0.06, 0.06, 13), np.linspace(-0.6, 0.6, 7)
_SLOPE, _SAG, _GROWN = 0.15, 0.012, 0.045
_COUNTS = 0.7
_STEPS = 400  # of the pen's path, at equal lengths, that the ink is counted by
_SMALLEST = 1e-3  # [px]
_FLAT, _UNDERLINE = 0.12, 0.3  # a stroke so flat [its width] and so wide [the line's width] is a bar, and not counted


@dataclass(frozen=True)
class Lines:
    """Curves of a line of writing through knots at x, straight between them; y down, units of the ink that was given."""

    x: np.ndarray  # (K,) increasing
    base: np.ndarray  # (K,) y of the base line
    height: np.ndarray  # (K,) core height: from the base line up to the core line
    ascent: float  # of the ascender line above the core line [core heights]
    descent: float  # of the descender line below the base line [core heights]

    def base_at(self, x: np.ndarray) -> np.ndarray:
        """y of the base line at x (...) [px], of the same shape."""
        return np.interp(x, self.x, self.base)

    def height_at(self, x: np.ndarray) -> np.ndarray:
        """The core height at x (...) [px]."""
        return np.interp(x, self.x, self.height)

    def ascender_at(self, x: np.ndarray) -> np.ndarray:
        """y of the ascender line at x (...) [px]."""
        return self.base_at(x) - (1 + self.ascent) * self.height_at(x)

    def descender_at(self, x: np.ndarray) -> np.ndarray:
        """y of the descender line at x (...) [px]."""
        return self.base_at(x) + self.descent * self.height_at(x)


def fit_lines(strokes: list[np.ndarray]) -> Lines:
    """The four lines of writing whose strokes are (n, 2) float64 arrays of x and y (down)."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    ink = _stepped([stroke for stroke in strokes if not _is_bar(stroke, high[0] - low[0])] or strokes)
    lines = _start(_trend(ink, low, high))
    for _ in range(_ROUNDS - 1):
        lines = _measured(ink, _expectation_maximisation(*extrema(strokes, lines), lines))
    return _expectation_maximisation(*extrema(strokes, lines), lines)


@dataclass(frozen=True)
class _Trend:
    """Where the middle of the core zone runs and how high the zone is, coarsely: one slope, one bend, one growth.

    ``across`` is (x - middle) / width, from -1/2 to 1/2.
    """

    middle: float
    width: float  # of the ink [px], at least one core height
    slope: float
    sag: float  # of the ends below the middle [widths]
    growth: float  # log of the size at the end over that at the start
    centre: float  # y of the core zone's middle, slope and sag taken out
    height: float  # core height at the middle [px]

    def centre_at(self, x: np.ndarray) -> np.ndarray:
        across = (x - self.middle) / self.width
        return self.centre + self.width * (self.slope * across + self.sag * 4 * across**2)

    def height_at(self, x: np.ndarray) -> np.ndarray:
        return self.height * np.exp(self.growth * (x - self.middle) / self.width)


def _trend(ink: np.ndarray, low: np.ndarray, high: np.ndarray) -> _Trend:
    """The trend of points (n, 2) at equal lengths of the path of ink between the corners ``low`` and ``high``."""
    wide = max(high[0] - low[0], _SMALLEST)
    tall = max(high[1] - low[1], 0.1 * wide, _SMALLEST)
    middle, width = (low[0] + high[0]) / 2, max(wide, 0.3 * tall)
    across, y = (ink[:, 0] - middle) / width, ink[:, 1] / width
    found = np.zeros(3)
    deviations = np.array([_SLOPE, _SAG, _GROWN])

    def cost(candidates: np.ndarray, axis: float) -> np.ndarray:
        """(n,) nats of trends (n, 3) of slope, sag and growth; ``axis``: the height at which growth moves nothing."""
        level = y - candidates[:, :1] * across - candidates[:, 1:2] * 4 * across**2
        shortest = _shortest((level - axis) * np.exp(-candidates[:, 2:] * across))[0]
        shortest = np.maximum(shortest, 0.02 * tall / width)
        letters = min(1 / (_OF_DENSE * shortest.min()), 100.0)
        spread = deviations * np.array([1, 1, np.sqrt(letters)])
        return _COUNTS * letters * np.log(shortest) + 0.5 * ((candidates / spread) ** 2).sum(1)

    def improved(slopes: np.ndarray, sags: np.ndarray, growths: np.ndarray) -> None:
        """Move to the best trend whose differences from what was found are these."""
        candidates = found + np.stack(np.meshgrid(slopes, sags, growths), -1).reshape(-1, 3)
        axis = np.median(y - found[0] * across - found[1] * 4 * across**2)
        found[:] = candidates[int(cost(candidates, float(axis)).argmin())]

    stay = np.zeros(1)
    improved(_SLOPES, stay, stay)
    for finer in (1.0, 0.35, 0.12):
        improved(stay, finer * _SAGS, stay)
        # Growth looks like a slope as long as one of both is unknown.
        improved(finer * _SLOPES_NEAR, stay, finer * _GROWTHS)
    level = y - found[0] * across - found[1] * 4 * across**2
    axis = float(np.median(level))
    shortest, start = _shortest(((level - axis) * np.exp(-found[2] * across))[None])
    height = max(_OF_DENSE * float(shortest[0]) * width, 0.2 * min(tall, 0.5 * width))
    centre = (axis + float(start[0] + shortest[0] / 2)) * width
    return _Trend(float(middle), float(width), found[0], found[1], found[2], centre, height)


def _start(trend: _Trend) -> Lines:
    """The lines as the trend has them."""
    count = 2 + int(min(trend.width / (_KNOTS * trend.height), _MOST_KNOTS))
    x = trend.middle + np.linspace(-0.5, 0.5, count) * trend.width
    height = trend.height_at(x)
    return Lines(x, trend.centre_at(x) + height / 2, height, _ASCENT, _DESCENT)


def _measured(ink: np.ndarray, lines: Lines) -> Lines:
    """The lines with core zones anew where most of the ink is, now that it stands on a base line."""
    level = (ink[:, 1] - lines.base_at(ink[:, 0])) / lines.height_at(ink[:, 0])
    shortest, start = (float(each[0]) for each in _shortest(level[None]))
    height = float(np.clip(_OF_DENSE * shortest, 0.5, 2.0))
    base = start + shortest / 2 + height / 2
    return replace(lines, base=lines.base + base * lines.height, height=lines.height * height)


def _is_bar(stroke: np.ndarray, wide: float) -> bool:
    across, down = np.ptp(stroke, axis=0)
    return bool(across > _UNDERLINE * wide and down < _FLAT * across)


def _stepped(strokes: list[np.ndarray]) -> np.ndarray:
    """Points (n, 2) at equal lengths of the pen's path."""
    lengths = [arc_lengths(stroke) for stroke in strokes]
    step = max(sum(length[-1] for length in lengths) / _STEPS, _SMALLEST)
    places = [np.arange(0, length[-1] + step / 2, step) for length in lengths]
    return np.concatenate([points_at(*each) for each in zip(places, lengths, strokes, strict=True)])


def _shortest(y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Length and start (n,) of the shortest range that holds most of each row of ``y`` (n, m)."""
    ordered = np.sort(y, axis=1)
    count = int(_DENSE * y.shape[1])
    ranges = ordered[:, count:] - ordered[:, : y.shape[1] - count]
    shortest = ranges.min(axis=1)
    near = ranges <= 1.03 * shortest[:, None]  # the middle one of many alike, so that details do not decide
    nth = np.cumsum(near, axis=1)
    first = (near & (nth == nth[:, -1:] // 2 + 1)).argmax(axis=1)
    row = np.arange(len(y))
    return ranges[row, first], ordered[row, first]


def extrema(strokes: list[np.ndarray], lines: Lines) -> tuple[np.ndarray, np.ndarray]:
    """Points (n, 2) where the pen's path turns down (tops) and up (bottoms) across ``lines``, ends of strokes included."""
    tops: list[np.ndarray] = []
    bottoms: list[np.ndarray] = []
    for stroke in strokes:
        level = (stroke[:, 1] - lines.base_at(stroke[:, 0])) / lines.height_at(stroke[:, 0])
        found = turns(level, _RIPPLE)
        if len(found) == 1:
            tops.append(stroke[found[0]])
            bottoms.append(stroke[found[0]])
            continue
        falling = level[found[1]] > level[found[0]]
        for k, turn in enumerate(found):
            (tops if (k % 2 == 0) == falling else bottoms).append(stroke[turn])
    return np.array(tops), np.array(bottoms)


@kernel
def turns(y: np.ndarray, ripple: float) -> np.ndarray:
    """Indices of the first point, the turning points and the last point of ``y`` (n,), neighbours at least ``ripple`` apart."""
    lowest = highest = 0
    found = np.empty(len(y) + 1, np.int64)
    count = direction = 0
    for i in range(len(y)):
        if y[i] < y[lowest]:
            lowest = i
        if y[i] > y[highest]:
            highest = i
        if direction >= 0 and y[highest] - y[i] > ripple and highest <= i:
            found[count] = highest
            direction, lowest, highest = -1, i, i
            count += 1
        elif direction <= 0 and y[i] - y[lowest] > ripple and lowest <= i:
            found[count] = lowest
            direction, lowest, highest = 1, i, i
            count += 1
    if direction != 0:
        found[count] = highest if direction > 0 else lowest
        count += 1
    if count == 0:
        found[0], count = 0, 1
    return found[:count]


def _expectation_maximisation(tops: np.ndarray, bottoms: np.ndarray, about: Lines) -> Lines:
    """The lines that are most probable given the extrema, ``about`` those known so far; see the module."""
    points = np.concatenate([tops, bottoms])
    x = about.x
    y = (points[:, 1] - about.base_at(points[:, 0])) / about.height_at(points[:, 0])
    place = np.clip((points[:, 0] - x[0]) / (x[1] - x[0]), 0, len(x) - 1)
    prior, pull = _priors(len(x), (x[1] - x[0]) / about.height.mean())
    base, core, ascent, descent = _most_probable(y, place, len(tops), prior, pull)
    return Lines(x, about.base + base * about.height, core * about.height, ascent, descent)


@kernel
def _most_probable(
    y: np.ndarray, place: np.ndarray, tops: int, prior: np.ndarray, pull: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float, float]:
    """Base line and core height (K,) at knots, ascent and descent, given extrema at heights ``y`` (N,), y down, the first ``tops``
    of them tops, at ``place`` (N,) [knots]; all in units of what is known. ``prior`` (2K, 2K) and ``pull`` (2K,): see `_priors`."""
    knots = len(pull) // 2
    base, core = np.zeros(knots), np.ones(knots)
    left = np.minimum(place.astype(np.int64), knots - 2)
    share = place - left
    ascent, descent = _ASCENT, _DESCENT
    spread = np.full(4, _FIRST_SPREAD)
    weight = np.zeros((len(y), 2))  # of each extremum on the two lines that it may lie on
    for _ in range(_ITERATIONS):
        levels = np.array([-1 - ascent, -1.0, 0.0, descent])
        system, right = prior.copy(), pull.copy()
        for n in range(len(y)):
            i, f = left[n], share[n]
            at_base, at_core = (1 - f) * base[i] + f * base[i + 1], (1 - f) * core[i] + f * core[i + 1]
            first = 0 if n < tops else 2
            total = _ANYWHERE
            for side in range(2):
                line = first + side
                off = (y[n] - at_base - levels[line] * at_core) / spread[line]
                weight[n, side] = 0.5 * np.exp(-0.5 * off * off) / (spread[line] * np.sqrt(2 * np.pi))
                total += weight[n, side]
            for side in range(2):
                weight[n, side] /= total
                line = first + side
                precision, level = weight[n, side] / spread[line] ** 2, levels[line]
                for j, u in ((i, 1 - f), (i + 1, f)):
                    right[j] += precision * u * y[n]
                    right[knots + j] += precision * level * u * y[n]
                    for k, v in ((i, 1 - f), (i + 1, f)):
                        system[j, k] += precision * u * v
                        system[j, knots + k] += precision * level * u * v
                        system[knots + j, k] += precision * level * u * v
                        system[knots + j, knots + k] += precision * level * level * u * v
        solved = np.linalg.solve(system, right)
        base, core = solved[:knots], np.maximum(solved[knots:], _SMALLEST_CORE)
        at_base = (1 - share) * base[left] + share * base[left + 1]
        at_core = (1 - share) * core[left] + share * core[left + 1]
        height = (at_base - y) / at_core
        ascent, descent = _distances(height, tops, weight, spread)
        _spread(height * at_core, at_core, tops, weight, spread, np.array([-1 - ascent, -1.0, 0.0, descent]))
    return base, core, ascent, descent


@kernel
def _distances(height: np.ndarray, tops: int, weight: np.ndarray, spread: np.ndarray) -> tuple[float, float]:
    """The posterior means of ascent and descent, given heights (N,) of extrema above the base line and their shares in the lines."""
    above, below = 1 / _OF_ASCENT**2, 1 / _OF_DESCENT**2
    ascent, descent = _ASCENT * above, _DESCENT * below
    for n in range(len(height)):
        if n < tops:
            precision = weight[n, 0] / spread[0] ** 2
            ascent, above = ascent + precision * (height[n] - 1), above + precision
        else:
            precision = weight[n, 1] / spread[3] ** 2
            descent, below = descent - precision * height[n], below + precision
    return ascent / above, descent / below


@kernel
def _spread(
    rise: np.ndarray, at_core: np.ndarray, tops: int, weight: np.ndarray, spread: np.ndarray, levels: np.ndarray
) -> None:
    """Put into ``spread`` (4,) the standard deviations of the extrema, ``rise`` (N,) above the base line, about lines at ``levels``
    (4,), y down."""
    squares, shares = np.full(4, _LEAST_SPREAD**2), np.ones(4)
    for n in range(len(rise)):
        for side in range(2):
            line = (0 if n < tops else 2) + side
            off = rise[n] + levels[line] * at_core[n]
            squares[line] += weight[n, side] * off * off
            shares[line] += weight[n, side]
    for line in range(4):
        spread[line] = min(max(np.sqrt(squares[line] / shares[line]), _LEAST_SPREAD), _MOST_SPREAD)


def _priors(count: int, apart: float) -> tuple[np.ndarray, np.ndarray]:
    """Precision (2K, 2K) and pull (2K,) of the priors on base line and core height at knots, in units of what is known."""
    system, right = np.zeros((2 * count, 2 * count)), np.zeros(2 * count)

    def add(directions: np.ndarray, mean: float, deviation: float) -> None:
        nonlocal right
        system[:] += directions.T @ directions / deviation**2
        right += directions.sum(0) * mean / deviation**2

    bends, walks, nothing = np.diff(np.eye(count), 2, 0), np.diff(np.eye(count), 1, 0), np.zeros((count, count))
    add(np.hstack([bends / apart, nothing[: count - 2]]), 0.0, _BEND * np.sqrt(apart))
    add(np.hstack([nothing[: count - 1], walks]), 0.0, _GROWTH * np.sqrt(apart))
    ends = np.zeros((1, 2 * count))
    ends[0, 0], ends[0, count - 1] = -1 / (apart * (count - 1)), 1 / (apart * (count - 1))
    add(ends, 0.0, _OF_SLOPE)
    add(np.concatenate([np.zeros(count), np.full(count, 1 / count)])[None], 1.0, _OF_CORE)
    return system, right
