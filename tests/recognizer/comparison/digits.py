"""Made-up digits that every classifier of the study can learn in a moment: ten strokes, shifted and noisy."""

import gzip
from pathlib import Path

import numpy as np


def strokes(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Images (count, 28, 28) uint8 of lines at ten angles and places, and their classes, all ten there."""
    generator = np.random.default_rng(seed)
    classes = np.arange(count) % 10
    y, x = np.mgrid[:28, :28] - 13.5
    images = np.empty((count, 28, 28), np.uint8)
    for image, c in zip(images, classes, strict=True):
        angle, offset = np.pi * (c % 5) / 5, -4 if c < 5 else 4
        along = x * np.cos(angle) + y * np.sin(angle) + generator.uniform(-1, 1)
        across = -x * np.sin(angle) + y * np.cos(angle) - offset + generator.uniform(-0.7, 0.7)
        ink = 255 * np.exp(-((across / 1.5) ** 2)) * (np.abs(along) < 8)
        image[:] = np.clip(ink + generator.normal(0, 3, ink.shape) * (ink > 10), 0, 255)
    return images, classes.astype(np.int64)


def write_set(folder: Path, training: int, test: int) -> None:
    """Write such digits as MNIST's four files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, count, seed in (("train", training, 0), ("t10k", test, 1)):
        images, classes = strokes(count, seed)
        for kind, values in (("images-idx3", images), ("labels-idx1", classes.astype(np.uint8))):
            header = bytes([0, 0, 8, values.ndim]) + np.array(values.shape, ">u4").tobytes()
            with gzip.open(folder / f"{name}-{kind}-ubyte.gz", "wb") as stream:
                stream.write(header + values.tobytes())
