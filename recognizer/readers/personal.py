"""Personal models: last layers that one person's corrections have taught, put onto the networks that came with the program."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recognizer.errors import InputError, Unfit
from recognizer.readers.models import file_of
from recognizer.readers.reader import LatticeReader
from recognizer.readers.rescoring import RescoringReader
from recognizer.readers.segmentation import TextNetwork
from recognizer.readers.sizes import SizesReader
from recognizer.readers.text import FrameNetwork

if TYPE_CHECKING:
    from recognizer.ink import Ink
    from recognizer.networks.last_layer import LastLayer
    from recognizer.readers.protocol import Reader

# The last layers of the networks that read text.
LAST = {"displacement": "out.weight", "segmentation": "character.output.weight"}
NAMES = tuple(LAST)


@dataclass(frozen=True)
class Personal:
    """The last layers by the names of their networks, and what the file says of them."""

    layers: "Mapping[str, LastLayer]"
    card: dict[str, Any]


def base_of(models: Path | None = None) -> dict[str, str]:
    """What a personal model stands on: a digest of the file of each network. Raises OSError."""
    return {name: sha256(file_of(name, models).read_bytes()).hexdigest() for name in NAMES}


def save_personal(path: Path, personal: Personal, private: bool = False) -> None:
    """Write the file in one step; a ``private`` one is its user's alone, and so is its folder. Raises InputError, OSError."""
    from recognizer.networks.last_layer import last_layers
    from recognizer.networks.store import save_model

    layers = last_layers(dict(personal.layers))
    sizes = {name: tuple(weight.shape) for name, (weight, _) in personal.layers.items()}
    save_model(path, layers, {"sizes": sizes}, personal.card, private)


def load_personal(path: Path, models: Path | None = None) -> Personal:
    """Read the file. Raises Unfit where it is missing, damaged, no personal model, or taught on other networks."""
    from recognizer.networks.last_layer import LastLayers
    from recognizer.networks.store import load_model

    try:
        model = load_model(path)
    except InputError as error:
        raise Unfit(str(error)) from error
    if not isinstance(model.network, LastLayers) or "base" not in model.card:
        raise Unfit(f"{path.name} is no personal model: it was made for another task.")
    if model.card["base"] != base_of(models):
        raise Unfit(
            f"{path.stem} was taught on another version of the reader: teach it again, the corrections are still there."
        )
    if model.arguments["sizes"] != {name: size_of(name, models) for name in NAMES}:
        raise Unfit(f"{path.name} is no personal model: its layers are not those of the networks that read text.")
    return Personal({name: model.network[name] for name in NAMES}, model.card)


def size_of(name: str, models: Path | None) -> list[int]:
    """Classes and inputs of the last layer of a network, from the header of its file."""
    from safetensors import safe_open

    with safe_open(file_of(name, models), "pt") as stream:
        classes, inputs, *sides = stream.get_slice(LAST[name]).get_shape()
    return [classes, inputs * prod(sides)]


def taught(reader: "Reader[Ink]", personal: Personal) -> "Reader[Ink]":
    """A reader of text with the last layers of ``personal``; ``reader`` stays as it is."""
    if isinstance(reader, SizesReader):
        return SizesReader(taught(reader.usual, personal), [taught(other, personal) for other in reader.others])
    if isinstance(reader, RescoringReader):
        return RescoringReader(_taught(reader.displacement, personal), _taught(reader.segmentation, personal))
    assert isinstance(reader, LatticeReader)
    return _taught(reader, personal)


def _taught(reader: "LatticeReader[Ink]", personal: Personal) -> "LatticeReader[Ink]":
    from recognizer.networks.last_layer import with_layer

    recognise = reader.recognise
    if isinstance(recognise, FrameNetwork):
        network = with_layer(recognise.network, personal.layers["displacement"])
        return replace(reader, recognise=FrameNetwork(network))
    assert isinstance(recognise, TextNetwork)
    return replace(reader, recognise=TextNetwork(with_layer(recognise.network, personal.layers["segmentation"])))
