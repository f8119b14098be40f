"""The reader of amounts by a space displacement network, swept over the grey levels of the line (1998 paper, section VII)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from recognizer.gtn import beam_search, ctc_expansion
from recognizer.language.amount import amount_grammar, written_symbols
from recognizer.page import Page, PageFrames, frames_of_page
from recognizer.readers.money import Money
from recognizer.readers.reader import LatticeReader
from recognizer.readers.transparent import LayerAnswer, in_strip, layers_of
from recognizer.segments import Segments

if TYPE_CHECKING:
    from torch import nn

MARGIN, WIDTH = 14.0, 400  # of the beam: nats, and pairs that are gone on with from a frame at most
_FAINT = 12.0  # classes so much worse than the best of their frame are left out of its arcs [nats]


def displacement_reader(
    network: "nn.Module", classes: tuple[str, ...], threshold: float, country: str | None = None
) -> LatticeReader[Page]:
    """Reads amounts with a `Displacement` network, whose last class is the blank, as they are written in a country."""
    return LatticeReader(
        segment=frames_of_page,
        recognise=PageFrameNetwork(network),
        grammar=ctc_expansion(amount_grammar(classes, country), len(classes)),
        classes=classes,
        symbols=written_symbols(classes),
        threshold=threshold,
        search=partial(beam_search, margin=MARGIN, width=WIDTH),
        money=Money(classes, country),
    )


@dataclass(frozen=True)
class PageFrameNetwork:
    """A network of frames of a page as readers call it; nothing of its penalties is due to cutting."""

    network: "nn.Module"

    def __call__(self, segments: Segments) -> np.ndarray:
        """Penalties (S, K) float32 [nats] of frames."""
        assert isinstance(segments, PageFrames)
        return penalties_of_pictures(self.network, [segments.picture])[0]

    def cutting(self, segments: Segments) -> np.ndarray:
        """(S,) zeros: frames are not cut."""
        return np.zeros(len(segments), np.float32)

    def layers(self, picture: np.ndarray) -> list[LayerAnswer]:
        """What the network makes of the columns around a frame."""
        return layers_of(self.network, picture)


def penalties_of_pictures(network: "nn.Module", pictures: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Penalties (T, K) float32 [nats] of the frames of pictures (CHANNELS, ROWS, W), blank last; inf for what they cannot be."""
    import torch

    with torch.inference_mode():
        found = in_strip(network, pictures)
        return [each.masked_fill(each > each.amin(1, keepdim=True) + _FAINT, torch.inf).numpy() for each in found]
