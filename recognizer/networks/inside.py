"""What the layers of a network answer on the way to its penalties."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

from recognizer.networks.codes import CODE_LENGTH, DRAWING
from recognizer.networks.layers import RadialBasis, ScaledTanh, Subsampling, TableConvolution

SAID = {  # layers that change nothing of a picture's meaning are passed over
    nn.Conv2d: "convolution",
    nn.Conv1d: "convolution",
    TableConvolution: "convolution by table",
    nn.MaxPool2d: "subsampling",
    Subsampling: "subsampling",
    nn.ReLU: "rectification",
    ScaledTanh: "squashing",
    nn.Linear: "full connection",
    RadialBasis: "distances to codes",
}


def feature_maps(network: nn.Module, picture: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """For each layer in the order of computation its name and its answer (maps, rows, columns) to a picture (channels, rows,
    columns); units that are no picture are maps of one row."""
    found: list[tuple[str, np.ndarray]] = []

    def keep(layer: nn.Module, _inputs: tuple[Tensor, ...], answer: Tensor) -> None:
        maps = answer[0].detach().float().numpy().copy()  # rectifiers work in place
        if isinstance(layer, nn.ReLU) and found and found[-1][0].startswith(SAID[nn.Conv2d]):
            found.pop()  # a convolution and its rectifier are one layer
            found.append((f"convolution, {len(maps)} maps", maps))
            return
        name = _name(layer)
        if maps.ndim == 1:
            found.append((f"{name}, {len(maps)} units", maps[:, None, None]))
        else:
            maps = maps.reshape(len(maps), *(maps.shape[1:] if maps.ndim == 3 else (1, maps.shape[1])))
            found.append((f"{name}, {len(maps)} maps", maps))

    hooks = [layer.register_forward_hook(keep) for layer in network.modules() if _name(layer)]
    look(network, _batch_of(picture), hooks)
    return found


def codes_of(network: nn.Module, picture: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """What the last layer sees of a picture (rows, columns), and the codes (classes, rows, columns) that it compares that with;
    None where it is no layer of radial basis functions. Codes that are no drawings are one row."""
    layer = next((module for module in network.modules() if isinstance(module, RadialBasis)), None)
    if layer is None:
        return None
    seen: list[Tensor] = []
    look(network, _batch_of(picture), [layer.register_forward_pre_hook(lambda _layer, inputs: seen.append(inputs[0]))])
    drawings = layer.centres.detach().numpy()
    shape = DRAWING if drawings.shape[1] == CODE_LENGTH else (1, drawings.shape[1])
    return seen[0].reshape(-1, drawings.shape[1])[0].numpy().reshape(shape), drawings.reshape(-1, *shape)


def look(network: nn.Module, inputs: Tensor, hooks: Sequence[RemovableHandle]) -> None:
    """Let a network answer to inputs (n, ...) under hooks, which are taken off then."""
    try:
        with torch.inference_mode():
            network(inputs)
    finally:
        for hook in hooks:
            hook.remove()


def _batch_of(picture: np.ndarray) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(picture, dtype=np.float32))[None]


def _name(layer: nn.Module) -> str:
    return next((name for kind, name in SAID.items() if isinstance(layer, kind)), "")
