"""Random planar distortions of images (1998 paper, III-B): vectorised, the same everywhere for a given generator."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional


@dataclass(frozen=True)
class Affine:
    """Half-widths of the uniform ranges that affine distortions are drawn from."""

    shift: float = 2.5  # px, across and down
    scale: float = 0.15  # both directions together, as a share
    squeeze: float = 0.15  # narrower and taller, or wider and flatter
    shear: float = 0.3  # horizontal displacement for each px of height
    rotation: float = 0.0  # radians

    def matrices(self, count: int, size: int, generator: np.random.Generator) -> np.ndarray:
        """Matrices (count, 2, 3) float32 that take places of a distorted ``size`` x ``size`` image, both axes scaled
        to -1..1, to places of the original."""

        def draw(width: float) -> np.ndarray:
            return generator.uniform(-width, width, count).astype(np.float32)

        scale, squeeze, shear, angle = (
            np.exp(draw(self.scale)),
            np.exp(draw(self.squeeze)),
            draw(self.shear),
            draw(self.rotation),
        )
        matrices = np.empty((count, 2, 3), np.float32)
        cosine, sine = np.cos(angle), np.sin(angle)
        across, down = scale * squeeze, scale / squeeze
        matrices[:, 0, 0], matrices[:, 0, 1] = across * cosine, across * (shear * cosine - sine)
        matrices[:, 1, 0], matrices[:, 1, 1] = down * sine, down * (shear * sine + cosine)
        matrices[:, 0, 2], matrices[:, 1, 2] = draw(2 * self.shift / size), draw(2 * self.shift / size)
        return matrices


def distort(images: Tensor, affine: Affine, generator: np.random.Generator, size: int | None = None) -> Tensor:
    """Each image of (n, channels, rows, columns) float32 under a planar map of its own; what comes from outside is 0.

    ``size`` (default: the images' own) is the side of the square result, which is padded or cropped about the centre.
    """
    side = size or images.shape[-1]
    matrices = torch.from_numpy(affine.matrices(len(images), images.shape[-1], generator))
    matrices[:, :, :2] *= side / images.shape[-1]
    grid = functional.affine_grid(matrices, [len(images), images.shape[1], side, side], align_corners=False)
    return functional.grid_sample(images, grid, align_corners=False, padding_mode="zeros")
