"""Numbers written with the pen, set from single digits of real writers: sizes, gaps, overlaps, ligatures, distortions."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recognizer.ink import Ink
from recognizer.ink.arc_length import arc_lengths, points_at
from recognizer.training.data.inksets import InkSet, load_inkset

DIGITS = "0123456789"
LONGEST = 8  # digits in a string
POINTS_A_SECOND = 100.0
_ADVANCE = 0.3  # least distance of neighbours' middles [heights]: nobody writes a digit on top of another
_LINE = 80.0  # height of a digit of middle size [px]


@dataclass(frozen=True)
class InkDigit:
    """One digit of one writer: strokes (n, 2) float32 one unit high, x from the middle, y down from the middle."""

    strokes: tuple[np.ndarray, ...]
    label: int


@dataclass(frozen=True)
class DigitWriters:
    """Digits by writer; writers are drawn in proportion to ``shares``."""

    glyphs: tuple[tuple[InkDigit, ...], ...]
    shares: np.ndarray


@dataclass(frozen=True)
class Variation:
    """How the digits of a string differ from each other and from what was written. Lengths in heights of a digit."""

    size: float = 0.3  # sizes are exp of uniform numbers of at most this
    baseline: float = 0.12  # standard deviation of the middles' heights
    gap: tuple[float, float] = (-0.15, 0.5)  # mean gap between neighbours' boxes in a string, uniform
    gap_jitter: float = 0.1  # standard deviation of each gap about that mean
    mixed: float = 0.0  # share of strings whose digits come from different writers
    slant: float = 0.0  # standard deviation of the shear of a string
    distortion: float = 0.0  # strength of the changes to each digit; 1: strong, though well legible
    ligatures: float = 0.0  # share of neighbours joined by a stroke
    stairs: float = 0.0  # share of strings as from a coarse tablet


@dataclass(frozen=True)
class Number:
    """An ink with its text, and for each point of each stroke the index of its digit, -1 on a ligature."""

    ink: Ink
    labels: tuple[int, ...]
    owners: tuple[np.ndarray, ...]


def load_writers(paths: Sequence[Path], split: str, evenness: float) -> DigitWriters:
    """Digits of the ``split`` of .npz files of ink. Writers' shares are their counts of digits to ``1 - evenness``."""
    glyphs: dict[str, list[InkDigit]] = {}
    for path in paths:
        inkset = load_inkset(path)
        for sample in inkset.of_split(split):
            if inkset.labels[sample] in DIGITS:
                glyphs.setdefault(str(inkset.writers[sample]), []).append(_glyph(inkset, int(sample)))
    ordered = tuple(tuple(glyphs[writer]) for writer in sorted(glyphs))
    shares = np.array([len(digits) for digits in ordered]) ** (1.0 - evenness)
    return DigitWriters(ordered, shares / shares.sum())


def _glyph(inkset: InkSet, sample: int) -> InkDigit:
    strokes = inkset.strokes(sample)
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    height = max(high[1] - low[1], 0.5 * (high[0] - low[0]), 1.0)
    return InkDigit(tuple((stroke - (low + high) / 2) / height for stroke in strokes), int(inkset.labels[sample]))


def random_number(writers: DigitWriters, variation: Variation, generator: np.random.Generator) -> Number:
    """A string of 1 to 8 digits."""
    count = int(generator.integers(1, LONGEST + 1))
    if generator.random() < variation.mixed:
        hands = generator.choice(len(writers.glyphs), count, p=writers.shares)
    else:
        hands = np.repeat(generator.choice(len(writers.glyphs), p=writers.shares), count)
    chosen = [writers.glyphs[hand][generator.integers(len(writers.glyphs[hand]))] for hand in hands]
    return set_number(chosen, variation, generator)


def set_number(glyphs: Sequence[InkDigit], variation: Variation, generator: np.random.Generator) -> Number:
    """Set the digits beside each other."""
    digits = [_varied(glyph, variation, generator) for glyph in glyphs]
    gap = generator.uniform(*variation.gap)
    right = middle = -np.inf
    placed: list[list[np.ndarray]] = []
    for strokes in digits:
        left = min(float(stroke[:, 0].min()) for stroke in strokes)
        width = max(float(stroke[:, 0].max()) for stroke in strokes) - left
        space = max(gap + generator.normal(0, variation.gap_jitter), variation.gap[0] - 0.1)
        start = max(right + space, middle + _ADVANCE - width / 2) if placed else 0.0
        placed.append([stroke + np.array([start - left, 0], np.float32) for stroke in strokes])
        right, middle = max(right, start + width), start + width / 2
    strokes, owners = _joined(placed, variation.ligatures, generator)
    shear = generator.normal(0, variation.slant) if variation.slant else 0.0
    strokes = [stroke @ np.array([[1, 0], [shear, 1]], np.float32) * _LINE for stroke in strokes]
    if generator.random() < variation.stairs:
        grid = _LINE * generator.uniform(0.02, 0.08)
        strokes = [np.round(stroke / grid) * grid for stroke in strokes]
    return Number(_timed(strokes), tuple(glyph.label for glyph in glyphs), tuple(owners))


def _varied(glyph: InkDigit, variation: Variation, generator: np.random.Generator) -> list[np.ndarray]:
    """The strokes of a digit in its size and height on the line, distorted."""
    strokes = list(glyph.strokes)
    if variation.distortion:
        strokes = _distorted(strokes, variation.distortion, generator)
    size = np.exp(generator.uniform(-variation.size, variation.size))
    offset = np.array([0, generator.normal(0, variation.baseline)])
    return [(stroke * size + offset).astype(np.float32) for stroke in strokes]


def _distorted(strokes: list[np.ndarray], strength: float, generator: np.random.Generator) -> list[np.ndarray]:
    """An affine change, waves across the digit, strokes a little apart, ends cut off, other densities of points."""
    angle, shear, squeeze = generator.normal(0, strength, 3) * (0.1, 0.15, 0.12)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    affine = turn @ np.array([[np.exp(squeeze), 0], [shear, np.exp(-squeeze)]])
    waves = generator.normal(0, 0.025 * strength, (2, 3, 2))
    frequency = generator.uniform(-5, 5, (2, 3))
    phase = generator.uniform(0, 2 * np.pi, 3)
    changed = []
    for stroke in strokes:
        points = _resampled(stroke, strength, generator)
        points = points + np.sin(points @ frequency + phase) @ waves.sum(axis=0)
        points = points + generator.normal(0, 0.02 * strength, 2)
        points = points + generator.normal(0, 0.008 * strength * generator.random(), points.shape)
        changed.append(points @ affine)
    return changed


def _resampled(stroke: np.ndarray, strength: float, generator: np.random.Generator) -> np.ndarray:
    """The stroke with 4 to 60 points a unit of length, one time in two; its ends cut off, one time in four."""
    change, cut = generator.random(2)
    if change > 0.5 * strength and cut > 0.25 * strength:
        return stroke
    arc = arc_lengths(stroke)
    if arc[-1] < 0.05:
        return stroke
    start, end = generator.uniform(0, 0.08, 2) * arc[-1] * (cut < 0.25 * strength)
    density = np.exp(generator.uniform(np.log(8), np.log(60)))
    places = np.linspace(start, arc[-1] - end, max(int(arc[-1] * density), 4))
    return points_at(places, arc, stroke)


def _joined(
    digits: list[list[np.ndarray]], ligatures: float, generator: np.random.Generator
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """All strokes with their points' owners; some digits' last stroke goes on into the next digit's first."""
    strokes: list[np.ndarray] = []
    owners: list[np.ndarray] = []
    for index, parts in enumerate(digits):
        for number, stroke in enumerate(parts):
            owner = np.full(len(stroke), index)
            reaches = number == 0 and index > 0 and 0.05 < stroke[0, 0] - strokes[-1][-1, 0] < 1.2
            if reaches and generator.random() < ligatures:
                steps = max(int(np.hypot(*(stroke[0] - strokes[-1][-1])) * 15), 2)
                share = np.linspace(0, 1, steps + 1)[1:-1, None]
                bridge = (strokes[-1][-1] * (1 - share) + stroke[0] * share).astype(np.float32)
                strokes[-1] = np.concatenate([strokes[-1], bridge, stroke])
                owners[-1] = np.concatenate([owners[-1], np.full(len(bridge), -1), owner])
            else:
                strokes.append(stroke)
                owners.append(owner)
    return strokes, owners


def _timed(strokes: list[np.ndarray]) -> Ink:
    """An ink whose points follow each other at an even pace, a fifth of a second between strokes."""
    start, timed = 0.0, []
    for stroke in strokes:
        times = start + np.arange(len(stroke)) / POINTS_A_SECOND
        timed.append(np.column_stack([stroke, times]).astype(np.float32))
        start = times[-1] + 0.2
    return Ink(tuple(timed))
