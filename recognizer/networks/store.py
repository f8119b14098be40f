"""Models as safetensors files that say where they come from. Nothing is unpickled."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import nn

from recognizer.errors import InputError
from recognizer.files import write_file
from recognizer.networks.compact import Compact
from recognizer.networks.displacement import Displacement
from recognizer.networks.field import FieldPenalty
from recognizer.networks.last_layer import LastLayers
from recognizer.networks.lenet1 import LeNet1
from recognizer.networks.lenet4 import BoostedLeNet4, LeNet4
from recognizer.networks.lenet5 import LeNet5
from recognizer.networks.recogniser import SegmentRecogniser
from recognizer.networks.small import SmallNet

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


def save_model(path: Path, network: nn.Module, arguments: dict[str, Any], card: dict[str, Any]) -> None:
    """Write a network that ``type(network)(**arguments)`` builds, with its ``card`` (anything JSON holds). Raises InputError, OSError."""
    from safetensors.torch import save

    metadata = {"network": type(network).__name__, "arguments": json.dumps(arguments), "card": json.dumps(card)}
    write_file(path, save({name: value.contiguous() for name, value in network.state_dict().items()}, metadata))


def load_model(path: Path) -> Model:
    """The model of a file, for inference; raises InputError where it is missing, damaged or of another program."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, "pt") as stream:
            metadata = stream.metadata() or {}
            state = {name: stream.get_tensor(name) for name in stream.keys()}  # noqa: SIM118 (it is no dict)
    except (OSError, SafetensorError) as error:
        raise InputError(f"The model {path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    try:
        arguments = json.loads(metadata["arguments"])
        network = _NETWORKS[metadata["network"]](**arguments)
        network.load_state_dict(state)
        card = json.loads(metadata["card"])
    except (KeyError, ValueError, TypeError, RuntimeError) as error:
        raise InputError(f"{path} is no model of this program: {error}.") from error
    network.requires_grad_(False)
    return Model(network.eval(), arguments, card)
