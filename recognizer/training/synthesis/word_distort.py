"""Distortions of word AMAPs: the bends, sizes and slants that normalisation leaves in, drawn anew for every presentation."""

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from recognizer.ink.normalise import BASE

STRETCH, TALL, SHEAR, LIFT = 0.25, 0.15, 0.3, 0.8  # log, log, columns a row, rows
DRIFT = 0.5  # log: how much higher letters are at the end than at the beginning, of which the fit of lines finds a small part
WAVE, LENGTHS = 1.1, (25.0, 90.0)  # [pixels] amplitude and wave length of the bends


def distorted(images: np.ndarray, widths: np.ndarray, generator: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Distorted AMAPs (B, channels, rows, W') of AMAPs (B, channels, rows, W), and their widths (B,); W' is a multiple of 4."""
    count, _, rows, columns = images.shape
    stretch = np.exp(generator.uniform(-STRETCH, STRETCH, count)).astype(np.float32)
    widened = np.ceil(widths * stretch).astype(np.int64)
    wide = max(-(-int(widened.max()) // 4) * 4, 8)
    x = np.arange(wide, dtype=np.float32) / stretch[:, None, None]
    y = np.arange(rows, dtype=np.float32)[:, None] - np.float32(BASE)

    def drawn(low: float, high: float) -> np.ndarray:
        return generator.uniform(low, high, (count, 1, 1)).astype(np.float32)

    def wave() -> np.ndarray:
        return drawn(0, WAVE) * np.sin(2 * np.pi * x / drawn(*LENGTHS) + drawn(0, 2 * np.pi))

    along = x * (stretch / widened)[:, None, None].astype(np.float32) - 0.5
    down = (
        y * np.exp(drawn(-TALL, TALL) + drawn(-DRIFT, DRIFT) * along) + drawn(-LIFT, LIFT) + wave() + np.float32(BASE)
    )
    across = x + drawn(-SHEAR, SHEAR) * y + wave()
    grid = np.stack([2 * across / max(columns - 1, 1) - 1, 2 * down / (rows - 1) - 1], -1).astype(np.float32)
    warped = functional.grid_sample(torch.from_numpy(images), torch.from_numpy(grid), align_corners=True)
    return warped, torch.from_numpy(widened)
