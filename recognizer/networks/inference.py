"""Networks as readers run them: the same answers from fewer operations. What is constant after training is folded into weights."""

import copy
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.networks.first_stage import FirstStage
from recognizer.networks.layers import LEVEL, SLOPE, SMALL, Subsampling, convolve, windows_of
from recognizer.networks.lenet5 import LeNet5
from recognizer.platform import native_bfloat16


def folded(network: nn.Module) -> Any:
    """A network of the same kind for inference that answers as ``network`` does; that stays as it is.

    LeNet-5 comes back without tables and scalings; of other networks, normalisation by batch goes into the layer before it,
    layers that only training needs are left out, maps lie beside each other in memory, the first layers are quick with
    a single small picture and with many, and rectified convolutions are done in bfloat16 where the processor can.
    """
    if isinstance(network, LeNet5):
        return FoldedLeNet5(network)
    result = copy.deepcopy(network).eval().requires_grad_(False)
    for part in list(result.modules()):
        if isinstance(part, nn.Sequential):
            _fold_normalisation(part)
            _drop_idle(part)
            _quicken_first(part)
            _quicken_largest(part)
            _join_first(part)
            _join_rectifiers(part)
    _quicken_points(result)
    if native_bfloat16():
        _halve(result)
    return result.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


class FoldedLeNet5(nn.Module):
    """LeNet-5 for images (batch, 1, 32, width): the table is a plain convolution, and units are sigmoids, the scalings and
    shifts that make them the squashing function's lying in the weights beside them. Only F6 is tanh, for its squares' sake."""

    def __init__(self, network: LeNet5) -> None:
        super().__init__()
        with torch.no_grad():
            self.c1 = _frozen(2 * SLOPE * network.c1.weight, 2 * SLOPE * network.c1.bias)
            self.s2 = _of_sigmoids(network.s2.coefficient, network.s2.bias, 4 * network.s2.coefficient)
            self.c3 = _of_sigmoids(dense := network.c3.dense(), network.c3.bias, dense.sum((1, 2, 3)))
            self.s4 = _of_sigmoids(network.s4.coefficient, network.s4.bias, 4 * network.s4.coefficient)
            self.c5 = _of_sigmoids(network.c5.weight, network.c5.bias, network.c5.weight.sum((1, 2, 3)))
            full = network.f6.weight.flatten(1)
            self.f6 = _of_sigmoids(full, network.f6.bias, full.sum(1), SLOPE)
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


def _of_sigmoids(weight: Tensor, bias: Tensor, sums: Tensor, scale: float = 2 * SLOPE) -> nn.ParameterList:
    """``scale`` times a layer that sees sigmoids s in place of LEVEL (2s - 1); ``sums``: of the weights of each unit."""
    return _frozen(2 * LEVEL * scale * weight, scale * (bias - LEVEL * sums))


def _frozen(weight: Tensor, bias: Tensor) -> nn.ParameterList:
    return nn.ParameterList([nn.Parameter(weight, False), nn.Parameter(bias, False)])


def _subsample(x: Tensor, coefficient: Tensor, bias: Tensor) -> Tensor:
    return torch.addcmul(bias, Subsampling.sums(x), coefficient)


def _fold_normalisation(layers: nn.Sequential) -> None:
    """Put each normalisation into the weights of the convolution or full layer that it follows, directly or after the largest
    were chosen: these stay the largest where no scale is negative."""
    for i in range(1, len(layers)):
        normalisation, place = layers[i], i - 1
        if not isinstance(normalisation, nn.BatchNorm1d | nn.BatchNorm2d):
            continue
        if place > 0 and isinstance(layers[place], nn.MaxPool2d) and (normalisation.weight >= 0).all():
            place -= 1
        layer = layers[place]
        if isinstance(layer, nn.Conv2d | nn.Linear):
            _scale(layer, normalisation)
            layers[i] = nn.Identity()


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


def _quicken_first(layers: nn.Sequential) -> None:
    """Put a `FirstConvolution` in the place of a first layer that it can stand for."""
    first = next(iter(layers), None)
    if isinstance(first, nn.Conv2d) and FirstConvolution.can(first):
        layers[0] = FirstConvolution(first)


def _quicken_largest(layers: nn.Sequential) -> None:
    """Put a `LargestOfBlocks` in the place of each layer that it can stand for."""
    for i, layer in enumerate(layers):
        if isinstance(layer, nn.MaxPool2d) and LargestOfBlocks.can(layer):
            layers[i] = LargestOfBlocks(layer.kernel_size, ceil_mode=layer.ceil_mode)


def _join_first(layers: nn.Sequential) -> None:
    """Put a `FirstStage` in the place of the first layers that it can stand for."""
    first, *others = [*layers, nn.Identity()][:3]
    if isinstance(first, FirstConvolution) and FirstStage.can(first, *others):
        layers[0] = FirstStage(first, *others)
        del layers[1:3]


def _join_rectifiers(layers: nn.Sequential) -> None:
    """Put a `RectifiedConvolution` in the place of each plain convolution with a rectifier after it."""
    for i in reversed(range(len(layers) - 1)):
        layer, after = layers[i], layers[i + 1]
        if type(layer) is nn.Conv2d and layer.bias is not None and isinstance(after, nn.ReLU):
            layers[i] = RectifiedConvolution(layer)
            del layers[i + 1]


def _quicken_points(network: nn.Module) -> None:
    """Put a `PointConvolution` in the place of each of a network's own layers that it can stand for."""
    for name, layer in list(network.named_children()):
        if type(layer) is nn.Conv1d and layer.kernel_size == (1,) and layer.bias is not None:
            setattr(network, name, PointConvolution(layer))


def _halve(network: nn.Module) -> None:
    """Let rectified convolutions work in bfloat16, three to five times as fast; all other layers with weights see float32."""
    for part in network.modules():
        if isinstance(part, RectifiedConvolution):
            part.to(torch.bfloat16)
        elif isinstance(part, nn.Linear | nn.Conv1d | nn.Conv2d | nn.BatchNorm2d):
            part.register_forward_pre_hook(_in_full)


def _in_full(_: nn.Module, inputs: tuple[Tensor]) -> tuple[Tensor]:
    return (inputs[0].float(),)


class PointConvolution(nn.Conv1d):
    """A convolution that sees one place at a time, as a matrix product: of maps that lie beside each other in memory it is done in
    a fifth of the time."""

    def __init__(self, layer: nn.Conv1d) -> None:
        super().__init__(layer.in_channels, layer.out_channels, 1, device="meta")  # it draws no weights of its own
        assert layer.bias is not None
        self.weight, self.bias = nn.Parameter(layer.weight, False), nn.Parameter(layer.bias, False)

    def forward(self, x: Tensor) -> Tensor:
        return functional.linear(x.transpose(1, 2), self.weight.squeeze(2), self.bias).transpose(1, 2)


class RectifiedConvolution(nn.Conv2d):
    """A convolution, rectified. Where nothing is learnt the library does both in one pass, and the weights stay in the order that it
    wants them in: putting them in order each time takes a tenth as long as a wide layer itself."""

    padding: tuple[int, int]

    def __init__(self, layer: nn.Conv2d) -> None:
        shape = layer.in_channels, layer.out_channels, layer.kernel_size, layer.stride, layer.padding, layer.dilation
        super().__init__(*shape, layer.groups, device="meta")  # type: ignore[arg-type]  # it draws no weights of its own
        assert layer.bias is not None
        self.weight, self.bias = nn.Parameter(layer.weight, False), nn.Parameter(layer.bias, False)
        self.ordered: tuple[int, Tensor] | None = None  # the version of the weights, and these in the library's order

    def __getstate__(self) -> dict[str, Any]:
        """All but the weights in the library's order, which cannot be copied."""
        return {**self.__dict__, "ordered": None}

    def forward(self, x: Tensor) -> Tensor:
        if self.weight.dtype == torch.bfloat16:  # here putting them in order takes next to nothing
            return functional.relu_(super().forward(x.bfloat16()))
        # Weights that were made where nothing is learnt do not tell when they are changed.
        if (
            not torch.is_inference_mode_enabled()
            or self.weight.is_inference()
            or not torch.backends.mkldnn.is_available()
        ):
            return functional.relu(super().forward(x))
        library, version = torch.ops.mkldnn, self.weight._version
        places = self.padding, self.stride, self.dilation, self.groups
        if self.ordered is None or self.ordered[0] != version:
            self.ordered = version, library._reorder_convolution_weight(self.weight, *places)
        found: Tensor = library._convolution_pointwise(x, self.ordered[1], self.bias, *places, "relu", [], "")
        return found


class LargestOfBlocks(nn.MaxPool2d):
    """The largest of each 2 x 2 block, or of each two pixels above each other, by comparisons: of maps that lie beside each other in memory
    the library takes five times as long. Where an odd row or column is left over it is asked all the same."""

    @staticmethod
    def can(layer: nn.MaxPool2d) -> bool:
        """Whether it can stand for ``layer``: of such blocks, beside each other."""
        return layer.kernel_size in (2, (2, 1)) and (layer.stride, layer.padding) == (layer.kernel_size, 0)

    def forward(self, x: Tensor) -> Tensor:
        is_square = self.kernel_size == 2
        if x.shape[2] % 2 or (is_square and x.shape[3] % 2):
            return super().forward(x)
        x = torch.maximum(x[:, :, ::2], x[:, :, 1::2])
        return torch.maximum(x[..., ::2], x[..., 1::2]) if is_square else x


class FirstConvolution(nn.Conv2d):
    """A convolution of pictures of one map that takes a single small one as one matrix product, in a third of the time.

    Its maps lie beside each other in memory, as the layers after it in a folded network want them.
    """

    bias: nn.Parameter
    padding: tuple[int, int]

    def __init__(self, layer: nn.Conv2d) -> None:
        size = layer.kernel_size
        # "meta": it draws no weights of its own
        super().__init__(1, layer.out_channels, size, padding=layer.padding, device="meta")  # type: ignore[arg-type]
        assert layer.bias is not None
        self.weight, self.bias = nn.Parameter(layer.weight, False), nn.Parameter(layer.bias, False)

    @staticmethod
    def can(layer: nn.Conv2d) -> bool:
        """Whether it can stand for ``layer``: of one map, with a bias, its kernel square and at every place."""
        square = layer.kernel_size[0] == layer.kernel_size[1] and not isinstance(layer.padding, str)
        return layer.in_channels == 1 and layer.bias is not None and square and layer.stride == layer.dilation == (1, 1)

    def forward(self, x: Tensor) -> Tensor:
        if len(x) > 1 or x.numel() > SMALL:
            return super().forward(x)
        (rows, columns), kernel = self.padding, self.kernel_size[0]
        x = functional.pad(x, (columns, columns, rows, rows))
        sums = torch.addmm(self.bias, windows_of(x[0], kernel).t(), self.weight.flatten(1).t())
        return sums.view(1, x.shape[2] - kernel + 1, -1, self.out_channels).permute(0, 3, 1, 2)
