"""Recognisers that show what goes on inside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

import numpy as np

from recognizer.frames import STRIDE
from recognizer.segments import Segments

if TYPE_CHECKING:
    from torch import Tensor, nn

AT_ONCE = 256  # inputs of a network
# The library prepares itself for each width of a strip and each number of inputs anew, which takes as long as a good part of the work
# and is kept, half a megabyte each: of widths there are only multiples of the one, of numbers beyond it multiples of the other.
WIDTHS, _COUNTS = 64, 8


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
    more = -len(inputs) % _COUNTS if len(inputs) > _COUNTS else 0
    return np.concatenate([inputs, np.zeros((more, *inputs.shape[1:]), inputs.dtype)]) if more else inputs


def in_strip(network: Any, pictures: Sequence[np.ndarray]) -> "list[Tensor]":
    """What a `Displacement` network answers to pictures (channels, rows, W), (W / STRIDE, K) each: they pass it beside each other."""
    import torch

    if not pictures:
        return []
    apart = network.apart if len(pictures) > 1 else 0
    starts = np.cumsum([0, *(each.shape[2] + apart for each in pictures)]).tolist()
    strip = np.zeros((*pictures[0].shape[:2], -(-(starts[-1] - apart) // WIDTHS) * WIDTHS), np.float32)
    places = [
        slice(start // STRIDE, (start + each.shape[2]) // STRIDE) for start, each in zip(starts, pictures, strict=False)
    ]
    for place, picture in zip(places, pictures, strict=True):
        strip[:, :, place.start * STRIDE : place.stop * STRIDE] = picture
    ends = [*(place.start for place in places[1:]), strip.shape[2] // STRIDE]
    between = [slice(place.stop, end) for place, end in zip(places, ends, strict=True)]
    found = network(torch.from_numpy(strip[None]), between)[0]
    return [found[place] for place in places]


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
