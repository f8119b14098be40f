"""Distortions of word AMAPs: the bends, sizes and slants that normalisation leaves in, drawn anew for every presentation."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from recognizer.ink.normalise import BASE


@dataclass(frozen=True)
class Bends:
    """Half-widths of the uniform ranges that the distortions of a word are drawn from."""

    stretch: float = 0.25  # log
    tall: float = 0.15  # log
    shear: float = 0.3  # columns a row
    lift: float = 0.8  # rows
    wave: float = 1.1  # px, the highest amplitude of waves along the word
    lengths: tuple[float, float] = (25.0, 90.0)  # px, their shortest and longest


def distorted(
    images: np.ndarray, widths: np.ndarray, generator: np.random.Generator, bends: Bends = Bends()
) -> tuple[Tensor, Tensor]:
    """Distorted AMAPs (B, channels, rows, W') of AMAPs (B, channels, rows, W), and their widths (B,); W' is a multiple of 4."""
    count, _, rows, columns = images.shape
    stretch = np.exp(generator.uniform(-bends.stretch, bends.stretch, count)).astype(np.float32)
    stretched = np.ceil(widths * stretch).astype(np.int64)
    wide = max(-(-int(stretched.max()) // 4) * 4, 8)
    x = np.arange(wide, dtype=np.float32) / stretch[:, None, None]
    y = np.arange(rows, dtype=np.float32)[:, None] - np.float32(BASE)

    def drawn(low: float, high: float) -> np.ndarray:
        return generator.uniform(low, high, (count, 1, 1)).astype(np.float32)

    def wave() -> np.ndarray:
        return drawn(0, bends.wave) * np.sin(2 * np.pi * x / drawn(*bends.lengths) + drawn(0, 2 * np.pi))

    down = y * np.exp(drawn(-bends.tall, bends.tall)) + drawn(-bends.lift, bends.lift) + wave() + np.float32(BASE)
    across = x + drawn(-bends.shear, bends.shear) * y + wave()
    grid = np.stack([2 * across / max(columns - 1, 1) - 1, 2 * down / (rows - 1) - 1], -1).astype(np.float32)
    warped = functional.grid_sample(torch.from_numpy(images), torch.from_numpy(grid), align_corners=True)
    return warped, torch.from_numpy(stretched)
