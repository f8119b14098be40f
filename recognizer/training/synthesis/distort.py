"""Random distortions of images: planar maps (1998 paper, III-B) and elastic fields (Simard, Steinkraus and Platt, 2003).

Vectorised; the same everywhere for a given generator, but for the last bits of floating point.
"""

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


@dataclass(frozen=True)
class Elastic:
    """Smooth random displacement fields: noise from -1..1 for each pixel, blurred and made larger.

    The defaults are the published ones for digits of 28 x 28; a small ``smoothness`` is noise, a large one a shift.
    """

    strength: float = 34.0  # px, before the blur takes most of it: the displacements' deviation is about 1.4 px
    smoothness: float = 4.0  # px, deviation of the Gaussian, whose kernel sums to 1

    def fields(self, count: int, size: int, generator: np.random.Generator) -> np.ndarray:
        """Displacements (count, size, size, 2) float32 [px], across and down."""
        noise = generator.random((count, 2, size, size), np.float32) * 2 - 1
        offsets = np.arange(size, dtype=np.float32)
        blur = np.exp(-((offsets[:, None] - offsets) ** 2) / (2 * self.smoothness**2))
        blur *= np.float32(self.strength**0.5 / (np.sqrt(2 * np.pi) * self.smoothness))  # one half along each axis
        return np.moveaxis(blur @ noise @ blur, 1, 3)


def distort(
    images: Tensor,
    affine: Affine,
    generator: np.random.Generator,
    size: int | None = None,
    elastic: Elastic | None = None,
) -> Tensor:
    """Each image of (n, channels, rows, columns) float32 under a map of its own; what comes from outside is 0.

    ``size`` (default: the images' own) is the side of the square result, which is padded or cropped about the centre.
    ``elastic`` bends the result of the planar map.
    """
    side = size or images.shape[-1]
    matrices = torch.from_numpy(affine.matrices(len(images), images.shape[-1], generator))
    matrices[:, :, :2] *= side / images.shape[-1]
    grid = functional.affine_grid(matrices, [len(images), images.shape[1], side, side], align_corners=False)
    if elastic:
        bent = torch.from_numpy(elastic.fields(len(images), side, generator)) * (2 / images.shape[-1])
        grid = grid + bent
    return functional.grid_sample(images, grid, align_corners=False, padding_mode="zeros")
