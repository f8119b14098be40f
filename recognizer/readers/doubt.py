"""Reasons to trust the reading of a picture less: its flaws, and that it reads as well on its head or on its side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from recognizer.errors import InputError
from recognizer.page.page import Page
from recognizer.page.quality import flaws_of_line
from recognizer.readers.calibration import UNCALIBRATED, Calibration
from recognizer.readers.pooled import PooledReader, calibrated
from recognizer.readers.protocol import Reader
from recognizer.readers.reader import ignore
from recognizer.readers.reading import Reading

DOUBT = 0.7  # share of the confidence that each flaw of the picture leaves
TURNED = 0.03  # share of pages that do not lie upright
UPSIDE_DOWN, ON_ITS_SIDE = "upside down", "on its side"


@dataclass(frozen=True)
class Doubts:
    """What speaks against trusting a reading of a page: its ``flaws``, and how confidently it reads when it is turned."""

    flaws: tuple[str, ...]
    turned: float
    turn: str  # the flaw that a page has where it reads better turned

    def of(self, confidence: float) -> tuple[float, tuple[str, ...]]:
        """What is left of the confidence of the upright reading, and all flaws."""
        upright = (1 - TURNED) * confidence
        share = upright / (upright + TURNED * self.turned) if self.turned else 1.0  # that it is not turned
        left = confidence * DOUBT ** len(self.flaws) * share
        better = self.turned > max(confidence, 0.5)
        return (left * DOUBT if better else left), self.flaws + ((self.turn,) if better else ())


NO_DOUBTS = Doubts((), 0.0, UPSIDE_DOWN)


@dataclass(frozen=True)
class DoubtingReader:
    """Reads amounts by ``reader``, and asks the ``displacement`` reader beside how it would read the page if that were turned."""

    reader: PooledReader[Page]
    displacement: Reader[Page]
    calibration: Calibration = UNCALIBRATED  # of the confidence that doubts leave

    @cached_property
    def threshold(self) -> float:
        """Confidence from which on a reading is accepted."""
        return self.reader.threshold

    def read(self, source: Page, on_stage: Callable[[str], None] = ignore) -> Reading:
        """Read as `Reader.read` does."""
        reading = self.reader.read(source, on_stage)
        left, flaws = doubts_about(source, self.displacement).of(reading.confidence)
        share = left / max(reading.confidence, 1e-9)
        doubted = [replace(each, confidence=each.confidence * share) for each in reading.alternatives]
        alternatives = calibrated(doubted, self.calibration)
        confidence = alternatives[0].confidence
        return replace(
            reading,
            confidence=confidence,
            accepted=confidence >= self.threshold,
            alternatives=alternatives,
            flaws=flaws,
            pool=None if reading.pool is None else replace(reading.pool, doubt=share, calibration=self.calibration),
        )


def doubts_about(page: Page, displacement: Reader[Page]) -> Doubts:
    """Those about a page that holds a line to read, by how the ``displacement`` reads it turned."""
    upset = {UPSIDE_DOWN: (2,), ON_ITS_SIDE: (1, 3) if page.grey.shape[0] > page.grey.shape[1] else ()}
    confidences = {turn: _best(page, quarters, displacement) for turn, quarters in upset.items()}
    turn = max(confidences, key=confidences.__getitem__)
    return Doubts(flaws_of_line(page.inked), confidences[turn], turn)


def _best(page: Page, quarters: Sequence[int], displacement: Reader[Page]) -> float:
    found = [0.0]
    for turns in quarters:
        try:
            found.append(displacement.read(Page(np.ascontiguousarray(np.rot90(page.grey, turns)))).confidence)
        except InputError:
            continue
    return max(found)
