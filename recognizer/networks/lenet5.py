"""LeNet-5 by the book (1998 paper, section II-B)."""

import numpy as np
from torch import Tensor, nn

from recognizer.networks.codes import CODE_LENGTH, digit_codes
from recognizer.networks.layers import Convolution, RadialBasis, ScaledTanh, Subsampling, TableConvolution

BACKGROUND, FOREGROUND = -0.1, 1.175  # grey levels of paper and ink: mean about 0, variance about 1 over MNIST

# Rows: maps of S2. Columns: maps of C3. Six see 3 neighbouring maps, six see 4, three see 4 that are not, one sees all.
C3_TABLE = np.array(
    [
        [1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 1],
        [1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1],
        [1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 1],
        [0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 0, 1, 1],
        [0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 1, 0, 1],
        [0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 1, 1],
    ]
)


def to_grey_levels(images: Tensor) -> Tensor:
    """Ink (..., rows, columns) in 0..255, 255 = ink, as LeNet-5's float32 input."""
    return images.float() * ((FOREGROUND - BACKGROUND) / 255) + BACKGROUND


class LeNet5(nn.Module):
    """32 x 32 grey levels in, penalties of ten digits out; 60,000 trainable parameters while the centres are fixed.

    Wider images give one vector of penalties every 4 columns: the network swept over a string (section VII).
    """

    def __init__(self) -> None:
        super().__init__()
        self.c1 = Convolution(1, 6, 5)
        self.s2 = Subsampling(6)
        self.c3 = TableConvolution(C3_TABLE, 5)
        self.s4 = Subsampling(16)
        self.c5 = Convolution(16, 120, 5)
        self.f6 = Convolution(120, CODE_LENGTH, 1)
        self.squash = ScaledTanh()
        self.output = RadialBasis(digit_codes())

    def features(self, images: Tensor) -> Tensor:
        """F6 of images (batch, 1, 32, width): (batch, positions, 84)."""
        x = images
        for layer in (self.c1, self.s2, self.c3, self.s4, self.c5, self.f6):
            x = self.squash(layer(x))
        return x.squeeze(2).transpose(1, 2)

    def forward(self, images: Tensor) -> Tensor:
        """Penalties of images (batch, 1, 32, width): (batch, 10) for a width of 32, else (batch, positions, 10)."""
        penalties: Tensor = self.output(self.features(images))
        return penalties.squeeze(1)
