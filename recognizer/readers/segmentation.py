"""The reader of text written with a pen by over-segmentation (1998 paper, sections V and IX)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from recognizer.gtn import beam_search
from recognizer.ink.word_segments import WordSegments, segment_text
from recognizer.language.alphabet import BLANK, COUNT, SYMBOLS
from recognizer.language.text import text_language
from recognizer.readers.gaps import parting_penalties, with_gaps
from recognizer.readers.reader import LatticeReader
from recognizer.readers.recut import Cutter
from recognizer.readers.text import CLASSES, FAINT
from recognizer.readers.transparent import LayerAnswer, SegmentNetwork, as_array, in_parts, layers_of
from recognizer.segments import Segments

if TYPE_CHECKING:
    from torch import Tensor, nn

    from recognizer.ink import Ink

WIDTH, MARGIN = 300, 16.0  # of the beam: nodes of the language and nats
# Training knows no language. Beside one the evidence counts so many times, and a character is worth so much [nats]; chosen
# on 1,300 words of validation writers, where it joins best.
EVIDENCE, LENGTH = 0.6, 0.45


def segmentation_reader(
    network: "nn.Module", threshold: float, lexicon: Mapping[str, float] | None, *, several: bool
) -> "LatticeReader[Ink]":
    """Reads a line of words (``several``) or of one word with a `SegmentRecogniser`; with a lexicon, or any words freely."""
    language = text_language(lexicon, several=several)
    return LatticeReader(
        segment=Cutter(segment_text),
        recognise=TextNetwork(network),
        grammar=language.graph,
        classes=CLASSES,
        symbols=SYMBOLS,
        threshold=threshold,
        search=partial(beam_search, width=WIDTH, margin=MARGIN),
        silent=BLANK,
        weigh=language.weighed,
    )


@dataclass(frozen=True)
class TextNetwork:
    """A `SegmentRecogniser` of letters as readers call it; what gaps say of spaces counts as cutting."""

    network: Any  # a SegmentRecogniser

    def __call__(self, segments: Segments) -> np.ndarray:
        """Penalties (S, K) float32 [nats] of the classes of segments: characters, space, new line, blank, which here is junk
        and gaps inside words; inf for what they cannot be."""
        return as_array(lambda: self.penalties(segments))

    def penalties(self, segments: Segments) -> "Tensor":
        """(S, K)"""
        import torch

        assert isinstance(segments, WordSegments)
        ink = np.isnan(segments.gaps)
        found = in_parts(self.network, segments.images[ink], segments.features[ink])
        characters = EVIDENCE * found[:, :COUNT] - LENGTH
        characters = characters.masked_fill(characters > characters.amin(1, keepdim=True) + FAINT, torch.inf)
        never = found.new_full((len(found), BLANK - 1 - COUNT), torch.inf)
        return with_gaps(torch.cat([characters, never, found[:, COUNT:]], 1), segments.gaps, ink)

    def cutting(self, segments: Segments) -> np.ndarray:
        """(S,) what the features of segments cost, and the penalty of parting words at each gap [nats]; 0 between lines."""
        assert isinstance(segments, WordSegments)
        penalties = EVIDENCE * SegmentNetwork(self.network).cutting(segments)
        penalties[~np.isnan(segments.gaps)] = parting_penalties(segments.gaps[~np.isnan(segments.gaps)])
        return penalties

    def layers(self, picture: np.ndarray) -> list[LayerAnswer]:
        """What the character network makes of a picture (C, H, W)."""
        return layers_of(self.network.character, picture)
