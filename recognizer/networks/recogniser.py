"""The recogniser of segments: a character network, and what a segment's place among the others says of it."""

from typing import Any

import torch
from torch import Tensor, nn

from recognizer.networks.compact import Compact


class SegmentRecogniser(nn.Module):
    """Penalties (S, K) of images (S, channels, rows, columns) and features (S, F): the character network's, plus the
    segmentation's, a linear function of the features, on every class but junk, which stays at 0 (1998 paper, V and X-A).

    ``character`` are the arguments of its Compact. The segmentation penalty is nothing until it is trained.
    """

    def __init__(self, character: dict[str, Any], features: int) -> None:
        super().__init__()
        self.character = Compact(**character)
        self.segmentation = silent(features)

    def forward(self, images: Tensor, features: Tensor) -> Tensor:
        """Penalties (S, K) in nats, junk last."""
        penalties = self.character(images)
        return torch.cat([penalties[:, :-1] + self.segmentation(features), penalties[:, -1:]], 1)


def silent(features: int) -> nn.Linear:
    """A penalty by so many features that is nothing until it is trained."""
    linear = nn.Linear(features, 1)
    nn.init.zeros_(linear.weight)
    nn.init.zeros_(linear.bias)
    return linear
