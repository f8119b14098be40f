"""Networks as readers run them: the same answers from fewer operations. What is constant after training is folded into weights."""

import copy

import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.networks.layers import LEVEL, SLOPE, Subsampling, convolve
from recognizer.networks.lenet5 import LeNet5


def folded(network: nn.Module) -> nn.Module:
    """A network for inference that answers as ``network`` does; that stays as it is.

    LeNet-5 comes back without tables and scalings; of other networks, normalisation by batch goes into the layer before it,
    layers that only training needs are left out, and maps lie beside each other in memory.
    """
    if isinstance(network, LeNet5):
        return FoldedLeNet5(network)
    result = copy.deepcopy(network).eval().requires_grad_(False)
    for part in result.modules():
        if isinstance(part, nn.Sequential):
            _fold_normalisation(part)
            _drop_idle(part)
    return result.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


class FoldedLeNet5(nn.Module):
    """LeNet-5 for images (batch, 1, 32, width): the table is a plain convolution, and units are sigmoids, the scalings and
    shifts that make them the squashing function's lying in the weights beside them. Only F6 is tanh, for its squares' sake."""

    def __init__(self, network: LeNet5) -> None:
        super().__init__()
        with torch.no_grad():
            self.c1 = _frozen(2 * SLOPE * network.c1.weight, 2 * SLOPE * network.c1.bias)
            self.s2 = _of_sigmoids(2 * SLOPE, network.s2.coefficient, network.s2.bias, 4 * network.s2.coefficient)
            self.c3 = _of_sigmoids(2 * SLOPE, dense := network.c3.dense(), network.c3.bias, dense.sum((1, 2, 3)))
            self.s4 = _of_sigmoids(2 * SLOPE, network.s4.coefficient, network.s4.bias, 4 * network.s4.coefficient)
            self.c5 = _of_sigmoids(2 * SLOPE, network.c5.weight, network.c5.bias, network.c5.weight.sum((1, 2, 3)))
            full = network.f6.weight.flatten(1)
            self.f6 = _of_sigmoids(SLOPE, full, network.f6.bias, full.sum(1))
            centres = network.output.centres
            self.output = _frozen(-2 * LEVEL * centres, centres.square().sum(1))

    def forward(self, images: Tensor) -> Tensor:
        """Penalties of images (batch, 1, 32, width), as `LeNet5.forward` gives them."""
        x = torch.sigmoid_(convolve(images, *self.c1))
        x = torch.sigmoid_(_subsample(x, *self.s2))
        x = torch.sigmoid_(convolve(x, *self.c3))
        x = torch.sigmoid_(_subsample(x, *self.s4))
        x = torch.sigmoid_(convolve(x, *self.c5)).squeeze(2).transpose(1, 2)
        x = torch.tanh_(functional.linear(x, *self.f6))
        penalties = functional.linear(x, *self.output) + LEVEL**2 * x.square().sum(-1, keepdim=True)
        return penalties.clamp_(min=0).squeeze(1)


def _of_sigmoids(scale: float, weight: Tensor, bias: Tensor, sums: Tensor) -> nn.ParameterList:
    """``scale`` times a layer that sees sigmoids s in place of LEVEL (2s - 1); ``sums`` of each unit's weights."""
    return _frozen(2 * LEVEL * scale * weight, scale * (bias - LEVEL * sums))


def _frozen(weight: Tensor, bias: Tensor) -> nn.ParameterList:
    return nn.ParameterList([nn.Parameter(weight, False), nn.Parameter(bias, False)])


def _subsample(x: Tensor, coefficient: Tensor, bias: Tensor) -> Tensor:
    return torch.addcmul(bias, Subsampling.sums(x), coefficient)


def _fold_normalisation(layers: nn.Sequential) -> None:
    """Put each normalisation that directly follows a convolution or full layer into its weights."""
    for i in range(len(layers) - 1):
        layer, following = layers[i], layers[i + 1]
        if isinstance(layer, nn.Conv2d | nn.Linear) and isinstance(following, nn.BatchNorm1d | nn.BatchNorm2d):
            _scale(layer, following)
            layers[i + 1] = nn.Identity()


@torch.no_grad()
def _scale(layer: nn.Conv2d | nn.Linear, by: nn.BatchNorm1d | nn.BatchNorm2d) -> None:
    assert by.running_mean is not None
    assert by.running_var is not None
    scale = by.weight * torch.rsqrt(by.running_var + by.eps)
    bias = -by.running_mean if layer.bias is None else layer.bias - by.running_mean
    layer.weight.mul_(scale.view(-1, *[1] * (layer.weight.dim() - 1)))
    layer.bias = nn.Parameter(by.bias + scale * bias, requires_grad=False)


def _drop_idle(layers: nn.Sequential) -> None:
    """Take out the layers that do nothing; calling one takes as long as calling one that does something small."""
    for i in reversed(range(len(layers))):
        if isinstance(layers[i], nn.Identity | nn.Dropout):
            del layers[i]
