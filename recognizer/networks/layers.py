"""The layers that the LeNet family is made of (1998 paper, section II-B and appendix A)."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

LEVEL, SLOPE = 1.7159, 2 / 3  # of the squashing function
SMALL = 2048  # numbers of a picture that takes less time to convolve than the library's convolution to set up


def initialise(parameter: Tensor, fan_in: int) -> None:
    """Draw a parameter (...) uniformly from +-2.4 / fan_in, the inputs of a unit being strongly correlated (appendix A)."""
    nn.init.uniform_(parameter, -2.4 / fan_in, 2.4 / fan_in)


def scaled_tanh(activation: Tensor) -> Tensor:
    """f(a) = 1.7159 tanh(2a / 3) of activations (...): f(+-1) = +-1, where its second derivative is largest."""
    return LEVEL * torch.tanh(activation * SLOPE)


class ScaledTanh(nn.Module):
    """`scaled_tanh` as 3.4318 sigmoid(4a / 3) - 1.7159, which but for rounding is the same: the library's tanh takes four times as
    long."""

    def forward(self, activation: Tensor) -> Tensor:
        return torch.rsub(torch.sigmoid_(activation * (2 * SLOPE)), -LEVEL, alpha=-2 * LEVEL)


def convolve(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """The convolution of maps (batch, inputs, rows, columns) with kernels (maps, inputs, kernel, kernel).

    It is one matrix product where the kernel is as high as the maps and moves along them only, and for one small picture: the
    library's convolution is several times as slow there.
    """
    kernel = weight.shape[-1]
    if x.shape[2] == kernel:
        windows = x.unfold(3, kernel, 1).permute(0, 3, 1, 2, 4).flatten(2)
        return functional.linear(windows, weight.flatten(1), bias).transpose(1, 2).unsqueeze(2)
    if len(x) == 1 and x.numel() <= SMALL:
        sums = torch.addmm(bias[:, None], weight.flatten(1), windows_of(x[0], kernel))
        return sums.view(1, len(weight), x.shape[2] - kernel + 1, -1)
    return functional.conv2d(x, weight, bias)


def windows_of(picture: Tensor, kernel: int) -> Tensor:
    """What a kernel sees of a picture (maps, rows, columns) at each of its places: (maps x kernel x kernel, places)."""
    views = picture.unfold(1, kernel, 1).unfold(2, kernel, 1)  # the library's own function takes four times as long
    return views.permute(0, 3, 4, 1, 2).reshape(len(picture) * kernel * kernel, -1)


class Convolution(nn.Conv2d):
    """A convolution whose weights start as appendix A says."""

    bias: nn.Parameter

    def __init__(self, inputs: int, maps: int, kernel: int) -> None:
        super().__init__(inputs, maps, kernel)
        for parameter in self.parameters():
            initialise(parameter, inputs * kernel * kernel)

    def forward(self, x: Tensor) -> Tensor:
        return convolve(x, self.weight, self.bias)


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
        self.unconnected: Tensor
        self.register_buffer("unconnected", torch.zeros(table.size, kernel, kernel), persistent=False)
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
        dense = self.unconnected.index_copy(0, self.kernel_of, self.weight)
        return dense.unflatten(0, (self.maps, self.inputs))

    def forward(self, x: Tensor) -> Tensor:
        return convolve(x, self.dense(), self.bias)


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
        """The sum of each 2 x 2 block of maps (..., H, W), an odd row or column at the end left out: two sums, as the library's
        pooling is slow."""
        x = x[..., :-1:2, :] + x[..., 1::2, :]
        return x[..., :-1:2] + x[..., 1::2]

    def forward(self, x: Tensor) -> Tensor:
        return torch.addcmul(self.bias, self.sums(x), self.coefficient)


class RadialBasis(nn.Module):
    """Squared Euclidean distance to a centre for each class: a penalty (section II-B).

    ``centres`` (classes, features) are fixed until ``adapt`` is called; only discriminative losses may adapt them (II-C).
    """

    def __init__(self, centres: np.ndarray) -> None:
        super().__init__()
        self.centres = nn.Parameter(torch.from_numpy(centres), requires_grad=False)

    def adapt(self) -> None:
        """Let the centres be learnt from now on."""
        self.centres.requires_grad_(True)

    def forward(self, x: Tensor) -> Tensor:
        """Penalties (..., classes) of features (..., features)."""
        return torch.cdist(x, self.centres).square()
