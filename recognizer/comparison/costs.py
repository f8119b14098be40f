"""What a network costs, counted from its layers as it runs."""

import numpy as np
from torch import Tensor, nn

from recognizer.networks.inside import look
from recognizer.networks.layers import RadialBasis, Subsampling, TableConvolution


def count(network: nn.Module, example: Tensor) -> tuple[int, int]:
    """Multiply-adds of one answer to an ``example`` (1, channels, rows, columns), and the numbers to keep:
    trained parameters, without centres that are fixed.

    As the paper counts them: a convolution costs one for each connection, bias included, a subsampling five for each unit.
    """
    adds: list[int] = []

    def hook(layer: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        units = output[0].numel()
        if isinstance(layer, TableConvolution):
            area = int(np.prod(output.shape[2:]))
            adds.append(area * (layer.weight.numel() + layer.maps))
        elif isinstance(layer, nn.Conv2d):
            fan_in = layer.weight[0].numel() + (layer.bias is not None)
            adds.append(units * fan_in)
        elif isinstance(layer, nn.Linear):
            adds.append(layer.weight.numel() + layer.out_features)
        elif isinstance(layer, Subsampling):
            adds.append(5 * units)
        elif isinstance(layer, RadialBasis):
            adds.append(layer.centres.numel())

    look(network, example[:1], [layer.register_forward_hook(hook) for layer in network.modules()])
    return sum(adds), sum(p.numel() for name, p in network.named_parameters() if not name.endswith("centres"))
