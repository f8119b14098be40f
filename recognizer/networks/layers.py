"""The layers that the LeNet family is made of (1998 paper, section II-B and appendix A)."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional


def initialise(parameter: Tensor, fan_in: int) -> None:
    """Draw uniformly from +-2.4 / fan_in, the inputs of a unit being strongly correlated (appendix A)."""
    nn.init.uniform_(parameter, -2.4 / fan_in, 2.4 / fan_in)


class ScaledTanh(nn.Module):
    """f(a) = 1.7159 tanh(2a / 3): f(+-1) = +-1, where its second derivative is largest."""

    def forward(self, activation: Tensor) -> Tensor:
        return 1.7159 * torch.tanh(activation * (2 / 3))


class Convolution(nn.Conv2d):
    """A convolution whose weights start as appendix A says."""

    def __init__(self, inputs: int, maps: int, kernel: int) -> None:
        super().__init__(inputs, maps, kernel)
        for parameter in self.parameters():
            initialise(parameter, inputs * kernel * kernel)


class TableConvolution(nn.Module):
    """A convolution in which each map sees only some of the input maps.

    ``table`` (inputs, maps) holds 1 where they are connected. Only connected kernels exist as parameters:
    ``weight`` (connections, kernel, kernel) and one ``bias`` for each map.
    """

    def __init__(self, table: np.ndarray, kernel: int) -> None:
        super().__init__()
        self.inputs, self.maps = table.shape
        map_of, input_of = (torch.from_numpy(index) for index in np.nonzero(table.T))
        self.kernel_of: Tensor
        self.register_buffer("kernel_of", map_of * self.inputs + input_of, persistent=False)
        self.weight = nn.Parameter(torch.empty(len(map_of), kernel, kernel))
        self.bias = nn.Parameter(torch.empty(self.maps))
        with torch.no_grad():
            for m in range(self.maps):
                fan_in = int(table[:, m].sum()) * kernel * kernel
                initialise(self.bias[m], fan_in)
                for k in torch.nonzero(map_of == m).flatten().tolist():
                    initialise(self.weight[k], fan_in)

    def dense(self) -> Tensor:
        """The weights (maps, inputs, kernel, kernel) of the plain convolution that does the same; 0 where not connected."""
        kernel = self.weight.shape[1:]
        dense = self.weight.new_zeros(self.maps * self.inputs, *kernel).index_copy(0, self.kernel_of, self.weight)
        return dense.view(self.maps, self.inputs, *kernel)

    def forward(self, x: Tensor) -> Tensor:
        return functional.conv2d(x, self.dense(), self.bias)


class Subsampling(nn.Module):
    """The sum of each 2 x 2 block, times one trained coefficient, plus one trained bias for each map."""

    def __init__(self, maps: int) -> None:
        super().__init__()
        self.coefficient = nn.Parameter(torch.empty(maps, 1, 1))
        self.bias = nn.Parameter(torch.empty(maps, 1, 1))
        initialise(self.coefficient, 4)
        initialise(self.bias, 4)

    @staticmethod
    def sums(x: Tensor) -> Tensor:
        """The sum of each 2 x 2 block."""
        return functional.avg_pool2d(x, 2, divisor_override=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.sums(x) * self.coefficient + self.bias


class RadialBasis(nn.Module):
    """Squared Euclidean distance to a centre for each class: a penalty (section II-B).

    ``centres`` (classes, features) are fixed until ``adapt`` is called; only discriminative losses may adapt them (II-C).
    """

    def __init__(self, centres: np.ndarray) -> None:
        super().__init__()
        self.centres = nn.Parameter(torch.from_numpy(centres), requires_grad=False)

    def adapt(self, trainable: bool = True) -> None:
        self.centres.requires_grad_(trainable)

    def forward(self, x: Tensor) -> Tensor:
        """Penalties (..., classes) of features (..., features), never negative."""
        squares = x.square().sum(-1, keepdim=True) + self.centres.square().sum(-1)
        return (squares - 2 * x @ self.centres.T).clamp(min=0)
