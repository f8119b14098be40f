"""LeNet-4, LeNet-5's smaller forerunner (1998 paper, section III-C-8), and three of them as one (III-C-9)."""

from collections.abc import Iterable, Sequence

import numpy as np
import torch
from torch import Tensor, nn

from recognizer.networks.codes import place_codes
from recognizer.networks.layers import Convolution, RadialBasis, ScaledTanh, Subsampling, TableConvolution


def _neighbours(inputs: int, starts: Sequence[int], offsets: Iterable[int]) -> np.ndarray:
    """A table (inputs, maps): the map that starts at s sees the inputs s + offsets, counted in a circle."""
    table = np.zeros((inputs, len(starts)), int)
    for m, start in enumerate(starts):
        table[[(start + offset) % inputs for offset in offsets], m] = 1
    return table


# The paper does not print these two. C3: 60 kernels, as many as LeNet-5's. C5: each unit sees 5 of 16 maps, which gives
# the published 17,000 parameters and 260,000 connections; a full layer alone would have 48,000 parameters.
C3_TABLE = np.hstack(
    [
        _neighbours(8, (0, 2, 4, 6), (0, 1, 2)),
        _neighbours(8, range(8), (0, 1, 2, 3)),
        _neighbours(8, (0, 1, 2, 3), (0, 1, 4, 5)),
    ]
)
_CIRCLES = [np.arange(5) * step for step in (1, 3, 5, 7, 2, 6)] + [np.array([0, 1, 2, 8, 9]), np.array([0, 1, 4, 5, 8])]
C5_TABLE = np.hstack([_neighbours(16, range(16), offsets) for offsets in _CIRCLES])[:, :120]
CONFIDENT = 2.5  # gap between the two lowest penalties from which on the first of three nets decides alone


class LeNet4(nn.Module):
    """32 x 32 grey levels in, penalties of ten digits out; 17,998 parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.c1 = Convolution(1, 4, 5)
        self.s2 = Subsampling(8)
        self.c3 = TableConvolution(C3_TABLE, 5)
        self.s4 = Subsampling(16)
        self.c5 = TableConvolution(C5_TABLE, 5)
        self.f6 = Convolution(120, 10, 1)
        self.squash = ScaledTanh()
        self.output = RadialBasis(place_codes(10))

    def features(self, images: Tensor) -> Tensor:
        """C5, the last hidden layer: (batch, 120)."""
        x = self.squash(self.c1(images)).repeat_interleave(2, 1)  # S2's maps hang in pairs on those of C1
        for layer in (self.s2, self.c3, self.s4, self.c5):
            x = self.squash(layer(x))
        return x.flatten(1)

    def forward(self, images: Tensor) -> Tensor:
        """Penalties (batch, 10) of images (batch, 1, 32, 32): squared distances of ten squashed units to the targets +-1."""
        penalties: Tensor = self.output(self.squash(self.f6(self.features(images)[:, :, None, None])).flatten(1))
        return penalties


class BoostedLeNet4(nn.Module):
    """Three LeNet-4 whose penalties are added; the second and third are asked only where the first is not sure."""

    def __init__(self, confident: float = CONFIDENT) -> None:
        super().__init__()
        self.nets = nn.ModuleList(LeNet4() for _ in range(3))
        self.confident = confident

    def unsure(self, penalties: Tensor) -> Tensor:
        """Which of the first net's answers (batch, 10) need the others: (batch,) bool."""
        lowest = penalties.topk(2, largest=False).values
        return lowest[:, 1] - lowest[:, 0] < self.confident

    def forward(self, images: Tensor) -> Tensor:
        """Penalties (batch, 10), the mean of the three nets' or those of the first alone."""
        penalties: Tensor = self.nets[0](images)
        unsure = self.unsure(penalties)
        if not unsure.any():
            return penalties
        asked = images[unsure]
        three = torch.stack([penalties[unsure], self.nets[1](asked), self.nets[2](asked)]).mean(0)
        return penalties.index_put((unsure,), three)
