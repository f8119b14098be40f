"""LeNet-1, the smallest of the family (1998 paper, section III-C-7; layout from earlier papers of its authors)."""

import numpy as np
from torch import Tensor, nn

from recognizer.networks.codes import place_codes
from recognizer.networks.layers import Convolution, RadialBasis, ScaledTanh, Subsampling, TableConvolution

# Rows: maps of S2. Columns: maps of C3. Four see one map, eight see two: 20 kernels.
C3_TABLE = np.array(
    [
        [1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0],
        [0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 1, 1],
        [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1],
    ]
)


class LeNet1(nn.Module):
    """28 x 28 grey levels (a 16 x 16 digit in the middle) in, penalties of ten digits out; 2,578 parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.c1 = Convolution(1, 4, 5)
        self.s2 = Subsampling(4)
        self.c3 = TableConvolution(C3_TABLE, 5)
        self.s4 = Subsampling(12)
        self.f5 = Convolution(12, 10, 4)
        self.squash = ScaledTanh()
        self.output = RadialBasis(place_codes(10))

    def forward(self, images: Tensor) -> Tensor:
        """Penalties (batch, 10) of images (batch, 1, 28, 28): squared distances of ten squashed units to the targets +-1."""
        x = images
        for layer in (self.c1, self.s2, self.c3, self.s4, self.f5):
            x = self.squash(layer(x))
        penalties: Tensor = self.output(x.flatten(1))
        return penalties
