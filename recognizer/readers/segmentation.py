"""The readers of text, of pen ink and of what is traced on images, by over-segmentation (1998 paper, sections V and IX)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from recognizer.ink.traced_segments import segment_tracing
from recognizer.ink.word_segments import WordSegments, segment_text
from recognizer.language.alphabet import BLANK, COUNT, SYMBOLS
from recognizer.language.text import text_language
from recognizer.readers.gaps import parting_penalties, with_gaps
from recognizer.readers.narrowing import narrowing_search
from recognizer.readers.reader import LatticeReader, Source
from recognizer.readers.recut import Cutter
from recognizer.readers.text import CLASSES, FAINT
from recognizer.readers.transparent import SegmentNetwork, in_parts
from recognizer.segments import Segments

if TYPE_CHECKING:
    from torch import Tensor, nn

    from recognizer.ink import Ink
    from recognizer.ink.tracing import Tracing

WIDTH, MARGIN = 300, 16.0  # of the beam: nodes of the language and nats
STEPS = 15_000_000  # of the beam at most; of lines that people write there are 10
# Training knows no language. Beside one the evidence counts so many times, and a character is worth so much [nats]; chosen
# on 1,300 words of validation writers, where it joins best.
EVIDENCE, LENGTH = 0.6, 0.45
# The same of what is traced on images, read alone and joined; chosen on 290 words and lines of validation writers, drawn and scanned.
TRACED, TRACED_JOINED = (0.9, 1.6), (0.35, 0.5)


def segmentation_reader(
    network: "nn.Module", threshold: float, lexicon: Mapping[str, float] | None, *, several: bool
) -> "LatticeReader[Ink]":
    """Reads a line of words (``several``) or of one word with a `SegmentRecogniser`; with a lexicon, or any words freely."""
    return _reader(segment_text, TextNetwork(network), threshold, lexicon, several)


def tracing_segmentation_reader(
    network: "nn.Module",
    threshold: float,
    lexicon: Mapping[str, float] | None,
    several: bool = True,
    joined: bool = False,
) -> "LatticeReader[Tracing]":
    """The same for a line that was traced on an image, with a network of such; ``joined``: to displacement."""
    recognise = TextNetwork(network, *(TRACED_JOINED if joined else TRACED))
    return _reader(segment_tracing, recognise, threshold, lexicon, several)


def _reader(
    segment: Callable[..., WordSegments],
    recognise: "TextNetwork",
    threshold: float,
    lexicon: Mapping[str, float] | None,
    several: bool,
) -> LatticeReader[Source]:
    language = text_language(lexicon, several=several)
    return LatticeReader(
        segment=Cutter[Source](segment),
        recognise=recognise,
        grammar=language.graph,
        classes=CLASSES,
        symbols=SYMBOLS,
        threshold=threshold,
        search=partial(narrowing_search, width=WIDTH, margin=MARGIN, steps=STEPS),
        silent=BLANK,
        weigh=language.weighed,
    )


@dataclass(frozen=True)
class TextNetwork(SegmentNetwork):
    """Reads letters. Classes are characters, space, new line and blank, which here is junk and gaps inside words; what gaps say of
    spaces counts as cutting."""

    evidence: float = EVIDENCE
    length: float = LENGTH

    def penalties(self, segments: Segments) -> "Tensor":
        """(S, K) [nats], inf for what segments cannot be."""
        import torch

        assert isinstance(segments, WordSegments)
        ink = np.isnan(segments.gaps)
        found = in_parts(self.network, segments.images[ink], segments.features[ink])
        characters = self.evidence * found[:, :COUNT] - self.length
        characters = characters.masked_fill(characters > characters.amin(1, keepdim=True) + FAINT, torch.inf)
        never = found.new_full((len(found), BLANK - 1 - COUNT), torch.inf)
        return with_gaps(torch.cat([characters, never, found[:, COUNT:]], 1), segments.gaps, ink)

    def cutting(self, segments: Segments) -> np.ndarray:
        """(S,) what the features of segments cost, and the penalty of parting words at each gap [nats]; 0 between lines."""
        assert isinstance(segments, WordSegments)
        penalties = self.evidence * super().cutting(segments)
        penalties[~np.isnan(segments.gaps)] = parting_penalties(segments.gaps[~np.isnan(segments.gaps)])
        return penalties
