"""The readers of text, of pen ink and of what is traced on images, by a space displacement network (1998 paper, VII and IX)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from recognizer.ink.frames import FrameSegments, frames_of
from recognizer.ink.tracing import frames_of_tracing
from recognizer.language.alphabet import BLANK, COUNT, SYMBOLS
from recognizer.language.text import text_language
from recognizer.readers.gaps import parting_penalties, with_gaps
from recognizer.readers.narrowing import narrowing_search
from recognizer.readers.reader import LatticeReader
from recognizer.readers.transparent import LayerAnswer, as_array, in_strip, layers_of
from recognizer.segments import Segments

if TYPE_CHECKING:
    from torch import Tensor, nn

    from recognizer.ink import Ink
    from recognizer.ink.tracing import Tracing

Source = TypeVar("Source")

WIDTH, MARGIN = 200, 14.0  # of the beam: nodes of the language and nats
STEPS = 10_000_000  # of the beam at most; of lines that people write there are half as many
# Networks have learnt no language, and to say blank where they doubt. Beside a language their evidence counts so many times, and
# a blank costs so much more [nats]; chosen on 750 words and 260 lines of validation writers that `evaluate` leaves out.
EVIDENCE, SILENCE = 0.75, 3.0
# A blank of what is traced on images, where the network doubts more; chosen on 400 words and 210 lines of validation writers,
# drawn and scanned. Evidence at 0.85 would be as good there, by 0.2 % of the characters of lines better.
TRACED_SILENCE = 2.0
FAINT = 10.0  # characters so much worse than the best of their frame are left out of its arcs [nats]
CLASSES = (*SYMBOLS[1 : COUNT + 1], "space", "new line", "blank")


def text_reader(network: "nn.Module", threshold: float, lexicon: Mapping[str, float] | None) -> "LatticeReader[Ink]":
    """Reads a line of words with a `Displacement` network; with a lexicon, or any words freely."""
    return _reader(frames_of, FrameNetwork(network), threshold, lexicon, several=True)


def word_reader(network: "nn.Module", threshold: float, lexicon: Mapping[str, float] | None) -> "LatticeReader[Ink]":
    """The same for ink that is known to be one word."""
    return _reader(frames_of, FrameNetwork(network), threshold, lexicon, several=False)


def tracing_reader(
    network: "nn.Module", threshold: float, lexicon: Mapping[str, float] | None, several: bool = True
) -> "LatticeReader[Tracing]":
    """The same for a line that was traced on an image, with a network of such; not ``several``: for one word."""
    return _reader(frames_of_tracing, FrameNetwork(network, silence=TRACED_SILENCE), threshold, lexicon, several)


def _reader(
    segment: Callable[[Source], FrameSegments],
    recognise: "FrameNetwork",
    threshold: float,
    lexicon: Mapping[str, float] | None,
    several: bool,
) -> LatticeReader[Source]:
    language = text_language(lexicon, several=several, blank=BLANK)
    return LatticeReader(
        segment=segment,
        recognise=recognise,
        grammar=language.graph,
        classes=CLASSES,
        symbols=SYMBOLS,
        threshold=threshold,
        search=partial(narrowing_search, width=WIDTH, margin=MARGIN, steps=STEPS),
        weigh=language.weighed,
    )


@dataclass(frozen=True)
class FrameNetwork:
    """A network of frames as readers call it; what gaps say of spaces counts as cutting."""

    network: "nn.Module"
    evidence: float = EVIDENCE
    silence: float = SILENCE

    def __call__(self, segments: Segments) -> np.ndarray:
        """Penalties (S, K) float32 [nats] of the classes of frames: characters, space, new line, blank; inf for what they cannot
        be."""
        return as_array(lambda: self.penalties(segments))

    def penalties(self, segments: Segments) -> "Tensor":
        """(S, K)"""
        import torch

        assert isinstance(segments, FrameSegments)
        of_picture = np.isnan(segments.gaps)
        penalties = self.evidence * in_strip(self.network, [segments.picture])[0]
        penalties[:, COUNT] += self.silence
        penalties = penalties.masked_fill(penalties > penalties.amin(1, keepdim=True) + FAINT, torch.inf)
        never = penalties.new_full((len(penalties), BLANK - 1 - COUNT), torch.inf)
        return with_gaps(torch.cat([penalties[:, :COUNT], never, penalties[:, COUNT:]], 1), segments.gaps, of_picture)

    def cutting(self, segments: Segments) -> np.ndarray:
        """(S,) the penalty of parting words at each gap [nats]; 0 between lines and at frames of the picture."""
        assert isinstance(segments, FrameSegments)
        penalties, gaps = np.zeros(len(segments), np.float32), ~np.isnan(segments.gaps)
        penalties[gaps] = parting_penalties(segments.gaps[gaps])
        return penalties

    def layers(self, picture: np.ndarray) -> list[LayerAnswer]:
        """What the network makes of the columns around a frame."""
        return layers_of(self.network, picture)
