"""Recognisers that show what goes on inside them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

import numpy as np

from recognizer.segments import Segments

if TYPE_CHECKING:
    from torch import Tensor, nn

AT_ONCE = 256  # inputs of a network
_FEW = 8  # beyond so many inputs their number is a multiple of it


class Codes(NamedTuple):
    """What a layer of radial basis functions compares: a penalty is the squared distance of what is seen from a code."""

    seen: np.ndarray  # (rows, columns) float32
    drawings: np.ndarray  # (classes, rows, columns) float32


class LayerAnswer(NamedTuple):
    """What one layer of a network answers to one picture."""

    name: str
    maps: np.ndarray  # (maps, rows, columns) float32; rows and columns are 1 where a unit is no picture
    codes: Codes | None = None  # of a layer that has some


@runtime_checkable
class Transparent(Protocol):
    """A recogniser, segments to penalties (S, K), that can be looked into."""

    def __call__(self, segments: Segments) -> np.ndarray: ...

    def cutting(self, segments: Segments) -> np.ndarray:
        """(S,) what of the penalties of all classes but junk is due to how the ink is cut [nats]."""

    def layers(self, picture: np.ndarray) -> list[LayerAnswer]:
        """The answer of every layer to a picture (channels, rows, columns)."""


@runtime_checkable
class Trainable(Protocol):
    """A recogniser that can learn: a frozen dataclass of a ``network``."""

    network: Any  # a torch module

    def __call__(self, segments: Segments) -> np.ndarray: ...

    def penalties(self, segments: Segments) -> "Tensor":
        """(S, K) the same as a tensor that the network's weights can learn from; inf for what segments cannot be."""


@dataclass(frozen=True)
class SegmentNetwork:
    """A `SegmentRecogniser` as readers call it."""

    network: Any  # a SegmentRecogniser

    def __call__(self, segments: Segments) -> np.ndarray:
        """Penalties (S, K) float32 [nats], junk last."""
        return as_array(lambda: self.penalties(segments))

    def penalties(self, segments: Segments) -> "Tensor":
        """(S, K), junk last."""
        return in_parts(self.network, segments.images, segments.features)

    def cutting(self, segments: Segments) -> np.ndarray:
        """(S,) the linear function of the segments' features."""
        import torch

        with torch.inference_mode():
            penalties: np.ndarray = self.network.segmentation(torch.from_numpy(segments.features))[:, 0].numpy()
        return penalties

    def layers(self, picture: np.ndarray) -> list[LayerAnswer]:
        """What the character network makes of a picture (channels, rows, columns)."""
        return layers_of(self.network.character, picture)


def in_parts(network: Any, *inputs: np.ndarray) -> "Tensor":
    """What a network answers to many inputs, each (n, ...), some at a time, so that memory does not grow with their number. That is
    one of few: the library prepares itself for each anew, which takes as long as a hundred inputs, and forgets what is long ago."""
    import torch

    count = len(inputs[0])
    starts = range(0, max(count, 1), AT_ONCE)
    parts = ([torch.from_numpy(_filled_up(each[start : start + AT_ONCE])) for each in inputs] for start in starts)
    return torch.cat([network(*part) for part in parts])[:count]


def _filled_up(inputs: np.ndarray) -> np.ndarray:
    more = -len(inputs) % _FEW if len(inputs) > _FEW else 0
    return np.concatenate([inputs, np.zeros((more, *inputs.shape[1:]), inputs.dtype)]) if more else inputs


def as_array(penalties: "Callable[[], Tensor]") -> np.ndarray:
    """Penalties (S, K) computed without a thought of learning."""
    import torch

    with torch.inference_mode():
        found: np.ndarray = penalties().numpy()
    return found


def layers_of(network: "nn.Module", picture: np.ndarray) -> list[LayerAnswer]:
    """What the layers of a network answer to a picture (channels, rows, columns)."""
    from recognizer.networks.inside import codes_of, feature_maps

    layers = [LayerAnswer(name, maps) for name, maps in feature_maps(network, picture)]
    codes = codes_of(network, picture)
    if codes is not None:
        layers[-1] = layers[-1]._replace(codes=Codes(*codes))
    return layers
