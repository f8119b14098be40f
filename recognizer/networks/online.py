"""The paper's own character network for pen ink, with a drawing of each character as its target (1998 paper, IX and II-B)."""

import numpy as np
import torch
from torch import Tensor, nn

from recognizer.networks.layers import Convolution, RadialBasis, ScaledTanh, Subsampling, initialise, scaled_tanh
from recognizer.networks.recogniser import silent

ROWS, COLUMNS = 20, 18
_MAPS = (8, 25, 84)


class OnlineNet(nn.Module):
    """AMAPs (S, channels, ROWS, COLUMNS) and features (S, F) of segments to penalties (S, K), junk last.

    8 convolutions of 3 x 3, 2 x 2 subsampling, 25 of 5 x 5, 84 of 4 x 4, 2 x 1 subsampling, and a radial basis unit for each
    character, whose centre is its code (84,) at first and trained then. Junk has one penalty of its own; a linear function of
    the features is the segmentation's, on every class but junk.
    """

    def __init__(self, channels: int, features: int, codes: np.ndarray) -> None:
        super().__init__()
        first, second, third = _MAPS
        self.maps = nn.Sequential(
            Convolution(channels, first, 3),
            ScaledTanh(),
            Subsampling(first),
            ScaledTanh(),
            Convolution(first, second, 5),
            ScaledTanh(),
            Convolution(second, third, 4),
            ScaledTanh(),
        )
        self.coefficient = nn.Parameter(torch.empty(third))
        self.bias = nn.Parameter(torch.zeros(third))
        initialise(self.coefficient, 2)
        self.units = RadialBasis(codes)
        self.units.adapt()
        self.junk = nn.Parameter(torch.tensor(float(third) / 2))
        self.segmentation = silent(features)

    def forward(self, images: Tensor, features: Tensor) -> Tensor:
        """Penalties (S, K) [nats]."""
        tall = self.maps(images).flatten(2).sum(2)  # two rows are left
        drawn = scaled_tanh(tall * self.coefficient + self.bias)
        penalties = self.units(drawn) + self.segmentation(features)
        return torch.cat([penalties, self.junk.expand(len(penalties), 1)], 1)


def window(images: np.ndarray, channels: int) -> np.ndarray:
    """The middle COLUMNS of pictures (S, C, ROWS, W), their first ``channels`` alone."""
    left = (images.shape[3] - COLUMNS) // 2
    return np.ascontiguousarray(images[:, :channels, :, left : left + COLUMNS])
