"""The samples in resources/samples: numbers, words and amounts in a hand of our own, so that nobody else's writing is shipped.

``python -m recognizer.training.synthesis.samples FOLDER`` makes them again, the same on every machine. A character is a few guide
points per stroke, bent a little differently every time, joined by a spline and run through at the speed of a hand
(fast where it is straight, slow in the bends). Scans are the same ink painted on printed paper.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from scipy.interpolate import CubicSpline
from scipy.ndimage import gaussian_filter

from recognizer.files import replacing, write_file
from recognizer.ink import Ink, write_inkml

INKS = {"number-1998": "1998", "number-60135": "60135", "number-27450": "27450"}
TEXTS = {"text-pack-my-box": "pack my box with", "text-liquor-jugs": "five dozen liquor jugs"}
AMOUNTS = {"amount-1250.00": "$ 1,250.00", "amount-742.50": "$742.50", "amount-60135": "60.135.-"}

Point = tuple[float, float]

# Guide points: x right, y up from the base line, in heights of a digit. A point said twice is a corner.
GUIDES: dict[str, tuple[tuple[Point, ...], ...]] = {
    "0": (((0.38, 0.97), (0.14, 0.84), (0.03, 0.5), (0.12, 0.1), (0.33, 0.0), (0.56, 0.18), (0.62, 0.55), (0.5, 0.88),
           (0.33, 0.98), (0.24, 0.92)),),
    "1": (((0.02, 0.7), (0.13, 0.83), (0.25, 1.0), (0.25, 1.0), (0.23, 0.55), (0.2, 0.0)),),
    "2": (((0.04, 0.76), (0.12, 0.93), (0.32, 1.0), (0.54, 0.88), (0.53, 0.66), (0.34, 0.36), (0.02, 0.02), (0.02, 0.02),
           (0.2, 0.05), (0.44, 0.0), (0.66, 0.06)),),
    "3": (((0.06, 0.86), (0.24, 0.99), (0.46, 0.92), (0.48, 0.72), (0.34, 0.56), (0.19, 0.53), (0.19, 0.53), (0.4, 0.5),
           (0.56, 0.34), (0.52, 0.11), (0.3, 0.0), (0.1, 0.03), (0.0, 0.14)),),
    "4": (((0.3, 1.0), (0.18, 0.7), (0.03, 0.36), (0.03, 0.36), (0.3, 0.34), (0.66, 0.4)),
          ((0.5, 0.76), (0.46, 0.35), (0.43, -0.05))),
    "5": (((0.16, 0.96), (0.13, 0.75), (0.1, 0.55), (0.1, 0.55), (0.29, 0.61), (0.5, 0.49), (0.55, 0.25), (0.4, 0.04),
           (0.18, 0.0), (0.02, 0.1)),
          ((0.16, 0.96), (0.36, 0.95), (0.6, 1.0))),
    "6": (((0.48, 0.99), (0.25, 0.8), (0.07, 0.46), (0.05, 0.18), (0.2, 0.01), (0.42, 0.04), (0.52, 0.21), (0.43, 0.39),
           (0.24, 0.4), (0.08, 0.24)),),
    "7": (((0.02, 0.9), (0.22, 0.95), (0.57, 0.98), (0.57, 0.98), (0.4, 0.62), (0.27, 0.3), (0.2, 0.0)),),
    "8": (((0.52, 0.82), (0.34, 0.99), (0.13, 0.88), (0.15, 0.68), (0.36, 0.5), (0.53, 0.27), (0.43, 0.04), (0.21, 0.0),
           (0.05, 0.18), (0.17, 0.42), (0.4, 0.62), (0.52, 0.84), (0.42, 0.96)),),
    "9": (((0.5, 0.84), (0.35, 0.98), (0.13, 0.9), (0.06, 0.68), (0.2, 0.52), (0.4, 0.6), (0.53, 0.88), (0.53, 0.88),
           (0.5, 0.5), (0.44, 0.2), (0.36, -0.04)),),
    "$": (((0.52, 0.78), (0.32, 0.9), (0.09, 0.78), (0.13, 0.59), (0.37, 0.47), (0.54, 0.28), (0.42, 0.07), (0.2, 0.03),
           (0.0, 0.15)),
          ((0.33, 1.1), (0.29, 0.5), (0.24, -0.14))),
    ",": (((0.07, 0.06), (0.08, -0.05), (0.0, -0.2)),),
    ".": (((0.0, 0.05), (0.05, 0.04), (0.05, -0.01), (0.01, 0.0)),),
    "-": (((0.0, 0.42), (0.22, 0.45), (0.5, 0.43)),),
    "a": (((0.38, 0.46), (0.2, 0.52), (0.03, 0.34), (0.06, 0.08), (0.22, 0.02), (0.38, 0.3), (0.4, 0.5), (0.4, 0.5), (0.39, 0.2),
           (0.44, 0.02), (0.54, 0.06)),),
    "b": (((0.06, 1.0), (0.06, 0.5), (0.06, 0.02), (0.06, 0.02), (0.1, 0.36), (0.26, 0.5), (0.41, 0.34), (0.36, 0.07),
           (0.2, 0.0), (0.07, 0.1)),),
    "c": (((0.4, 0.42), (0.26, 0.52), (0.06, 0.36), (0.05, 0.12), (0.22, 0.0), (0.42, 0.1)),),
    "d": (((0.38, 0.44), (0.2, 0.52), (0.03, 0.32), (0.07, 0.06), (0.24, 0.03), (0.38, 0.3), (0.41, 1.0), (0.41, 1.0),
           (0.4, 0.4), (0.42, 0.04), (0.52, 0.05)),),
    "e": (((0.05, 0.26), (0.26, 0.29), (0.4, 0.38), (0.26, 0.52), (0.07, 0.38), (0.06, 0.12), (0.22, 0.0), (0.43, 0.1)),),
    "f": (((0.38, 0.92), (0.28, 1.0), (0.16, 0.84), (0.15, 0.4), (0.13, 0.0)),
          ((0.0, 0.5), (0.16, 0.51), (0.33, 0.53))),
    "g": (((0.38, 0.46), (0.2, 0.52), (0.03, 0.32), (0.07, 0.08), (0.24, 0.05), (0.38, 0.3), (0.4, 0.5), (0.4, 0.5),
           (0.39, 0.0), (0.32, -0.32), (0.14, -0.36), (0.03, -0.24)),),
    "h": (((0.06, 1.0), (0.06, 0.5), (0.05, 0.0), (0.05, 0.0), (0.08, 0.3), (0.24, 0.5), (0.37, 0.38), (0.38, 0.15),
           (0.4, 0.0)),),
    "i": (((0.05, 0.5), (0.05, 0.25), (0.07, 0.03), (0.15, 0.02)), ((0.06, 0.74), (0.08, 0.73), (0.08, 0.71))),
    "j": (((0.2, 0.5), (0.2, 0.0), (0.14, -0.32), (0.0, -0.28)), ((0.21, 0.74), (0.23, 0.73), (0.23, 0.71))),
    "k": (((0.06, 1.0), (0.06, 0.5), (0.05, 0.0)),
          ((0.37, 0.5), (0.2, 0.32), (0.08, 0.22), (0.08, 0.22), (0.22, 0.14), (0.4, 0.0))),
    "l": (((0.06, 1.0), (0.05, 0.5), (0.07, 0.06), (0.17, 0.02)),),
    "m": (((0.04, 0.5), (0.05, 0.25), (0.04, 0.0), (0.04, 0.0), (0.08, 0.32), (0.2, 0.5), (0.28, 0.36), (0.27, 0.0),
           (0.27, 0.0), (0.32, 0.32), (0.44, 0.5), (0.53, 0.36), (0.53, 0.1), (0.56, 0.0)),),
    "n": (((0.04, 0.5), (0.05, 0.25), (0.04, 0.0), (0.04, 0.0), (0.09, 0.32), (0.24, 0.5), (0.35, 0.37), (0.35, 0.12),
           (0.39, 0.0)),),
    "o": (((0.26, 0.51), (0.08, 0.42), (0.05, 0.14), (0.2, 0.0), (0.38, 0.1), (0.41, 0.36), (0.28, 0.51), (0.2, 0.49)),),
    "p": (((0.05, 0.5), (0.05, 0.1), (0.03, -0.38), (0.03, -0.38), (0.06, 0.1), (0.12, 0.42), (0.28, 0.5), (0.41, 0.32),
           (0.34, 0.05), (0.18, 0.0), (0.07, 0.08)),),
    "q": (((0.38, 0.46), (0.2, 0.52), (0.03, 0.32), (0.07, 0.06), (0.24, 0.04), (0.38, 0.3), (0.4, 0.5), (0.4, 0.5),
           (0.39, 0.0), (0.39, -0.36), (0.39, -0.36), (0.46, -0.28), (0.54, -0.2)),),
    "r": (((0.04, 0.5), (0.05, 0.25), (0.04, 0.0), (0.04, 0.0), (0.09, 0.3), (0.2, 0.48), (0.34, 0.47)),),
    "s": (((0.34, 0.44), (0.22, 0.52), (0.08, 0.43), (0.12, 0.3), (0.28, 0.22), (0.35, 0.1), (0.2, 0.0), (0.02, 0.07)),),
    "t": (((0.16, 0.86), (0.15, 0.4), (0.17, 0.06), (0.26, 0.0), (0.36, 0.06)), ((0.0, 0.54), (0.16, 0.55), (0.34, 0.57))),
    "u": (((0.04, 0.5), (0.05, 0.15), (0.17, 0.0), (0.31, 0.14), (0.36, 0.5), (0.36, 0.5), (0.36, 0.2), (0.4, 0.02),
           (0.48, 0.04)),),
    "v": (((0.02, 0.5), (0.1, 0.25), (0.18, 0.0), (0.18, 0.0), (0.27, 0.25), (0.36, 0.52)),),
    "w": (((0.02, 0.5), (0.08, 0.25), (0.15, 0.0), (0.15, 0.0), (0.22, 0.25), (0.28, 0.45), (0.28, 0.45), (0.34, 0.22),
           (0.41, 0.0), (0.41, 0.0), (0.49, 0.25), (0.56, 0.52)),),
    "x": (((0.03, 0.5), (0.2, 0.25), (0.38, 0.0)), ((0.38, 0.5), (0.2, 0.25), (0.0, 0.0))),
    "y": (((0.03, 0.5), (0.06, 0.2), (0.18, 0.05), (0.32, 0.2), (0.36, 0.5), (0.36, 0.5), (0.35, 0.05), (0.27, -0.32),
           (0.1, -0.34), (0.0, -0.24)),),
    "z": (((0.04, 0.48), (0.2, 0.5), (0.37, 0.49), (0.37, 0.49), (0.2, 0.25), (0.02, 0.02), (0.02, 0.02), (0.2, 0.02),
           (0.4, 0.02)),),
}  # fmt: skip


@dataclass(frozen=True)
class Style:
    """How somebody writes; lengths in heights of a digit."""

    slant: float = 0.15  # to the right, per height
    gap: float = 0.2  # between characters
    space: float = 0.35  # between words, besides
    uneven: float = 0.022  # how far guide points stray (standard deviation)
    wander: float = 0.04  # how far characters leave the line and differ in size
    speed: float = 7.0  # heights a second on a straight line


def write(text: str, height: float, hand: Style, generator: np.random.Generator, rate: float = 125.0) -> Ink:
    """``text`` with digits ``height`` px high, at ``rate`` points a second, with pressures; left end at x = height / 2,
    base line at y = 1.6 height."""
    strokes: list[np.ndarray] = []
    pressures: list[np.ndarray] = []
    left, drift, now = 0.5, generator.normal(0, 0.01), 0.0
    for character in text:
        if character == " ":
            left += hand.space
            continue
        size = 1 + generator.normal(0, hand.wander)
        lean = hand.slant + generator.normal(0, hand.wander)
        lift = drift * left + generator.normal(0, hand.wander)
        guides = [_strayed(np.array(guide), hand, generator) for guide in GUIDES[character]]
        for guide in guides:
            guide[:, 0] += lean * guide[:, 1]
        offset = left - size * min(float(guide[:, 0].min()) for guide in guides)
        for guide in guides:
            path, seconds = _run(guide * size, hand, rate, generator)
            x, y = path[:, 0] + offset, 1.6 - lift - path[:, 1]
            strokes.append(np.column_stack([x * height, y * height, now + np.arange(len(path)) / rate]))
            pressures.append(_pressure(path, generator))
            now += seconds + generator.uniform(0.09, 0.16)
            left = max(left, float(x.max()))
        left += hand.gap + generator.normal(0, hand.wander) + (0.07 if character in ",." else 0)
        now += generator.uniform(0.03, 0.1)
    return Ink(tuple(strokes), tuple(pressures))


def _strayed(guide: np.ndarray, hand: Style, generator: np.random.Generator) -> np.ndarray:
    """Guide points (n, 2) a little elsewhere, dots no further than they are large."""
    amount = hand.uneven * min(1.0, float(np.ptp(guide, axis=0).max()) * 2)
    return moved(guide, generator.normal(0, amount, guide.shape))


def moved(guide: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Guide points (n, 2), each elsewhere by so much; corners stay corners."""
    points = guide + by
    corners = _corners(guide)
    points[corners] = points[corners - 1]
    return points


def _corners(guide: np.ndarray) -> np.ndarray:
    """The second of each two guide points (n, 2) that are the same: the curve breaks there."""
    return np.flatnonzero((guide[1:] == guide[:-1]).all(1)) + 1


def _run(guide: np.ndarray, hand: Style, rate: float, generator: np.random.Generator) -> tuple[np.ndarray, float]:
    """The path (n, 2) along guide points at ``rate`` points a second, and how long it takes [s]."""
    fine = curve(guide, 200)
    steps = np.hypot(*np.diff(fine, axis=0).T)
    speed = hand.speed * _ease(fine, steps)
    clock = np.concatenate([[0], np.cumsum(steps / speed)])
    ticks = np.arange(0, max(clock[-1], 2 / rate), 1 / rate)
    path = np.column_stack([np.interp(ticks, clock, fine[:, axis]) for axis in (0, 1)])
    tremor = gaussian_filter(generator.normal(0, 1, path.shape), (2, 0)) * 0.006
    return path + tremor, float(clock[-1])


def curve(guide: np.ndarray, steps: int) -> np.ndarray:
    """A smooth curve through guide points (n, 2), broken at corners: so many points for each smooth part."""
    parts = []
    for part in np.split(guide, _corners(guide).tolist()):
        along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(part, axis=0).T) ** 0.5)])
        parts.append(CubicSpline(along, part)(np.linspace(0, along[-1], steps)))
    return np.concatenate(parts)


def _ease(fine: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """Share of the full speed at each step: the two-thirds power law of hands, slower at both ends."""
    heading = np.unwrap(np.arctan2(*np.diff(fine, axis=0).T[::-1]))
    bend = np.abs(np.gradient(heading)) / np.maximum(steps, 1e-4)
    power = np.minimum(1.0, (2.0 / np.maximum(gaussian_filter(bend, 8), 2.0)) ** (1 / 3))
    ends = np.minimum(np.arange(len(steps)), np.arange(len(steps))[::-1]) / len(steps)
    return power * (0.35 + 0.65 * np.minimum(1, ends * 8))


def _pressure(path: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """0..1 for each point: down, along and up again."""
    place = np.linspace(0, 1, len(path))
    arch = 1 - (2 * place - 1) ** 6
    return np.clip(0.3 + 0.3 * arch + gaussian_filter(generator.normal(0, 0.25, len(path)), 3), 0.05, 1)


@dataclass(frozen=True)
class Paper:
    """What is under the writing, and the scanner over it."""

    grey: float  # of the paper
    print_depth: float  # how much darker the guilloche is
    period: float  # of its lines [px]
    ink: float  # grey of the pen
    pen: float  # its width [px]
    rule: bool  # a printed line under the amount
    noise: float = 2.5


PAPERS = {
    "amount-1250.00": Paper(grey=232, print_depth=26, period=6.5, ink=52, pen=2.6, rule=True),
    "amount-742.50": Paper(grey=196, print_depth=22, period=4.5, ink=38, pen=3.1, rule=False, noise=4),
    "amount-60135": Paper(grey=241, print_depth=34, period=8.0, ink=60, pen=2.3, rule=True),
}


def scan(ink: Ink, paper: Paper, generator: np.random.Generator) -> Image.Image:
    """The ink on paper, cut out as a courtesy amount is, mode L."""
    left, top, right, bottom = ink.bounds
    margin = 0.28 * (bottom - top)
    ink = ink.translated(margin + 4 - left, margin - top)
    width, height = round(right - left + 2 * margin + 8), round(bottom - top + 1.8 * margin)
    y, x = np.mgrid[:height, :width].astype(np.float64)
    grey = paper.grey + 5 * np.sin(x / width * 2 + 1) - 6 * y / height
    grey -= paper.print_depth * _guilloche(x, y, paper.period)
    grey += gaussian_filter(generator.normal(0, 1, (height, width)), 0.8) * 8
    if paper.rule:
        line = 1.55 * margin + (bottom - top) * 0.93 + 0.006 * x
        grey -= 105 * np.clip(1.1 - np.abs(y - line), 0, 1)
    cover = _painted(ink, paper.pen, (height, width))
    cover *= 1 - 0.5 * np.clip(gaussian_filter(generator.normal(0, 1, cover.shape), 1.5) * 2, 0, 1)
    grey = grey * (1 - cover) + paper.ink * cover
    grey = gaussian_filter(grey, 0.45) + generator.normal(0, paper.noise, grey.shape)
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def _guilloche(x: np.ndarray, y: np.ndarray, period: float) -> np.ndarray:
    """Two families of waving lines, as printed against copying, in 0..1."""
    pattern = np.zeros_like(x)
    for angle, reach in ((0.35, 9.0), (-0.5, 14.0)):
        along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
        wave = reach * np.sin(along / (3.1 * reach))
        pattern = np.maximum(pattern, np.cos((across + wave) * np.pi / period) ** 8)
    return pattern


def _painted(ink: Ink, pen: float, shape: tuple[int, int]) -> np.ndarray:
    """Share of each pixel that the pen covers (H, W), wider where it presses."""
    fine = 6
    canvas = Image.new("L", (shape[1] * fine, shape[0] * fine))
    draw = ImageDraw.Draw(canvas)
    for stroke, pressure in zip(ink.strokes, ink.pressures or (), strict=True):
        dense = np.linspace(0, len(stroke) - 1, len(stroke) * 12)
        points = np.arange(len(stroke))
        x, y, press = (np.interp(dense, points, column) for column in (*stroke.T[:2], pressure))
        for cx, cy, radius in zip(x * fine, y * fine, pen * (0.55 + 0.75 * press) * fine / 2, strict=True):
            draw.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), fill=255)
    return np.asarray(canvas.reduce(fine), np.float64) / 255


def main(folder: Path) -> None:
    """Writes all samples into the folder."""
    hands = [Style(), Style(slant=0.05, gap=0.16, speed=6), Style(slant=0.28, gap=0.24, speed=9)]
    for number, (name, text) in enumerate(INKS.items()):
        ink = write(text, 96, hands[number], np.random.default_rng(number))
        write_file(folder / f"{name}.inkml", write_inkml(ink))
    for number, (name, text) in enumerate(TEXTS.items()):
        ink = write(text, 80, Style(slant=0.12, gap=0.12), np.random.default_rng(20 + number))
        write_file(folder / f"{name}.inkml", write_inkml(ink))
    for number, (name, text) in enumerate(AMOUNTS.items()):
        generator = np.random.default_rng(10 + number)
        ink = write(text, 30 + 2 * number, hands[number], generator)
        with replacing(folder / f"{name}.png") as file:
            scan(ink, PAPERS[name], generator).save(file, "PNG", dpi=(200, 200))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
