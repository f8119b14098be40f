"""Networks as readers run them: the same answers from fewer operations. What is constant after training is folded into weights."""

import copy

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval, fuse_linear_bn_eval

from recognizer.networks.layers import Subsampling
from recognizer.networks.lenet5 import LeNet5

LEVEL, SLOPE = 1.7159, 2 / 3  # of the squashing function


def folded(network: nn.Module) -> nn.Module:
    """A network for inference that answers as ``network`` does; that stays as it is.

    LeNet-5 comes back without tables and scalings; of other networks, normalisation by batch goes into the layer before it.
    """
    if isinstance(network, LeNet5):
        return FoldedLeNet5(network)
    result = copy.deepcopy(network).eval().requires_grad_(False)
    for part in result.modules():
        if isinstance(part, nn.Sequential):
            _fold_normalisation(part)
    return result


class FoldedLeNet5(nn.Module):
    """LeNet-5 for images (batch, 1, 32, width): the scalings of its squashing function lie in the weights beside it,
    table and subsampling are plain convolutions, and maps lie beside each other in memory."""

    def __init__(self, network: LeNet5) -> None:
        super().__init__()
        with torch.no_grad():
            self.c1 = _frozen(SLOPE * network.c1.weight, SLOPE * _bias(network.c1))
            self.s2 = _subsampling(network.s2)
            self.c3 = _frozen(LEVEL * SLOPE * network.c3.dense(), SLOPE * network.c3.bias)
            self.s4 = _subsampling(network.s4)
            self.c5 = _frozen(LEVEL * SLOPE * network.c5.weight, SLOPE * _bias(network.c5))
            self.f6 = _frozen(LEVEL * SLOPE * network.f6.weight.flatten(1), SLOPE * _bias(network.f6))
            centres = network.output.centres
            self.output = _frozen(-2 * LEVEL * centres, centres.square().sum(1))

    def forward(self, images: Tensor) -> Tensor:
        """Penalties of images (batch, 1, 32, width), as `LeNet5.forward` gives them."""
        x = torch.tanh_(_convolve(images.contiguous(memory_format=torch.channels_last), self.c1))
        x = torch.tanh_(_convolve(x, self.s2, stride=2, groups=6))
        x = torch.tanh_(_convolve(x, self.c3))
        x = torch.tanh_(_convolve(x, self.s4, stride=2, groups=16))
        x = torch.tanh_(_convolve(x, self.c5)).squeeze(2).transpose(1, 2)
        x = torch.tanh_(functional.linear(x, *self.f6))
        penalties = functional.linear(x, *self.output) + LEVEL**2 * x.square().sum(-1, keepdim=True)
        return penalties.clamp_(min=0).squeeze(1)


def _frozen(weight: Tensor, bias: Tensor) -> nn.ParameterList:
    if weight.dim() == 4:
        weight = weight.contiguous(memory_format=torch.channels_last)
    return nn.ParameterList([nn.Parameter(weight, False), nn.Parameter(bias.clone(), False)])


def _bias(layer: nn.Conv2d) -> Tensor:
    assert layer.bias is not None
    return layer.bias


def _subsampling(layer: Subsampling) -> nn.ParameterList:
    """One 2 x 2 kernel for each map, all four weights alike."""
    maps = layer.coefficient.numel()
    return _frozen(LEVEL * SLOPE * layer.coefficient[:, None].expand(maps, 1, 2, 2), SLOPE * layer.bias.flatten())


def _convolve(x: Tensor, layer: nn.ParameterList, stride: int = 1, groups: int = 1) -> Tensor:
    return functional.conv2d(x, layer[0], layer[1], stride, groups=groups)


def _fold_normalisation(layers: nn.Sequential) -> None:
    """Put each normalisation that directly follows a convolution or full layer into its weights."""
    for i in range(len(layers) - 1):
        layer, following = layers[i], layers[i + 1]
        if isinstance(layer, nn.Conv2d) and isinstance(following, nn.BatchNorm2d):
            layers[i] = fuse_conv_bn_eval(layer, following)
        elif isinstance(layer, nn.Linear) and isinstance(following, nn.BatchNorm1d):
            layers[i] = fuse_linear_bn_eval(layer, following)
        else:
            continue
        layers[i + 1] = nn.Identity()
