"""The last layer of the networks that read pen text: what comes into it, and another one in its place."""

import copy

import torch
from torch import Tensor, nn

from recognizer.networks.displacement import Displacement
from recognizer.networks.recogniser import SegmentRecogniser

LastLayer = tuple[Tensor, Tensor]  # weights (classes, inputs) and biases (classes,)


class LastLayers(nn.Module):
    """Last layers alone, by the names of the networks that they belong to; ``sizes``: classes and inputs of each."""

    def __init__(self, sizes: dict[str, tuple[int, int]]) -> None:
        super().__init__()
        self.layers = nn.ModuleDict({name: nn.Linear(inputs, classes) for name, (classes, inputs) in sizes.items()})

    def __getitem__(self, name: str) -> LastLayer:
        layer = self.layers[name]
        assert isinstance(layer, nn.Linear)
        return layer.weight.detach(), layer.bias.detach()


def last_layers(layers: dict[str, LastLayer]) -> LastLayers:
    """These layers as one module."""
    found = LastLayers({name: (weight.shape[0], weight.shape[1]) for name, (weight, _) in layers.items()})
    state: dict[str, Tensor] = {}
    for name, (weight, bias) in layers.items():
        state |= {f"layers.{name}.weight": weight, f"layers.{name}.bias": bias}
    found.load_state_dict(state)
    return found


def layer_of(network: nn.Module) -> LastLayer:
    """The last layer of a network, as it is."""
    module = _module(network)
    assert module.bias is not None
    return module.weight.detach().flatten(1), module.bias.detach()


def with_layer(network: nn.Module, layer: LastLayer) -> nn.Module:
    """The same network, for inference, with another last layer; ``network`` stays as it is."""
    result = copy.deepcopy(network).requires_grad_(False)
    module = _module(result)
    assert module.bias is not None
    module.weight.copy_(layer[0].reshape(module.weight.shape))
    module.bias.copy_(layer[1])
    return result


def inputs_of(network: nn.Module, *arguments: Tensor) -> Tensor:
    """What comes into the last layer, (B, inputs) or (B, inputs, frames), when the network is called."""
    found: list[Tensor] = []
    hook = _module(network).register_forward_pre_hook(lambda _module, inputs: found.append(inputs[0]))
    try:
        with torch.no_grad():
            network(*arguments)
    finally:
        hook.remove()
    return found[0]


def _module(network: nn.Module) -> nn.Conv1d | nn.Linear:
    if isinstance(network, Displacement):
        return network.out
    assert isinstance(network, SegmentRecogniser)
    return network.character.output
