"""Recognisers that show what goes on inside them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

import numpy as np

from recognizer.segments import Segments

if TYPE_CHECKING:
    from torch import nn

    from recognizer.networks.recogniser import SegmentRecogniser


class Layer(NamedTuple):
    """What one layer of a network answers to one picture."""

    name: str
    maps: np.ndarray  # (maps, rows, columns) float32; rows and columns are 1 where a unit is no picture


@runtime_checkable
class Transparent(Protocol):
    """A recogniser, segments to penalties (S, K), that can be looked into."""

    def __call__(self, segments: Segments) -> np.ndarray: ...

    def cutting(self, segments: Segments) -> np.ndarray:
        """(S,) what of the penalties of all classes but junk is due to how the ink is cut [nats]."""

    def layers(self, picture: np.ndarray) -> list[Layer]:
        """The answer of every layer to a picture (channels, rows, columns)."""


@dataclass(frozen=True)
class SegmentNetwork:
    """A `SegmentRecogniser` as readers call it."""

    network: "SegmentRecogniser"

    def __call__(self, segments: Segments) -> np.ndarray:
        """Penalties (S, K) float32 [nats], junk last."""
        import torch

        with torch.inference_mode():
            images, features = torch.from_numpy(segments.images), torch.from_numpy(segments.features)
            penalties: np.ndarray = self.network(images, features).numpy()
        return penalties

    def cutting(self, segments: Segments) -> np.ndarray:
        """(S,) the linear function of the segments' features."""
        import torch

        with torch.inference_mode():
            penalties: np.ndarray = self.network.segmentation(torch.from_numpy(segments.features))[:, 0].numpy()
        return penalties

    def layers(self, picture: np.ndarray) -> list[Layer]:
        """What the character network makes of a picture."""
        return layers_of(self.network.character, picture)


def layers_of(network: "nn.Module", picture: np.ndarray) -> list[Layer]:
    """What the layers of a network answer to a picture (channels, rows, columns)."""
    from recognizer.networks.inside import feature_maps

    return [Layer(name, maps) for name, maps in feature_maps(network, picture)]
