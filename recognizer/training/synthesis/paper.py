"""Ink on printed paper as a scanner or a camera gives it, made up: tints, guilloche, rules, light, blur, grain, compression."""

import io

import numpy as np
from PIL import Image
from scipy import ndimage

_PLAIN = 0.45  # share of sheets without print below the writing, as a form or a clean scan is
_RULED = 0.45  # share of sheets with printed lines
_NO_SIDES = 0.9  # share of ruled papers without upright rules, which look like ones


def scan(coverage: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Grey levels (H, W) uint8 of ink ``coverage`` (H, W) in 0..1 on paper of some kind."""
    shape = coverage.shape
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    if generator.random() < _PLAIN:
        paper, contrast, faint = generator.uniform(195, 252), generator.uniform(0.4, 0.92), 0.4
        background = _lit(paper, x, y, generator)
    else:
        paper, contrast, faint = generator.uniform(110, 245), generator.uniform(0.35, 0.9), 1.0
        background = _lit(paper, x, y, generator)
        background -= _guilloche(x, y, generator) * generator.uniform(0.05, 0.4) * contrast * paper
    texture = ndimage.gaussian_filter(generator.normal(0, 1, shape).astype(np.float32), generator.uniform(0.3, 1.2))
    background += texture * generator.uniform(0, 18) * faint
    ink = ndimage.gaussian_filter(coverage, generator.uniform(0.2, 0.7))
    uneven = 1 - generator.uniform(0, 0.4) * faint * np.clip(
        ndimage.gaussian_filter(generator.normal(0, 1, shape), generator.uniform(1.5, 4)) * 5, 0, 1
    )
    grey = background * (1 - contrast * ink * uneven)
    if generator.random() < _RULED:
        _rules(grey, x, y, generator)
    if generator.random() < 0.5 * faint:  # scanned with few dots and enlarged, or out of focus
        grey = ndimage.gaussian_filter(grey, generator.uniform(0.3, 1.3) * shape[0] / 50)
    grey += generator.normal(0, generator.uniform(0, 5), shape)
    levels = np.clip(grey, 0, 255).astype(np.uint8)
    return compressed(levels, int(generator.integers(15, 80))) if generator.random() < 0.4 else levels


def _lit(paper: float, x: np.ndarray, y: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Paper under a light that falls off to some side."""
    across, down = generator.normal(0, 0.05, 2)
    return np.asarray(paper * (1 + across * x / x.shape[1] + down * y / y.shape[0]))


def compressed(levels: np.ndarray, quality: int) -> np.ndarray:
    """Grey levels (H, W) uint8 as JPEG leaves them."""
    stream = io.BytesIO()
    Image.fromarray(levels).save(stream, "JPEG", quality=quality)
    return np.asarray(Image.open(stream))


def _guilloche(x: np.ndarray, y: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """A printed pattern of fine waving lines in 0..1."""
    pattern = np.zeros_like(x)
    unit = max(len(x) / 50, 0.6)  # px: print grows with the writing
    lying = generator.random() < 0.5
    for _ in range(int(generator.integers(1, 4))):
        angle = generator.normal(0, 0.25) if lying else generator.uniform(0, np.pi)
        period = max(unit * generator.uniform(2.5, 9), 2.5)
        along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
        length = unit * np.exp(generator.uniform(np.log(5), np.log(60)))
        bend = generator.uniform(0, 0.35) * length * np.sin(along / length + generator.uniform(0, 6))
        pattern = np.maximum(pattern, np.cos((across + bend) * np.pi / period) ** int(generator.choice([2, 6, 12, 24])))
    return pattern


def _rules(grey: np.ndarray, x: np.ndarray, y: np.ndarray, generator: np.random.Generator) -> None:
    """Printed lines near the foot, the top or a side."""
    rows, columns = grey.shape
    thick, dark = generator.uniform(0.4, 1.4) * max(rows / 50, 0.7), generator.uniform(0.2, 0.8)
    edges = ["foot", "foot", "top"] if generator.random() < _NO_SIDES else ["foot", "top", "side"]
    for edge in generator.permutation(edges)[: generator.integers(1, 3)]:
        if edge == "side":
            distance = np.abs(x - generator.choice([1.0, columns - 2.0]))
        else:
            place = rows * (generator.uniform(0.78, 1.0) if edge == "foot" else generator.uniform(0.0, 0.14))
            distance = np.abs(y - place - generator.normal(0, 0.01) * (x - columns / 2))
        grey *= 1 - dark * np.clip(thick - distance + 0.5, 0, 1)
