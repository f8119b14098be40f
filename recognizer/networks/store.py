"""Models as safetensors files that say where they come from. Nothing is unpickled."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from recognizer.errors import InputError
from recognizer.files import write_file
from recognizer.networks.card import model_card
from recognizer.networks.compact import Compact
from recognizer.networks.displacement import Displacement
from recognizer.networks.field import FieldPenalty
from recognizer.networks.last_layer import LastLayers
from recognizer.networks.lenet1 import LeNet1
from recognizer.networks.lenet4 import BoostedLeNet4, LeNet4
from recognizer.networks.lenet5 import LeNet5
from recognizer.networks.recogniser import SegmentRecogniser
from recognizer.networks.small import SmallNet

MOST_ARGUMENTS, LARGEST_ARGUMENT = 1000, 10_000

_NETWORKS: dict[str, type[nn.Module]] = {
    network.__name__: network
    for network in (
        LeNet1,
        LeNet4,
        BoostedLeNet4,
        LeNet5,
        Compact,
        SmallNet,
        SegmentRecogniser,
        Displacement,
        FieldPenalty,
        LastLayers,
    )
}


@dataclass(frozen=True)
class Model:
    """A network ready for use, and what its file says of it: recipe, data, licences, figures, classes, thresholds."""

    network: nn.Module
    arguments: dict[str, Any]  # that ``type(network)`` was built with
    card: dict[str, Any]


def save_model(
    path: Path, network: nn.Module, arguments: dict[str, Any], card: dict[str, Any], private: bool = False
) -> None:
    """Write a network that ``type(network)(**arguments)`` builds, with its ``card`` (anything JSON holds), weights in half precision;
    but for last layers, which are taught by steps that are smaller than that. A ``private`` one is its user's alone. Raises
    InputError, OSError.
    """
    from safetensors.torch import save

    metadata = {"network": type(network).__name__, "arguments": json.dumps(arguments), "card": json.dumps(card)}
    kept = _whole if isinstance(network, LastLayers) else _halved
    write_file(path, save({name: kept(value) for name, value in network.state_dict().items()}, metadata), private)


def _halved(value: Tensor) -> Tensor:
    """A weight as float16, which halves the file and moves no answer; loading widens it. Vectors, such as the variances of a
    normalisation, are few and may be of any size: they stay as they are, and so does what float16 cannot hold."""
    half = value.half() if value.dim() > 1 and value.is_floating_point() else value
    return _whole(half if bool(half.isfinite().all()) else value)


def _whole(value: Tensor) -> Tensor:
    return value.contiguous()


def load_model(path: Path) -> Model:
    """The model of a file, for inference; raises InputError where it is missing, damaged or of another program.

    Its architecture is held against limits and against the tensors in the file before any of it is allocated.
    """
    from safetensors import SafetensorError, safe_open

    card = model_card(path)
    try:
        with safe_open(path, "pt") as stream:
            metadata = stream.metadata()
            arguments = json.loads(metadata["arguments"])
            kind = _NETWORKS[metadata["network"]]
            _check_numbers(arguments)
            with torch.device("meta"):  # shapes alone
                expected = kind(**arguments).state_dict()
            shapes = {name: stream.get_slice(name).get_shape() for name in stream.keys()}  # noqa: SIM118 (it is no dict)
            if shapes != {name: list(value.shape) for name, value in expected.items()}:
                raise ValueError("its tensors are not those of its network")
            state = {name: stream.get_tensor(name) for name in shapes}
        if not all(bool(value.isfinite().all()) for value in state.values()):
            raise ValueError("it holds numbers that are not finite")
        network = kind(**arguments)
        network.load_state_dict(state)
    except (OSError, SafetensorError) as error:
        raise InputError(f"The model {path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    except Exception as error:  # building a network from any arguments raises nearly anything
        ours = isinstance(error, ValueError) and not isinstance(error, json.JSONDecodeError)
        reason = str(error) if ours else "its network is none of this program's"
        raise InputError(f"{path} is no model of this program: {reason}.") from error
    network.requires_grad_(False)
    return Model(network.eval(), arguments, card)


def _check_numbers(arguments: Any) -> None:
    """Raises ValueError where a network of such arguments would be larger than any of ours."""
    waiting, seen = [arguments], 0
    while waiting:
        value = waiting.pop()
        seen += 1
        if seen > MOST_ARGUMENTS or (isinstance(value, int | float) and not abs(value) <= LARGEST_ARGUMENT):
            raise ValueError("its network is larger than any of this program's")
        waiting += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
