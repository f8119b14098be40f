"""What over-segmentation and displacement think of labelled amounts, and what becomes of these when both are joined."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recognizer.errors import InputError
from recognizer.page import Page
from recognizer.readers.doubt import NO_DOUBTS, Doubts
from recognizer.readers.pooled import Opinions, opinions, weighed
from recognizer.readers.protocol import Reader
from recognizer.readers.reading import Reading
from recognizer.training.data.labelled_amounts import agrees
from recognizer.training.evaluation.rejection import Outcome

Weights = tuple[float, ...]

SEGMENTATION, DISPLACEMENT = (1.0, 0.0), (0.0, 1.0)  # the weights of one system alone


@dataclass(frozen=True)
class Heard:
    """Readings of one amount: which of the systems ``found`` something, what those think, and the ``label`` that is right."""

    found: tuple[bool, ...]
    opinions: Opinions
    label: str
    doubts: Doubts = NO_DOUBTS

    def outcome(self, weights: Weights) -> Outcome:
        """Confidence of the answer at these weights, and whether it is wrong; no answer is wrong, with no confidence."""
        own = [weight for weight, found in zip(weights, self.found, strict=True) if found]
        if not any(own):
            return 0.0, True
        best = weighed(*self.opinions, own)[0]
        return self.doubts.of(best.confidence)[0], not agrees(best.text, self.label)


def hear(readings: Sequence[Reading | None], label: str, doubts: Doubts = NO_DOUBTS) -> Heard:
    """What systems that read an amount, or found nothing, think of it, and what speaks against trusting them."""
    found = [reading for reading in readings if reading]
    thought: Opinions = opinions(found) if found else ([], np.empty((0, 1)))
    return Heard(tuple(reading is not None for reading in readings), thought, label, doubts)


def read(reader: Reader[Page], page: Page) -> Reading | None:
    """What a reader says of a page; None where it finds nothing."""
    try:
        return reader.read(page)
    except InputError:
        return None
