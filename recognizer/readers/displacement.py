"""The reader of amounts by a space displacement network, swept over the grey levels of the line (1998 paper, section VII)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from recognizer.frames import STRIDE
from recognizer.gtn import beam_search, ctc_expansion
from recognizer.language.amount import amount_grammar, written_symbols
from recognizer.page import Page, PageFrames, frames_of_page
from recognizer.readers.money import Money
from recognizer.readers.reader import LatticeReader
from recognizer.readers.transparent import LayerAnswer, as_array, layers_of
from recognizer.segments import Segments

if TYPE_CHECKING:
    from torch import Tensor, nn

    from recognizer.networks.displacement import Displacement

MARGIN, WIDTH = 14.0, 400  # of the beam: nats, and pairs that are gone on with from a frame at most
_WIDTHS = 64  # columns of which widths of strips are multiples
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
        return frame_penalties(self.network, segments.picture)

    def cutting(self, segments: Segments) -> np.ndarray:
        """(S,) zeros: frames are not cut."""
        return np.zeros(len(segments), np.float32)

    def layers(self, picture: np.ndarray) -> list[LayerAnswer]:
        """What the network makes of the columns around a frame."""
        return layers_of(self.network, picture)


def frame_penalties(network: "nn.Module", picture: np.ndarray) -> np.ndarray:
    """Penalties (T, K) float32 [nats] of the frames of a picture (CHANNELS, ROWS, W), blank last; inf for what they cannot be."""
    return as_array(lambda: _penalties(network, picture))


def penalties_of_pictures(network: "Displacement", pictures: Sequence[np.ndarray]) -> list[np.ndarray]:
    """The same of several pictures, which pass the network beside each other, in a strip whose width is one of few: the library
    prepares itself for each width anew."""
    if not pictures:
        return []
    starts = np.cumsum([0, *(each.shape[2] + network.apart for each in pictures)])
    strip = np.zeros((*pictures[0].shape[:2], -(-starts[-1] // _WIDTHS) * _WIDTHS), np.float32)
    places = [(start, start + each.shape[2]) for start, each in zip(starts.tolist(), pictures, strict=False)]
    for (start, end), picture in zip(places, pictures, strict=True):
        strip[:, :, start:end] = picture
    ends = [*(start for start, _ in places[1:]), strip.shape[2]]
    between = [slice(end // STRIDE, after // STRIDE) for (_, end), after in zip(places, ends, strict=True)]
    penalties = as_array(lambda: _penalties(network, strip, between))
    return [penalties[start // STRIDE : end // STRIDE] for start, end in places]


def _penalties(network: "nn.Module", picture: np.ndarray, *between: Sequence[slice]) -> "Tensor":
    import torch

    found: Tensor = network(torch.from_numpy(picture[None]), *between)[0]
    return found.masked_fill(found > found.amin(1, keepdim=True) + _FAINT, torch.inf)
