"""Scans and photographs of pages that nobody wrote: composed ink drawn on papers with all that goes wrong with them.

What is written on which line is known pixel by pixel.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from scipy import ndimage

from recognizer.ink import Ink
from recognizer.page.rectify import homography, project, resample
from recognizer.training.synthesis.composed_pages import ComposedPage, LevelWord, compose
from recognizer.training.synthesis.composed_things import AT_RIM, ON_PAPER, Composed, lay_on

SIZE = (1240, 1754)  # px: A4 at 150 dpi
_OF_INK = ("bend", "indents", "columns", "underlines")  # faults of the writing itself
FAULTS = (
    *_OF_INK,
    "tilt",
    "perspective",
    "shadow",
    "ruled",
    "squared",
    "coloured",
    "bleed",
    "holes",
    "margin",
    "heading",
    "specks",
)
# Faults of photographs: lines in a flat hand, what lies on the paper, and the table around it.
PHOTOGRAPHED = ("flat", *ON_PAPER, *AT_RIM, "table")
_FINER = 2


@dataclass(frozen=True)
class ComposedScan:
    """A page ``grey`` (H, W) uint8 and the line (H, W) uint8 of each pixel of ink, from 1 to ``count``; 0: none."""

    grey: np.ndarray
    lines: np.ndarray
    count: int
    faults: tuple[str, ...]


def compose_scan(
    words: Iterator[LevelWord], generator: np.random.Generator, faults: Sequence[str], count: int
) -> ComposedScan:
    """A page of ``count`` lines with these faults."""
    kinds = [fault for fault in faults if fault in _OF_INK]
    words = (_by_hand(word, generator) for word in words)
    page = compose(words, generator, kinds, count, pitch=generator.uniform(2.8, 4.2))
    written = _Written(_with_flat_lines(page, generator) if "flat" in faults else page, generator)
    light = _paper(generator, faults, written.pitch)
    if "bleed" in faults:
        behind = _Written(compose(words, generator, (), count), generator)
        light *= 1 - generator.uniform(0.08, 0.2) * ndimage.gaussian_filter(behind.darkness()[:, ::-1], 1.5)
    light *= 1 - generator.uniform(0.55, 0.9) * written.darkness()
    light, numbers = lay_on(Composed(light, written.numbers(), written.pen, generator), faults)
    grey, lines = _seen(light, numbers, generator, faults)
    return ComposedScan(grey, lines, count, tuple(faults))


def _by_hand(word: LevelWord, generator: np.random.Generator) -> LevelWord:
    """A word not quite level, and not quite where it should stand."""
    slope, off = generator.normal(0, 0.025), generator.normal(0, 0.06)
    return [stroke + np.stack([np.zeros(len(stroke)), slope * stroke[:, 0] + off], 1) for stroke in word]


def _with_flat_lines(page: ComposedPage, generator: np.random.Generator) -> ComposedPage:
    """A page some of whose lines are in a flat hand."""
    strokes = list(page.ink.strokes)
    for line in generator.permutation(page.lines.max() + 1)[: generator.integers(1, 4)]:
        members = np.flatnonzero(page.lines == line)
        middle, low = np.median(np.concatenate([strokes[k][:, 1] for k in members])), generator.uniform(0.45, 0.7)
        for k in members:
            strokes[k] = np.stack([strokes[k][:, 0], middle + low * (strokes[k][:, 1] - middle), strokes[k][:, 2]], 1)
    return ComposedPage(Ink(tuple(strokes)), page.lines, page.kinds)


class _Written:
    """Composed ink laid on a sheet, from px to px of it."""

    def __init__(self, page: ComposedPage, generator: np.random.Generator) -> None:
        points = np.concatenate(page.ink.strokes)[:, :2]
        low, high = points.min(0), points.max(0)
        room = np.array(SIZE) * generator.uniform(0.75, 0.85)
        scale = float(min((room / np.maximum(high - low, 1e-6)).min(), 150))
        free = np.array(SIZE) - scale * (high - low)
        start = free * np.array([0.6, 0.65]) * generator.uniform(0.85, 1.0, 2)
        self.strokes = [(stroke[:, :2] - low) * scale + start for stroke in page.ink.strokes]
        self.lines = page.lines
        middles = [
            np.median(np.concatenate([self.strokes[k][:, 1] for k in members])) for members in page.expected if members
        ]
        self.pitch = float(np.median(np.abs(np.diff(middles)))) if len(middles) > 1 else 80.0
        self.pen = float(np.clip(self.pitch * generator.uniform(0.03, 0.06), 2.0, 7.0))

    def darkness(self) -> np.ndarray:
        """(H, W) float32 in 0..1: all ink."""
        image = Image.new("L", (SIZE[0] * _FINER, SIZE[1] * _FINER))
        self._draw(image, _FINER, range(len(self.strokes)), [255] * len(self.strokes))
        return np.asarray(image.reduce(_FINER)).astype(np.float32) / 255

    def numbers(self) -> np.ndarray:
        """(H, W) uint8: the line of each pixel, from 1."""
        image = Image.new("L", SIZE)
        written = np.flatnonzero(self.lines >= 0)
        self._draw(image, 1, written.tolist(), (self.lines[written] + 1).tolist())
        return np.asarray(image)

    def _draw(self, image: Image.Image, scale: int, chosen: Sequence[int], values: Sequence[int]) -> None:
        pencil = ImageDraw.Draw(image)
        for number, value in zip(chosen, values, strict=True):
            points = (self.strokes[number] * scale).ravel().tolist()
            if len(points) == 2:
                points *= 2
            pencil.line(points, fill=int(value), width=max(1, round(self.pen * scale)), joint="curve")


def _paper(generator: np.random.Generator, faults: Sequence[str], pitch: float) -> np.ndarray:
    """(H, W) float32: the light that a sheet of paper gives back, in 0..1."""
    light = np.full(SIZE[::-1], generator.uniform(0.55, 0.8) if "coloured" in faults else 0.95, np.float32)
    light += ndimage.gaussian_filter(generator.normal(0, 0.02, light.shape), 1).astype(np.float32)
    rule, thick = 1 - generator.uniform(0.15, 0.5), int(generator.integers(1, 4))
    spacing = pitch if "ruled" in faults else generator.uniform(28, 40)
    if "ruled" in faults or "squared" in faults:
        for y in np.arange(spacing, SIZE[1], spacing).astype(int):
            light[y : y + thick] *= rule
    if "squared" in faults:
        for x in np.arange(spacing, SIZE[0], spacing).astype(int):
            light[:, x : x + thick] *= rule
    if "margin" in faults:
        x = int(generator.uniform(0.05, 0.1) * SIZE[0])
        light[:, x : x + thick + 1] *= rule
    image = Image.fromarray((np.clip(light, 0, 1) * 255).astype(np.uint8))
    pencil = ImageDraw.Draw(image)
    if "heading" in faults:
        size = float(generator.uniform(20, 34))
        pencil.text((120, 40), "Department of Records", fill=20, font=ImageFont.load_default(size))
        pencil.text((120, 40 + 1.4 * size), "Please write below this line", fill=20, font=ImageFont.load_default(size))
    if "holes" in faults:
        for y in (0.25, 0.75):
            pencil.ellipse((20, y * SIZE[1], 52, y * SIZE[1] + 32), fill=40)
    if "specks" in faults:
        for x, y in generator.uniform((0, 0), SIZE, (60, 2)):
            pencil.ellipse((x, y, x + 2, y + 2), fill=60)
    return np.asarray(image).astype(np.float32) / 255


def _seen(
    light: np.ndarray, numbers: np.ndarray, generator: np.random.Generator, faults: Sequence[str]
) -> tuple[np.ndarray, np.ndarray]:
    """What a scanner or a camera makes of a sheet, or of one on a table: grey levels, and the numbers of the lines where they then are."""
    width, height = SIZE
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], float)
    seen = corners.copy()
    if "perspective" in faults:
        seen = corners * 0.88 + np.array(SIZE) * 0.06 + generator.uniform(-0.035, 0.035, (4, 2)) * width
    if "tilt" in faults:
        turn = np.radians(generator.uniform(-15, 15))
        matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        seen = (seen - corners.mean(0)) @ matrix.T + corners.mean(0)
    around = (light.shape[1] - width) // 2  # px of table
    low, high = seen.min(0), seen.max(0)
    if around:
        low, high = low - generator.uniform(-30, 120, 2), high + generator.uniform(-30, 120, 2)
    room = np.ceil(high - low).astype(int)
    to_sheet = homography(seen - low, corners + around)
    shape = (int(room[1]), int(room[0]))
    table = int(generator.uniform(40, 110)) if "perspective" in faults else 242
    grey = resample((np.clip(light, 0, 1) * 255).astype(np.uint8), to_sheet, shape, outside=table).astype(np.float32)
    if "shadow" in faults:
        y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
        turn = generator.uniform(0, 2 * np.pi)
        across = np.cos(turn) * (x / shape[1] - 0.5) + np.sin(turn) * (y / shape[0] - generator.uniform(0.3, 0.7))
        grey *= 1 - generator.uniform(0.25, 0.5) / (1 + np.exp(-across * generator.uniform(8, 60)))
    grey = ndimage.gaussian_filter(grey, generator.uniform(0.3, 0.9)) + generator.normal(0, 3, shape)
    y, x = np.mgrid[: shape[0], : shape[1]] + 0.5
    places = np.floor(project(to_sheet, np.stack([x.ravel(), y.ravel()], 1))).astype(int)
    inside = ((places >= 0) & (places < np.array(numbers.shape[::-1]))).all(1)
    there = np.zeros(len(places), np.uint8)
    there[inside] = numbers[places[inside, 1], places[inside, 0]]
    return np.clip(grey, 0, 255).astype(np.uint8), there.reshape(shape)
