"""Lines of pen ink as they look on paper that was scanned or photographed: pens, pencils and felt tips, papers, light, thresholds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from recognizer.training.synthesis.glyphs import paint
from recognizer.training.synthesis.paper import compressed

_CORE = (14.0, 48.0)  # px of a core height: 100 to 400 dpi
# Of the pen [core heights]: its median, deviation of its logarithm, and most.
_WIDTH, _OF_WIDTH, _WIDEST = 0.12, 0.4, 0.28
_THINNEST = 1.1  # px
_MARGIN = (0.2, 1.0)  # of paper around the writing [core heights]
_BILEVEL = 0.5  # share of images of two levels
_DIRT = 0.25  # share of images with specks


@dataclass(frozen=True)
class _Pen:
    """A pen whose width changes with its direction and along its way."""

    radius: float  # px
    contrast: float  # of its widths across and along the nib
    angle: float  # of the nib
    uneven: float  # standard deviation of the logarithm of the width, which changes slowly

    @staticmethod
    def draw(core: float, generator: np.random.Generator) -> "_Pen":
        width = max(core * min(_WIDTH * float(np.exp(generator.normal(0, _OF_WIDTH))), _WIDEST), _THINNEST)
        contrast = float(generator.uniform(0, 0.6)) if generator.random() < 0.3 else 0.0
        return _Pen(width / 2, contrast, float(generator.uniform(0, np.pi)), float(generator.uniform(0, 0.25)))

    def radii(self, points: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        """(n,) half widths [px] at the points (n, 2) of a stroke."""
        tangent = np.gradient(points, axis=0) if len(points) > 1 else np.zeros_like(points)
        across = 2 * (np.arctan2(tangent[:, 1], tangent[:, 0]) - self.angle)
        slow = ndimage.gaussian_filter1d(generator.normal(0, 1, len(points)), 4, mode="nearest") * 3.7
        radii: np.ndarray = self.radius * np.exp(self.contrast * (np.cos(across) - 0.5) + self.uneven * slow)
        return radii


def written(strokes: Sequence[np.ndarray], generator: np.random.Generator) -> np.ndarray:
    """Coverage (H, W) float32 in 0..1 of strokes (n, 2) whose unit is the core height, by some pen at some resolution."""
    core = float(np.exp(generator.uniform(*np.log(_CORE))))
    pen = _Pen.draw(core, generator)
    left, top, right, bottom = core * generator.uniform(*_MARGIN, 4) + 2 * pen.radius
    points = core * np.concatenate(strokes).astype(np.float64)
    low = points.min(0)
    points += np.array([left, top]) - low
    ends = np.cumsum([len(stroke) for stroke in strokes])
    radii = np.concatenate([pen.radii(stroke, generator) for stroke in np.split(points, ends[:-1])])
    wide, high = np.ceil(points.max(0) + np.array([right, bottom])).astype(int)
    canvas = np.zeros((high, wide), np.float32)
    starts = np.concatenate([[0], ends[:-1]])
    owner = np.zeros(canvas.shape, np.int8)
    paint(canvas, owner, points.astype(np.float32), starts, radii.astype(np.float32), 0)
    return canvas


def scanned(coverage: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """The image (H, W) uint8 of ink ``coverage`` (H, W) in 0..1 that a scanner or camera gives, of two levels or many."""
    draw = generator.random
    shape = coverage.shape
    fine = generator.standard_normal(shape, np.float32)
    ink = coverage
    if draw() < 0.25:  # a pen that fails, or a pencil on rough paper
        gaps = ndimage.gaussian_filter(fine, generator.uniform(0.6, 2.0))
        gaps /= gaps.std()
        ink = ink * (1 - generator.uniform(0.1, 0.8) * np.clip(gaps - generator.uniform(0.2, 1.2), 0, 1))
    blur = generator.uniform(0.3, 1.1)
    ink = ndimage.gaussian_filter(ink, blur, truncate=3)
    paper, contrast = generator.uniform(150, 252), generator.uniform(0.35, 0.95)
    across, down = np.linspace(-1, 1, shape[1], dtype=np.float32), np.linspace(-1, 1, shape[0], dtype=np.float32)
    light = paper * (1 + generator.normal(0, 0.05) * across + generator.normal(0, 0.03) * down[:, None])
    grain = generator.standard_normal(shape, np.float32) * np.float32(generator.uniform(0.5, 8))
    if draw() < 0.5:
        grain = ndimage.gaussian_filter(grain, generator.uniform(0.5, 1.0)) * np.float32(2)
    grey = light * (1 - contrast * ink) + grain
    if draw() < _BILEVEL:
        level = light * (1 - contrast * generator.uniform(0.3, 0.7))
        grey = np.where(grey < level, 0, 255)
    if draw() < _DIRT:
        _dirt(grey, generator)
    levels = np.clip(grey, 0, 255).astype(np.uint8)
    return compressed(levels, int(generator.integers(30, 90))) if draw() < 0.15 else levels


def _dirt(grey: np.ndarray, generator: np.random.Generator) -> None:
    """A few specks."""
    for _ in range(int(generator.integers(1, 12))):
        row, column = generator.integers(grey.shape)
        size = int(generator.integers(1, 4))
        grey[row : row + size, column : column + size] = generator.uniform(0, 120)
