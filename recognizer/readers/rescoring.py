"""Two readings of the same ink as one: over-segmentation reads with the interpretations of displacement as its language.

The penalties of both, and of the language once, add up along every path. Over-segmentation may be wrong altogether, where no
cuts part the letters: it is heard up to a price, and beyond it displacement alone is believed.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic

import numpy as np

from recognizer.errors import NothingToRead
from recognizer.gtn import Graph, project, prune, viterbi
from recognizer.gtn.compose import add
from recognizer.gtn.origins import arcs_behind
from recognizer.gtn.paths import to_ends
from recognizer.readers.narrowing import narrowing_search
from recognizer.readers.reader import LatticeReader, Source, ignore, unchanged
from recognizer.readers.reading import Reading, Trace

WIDTH, BEAM = 1000, 16.0  # of the beam that joins both: nodes of displacement's interpretations, and nats
STEPS = 24_000_000  # of it at most; of lines that people write there are as many
MARGIN = 12.0  # interpretations of displacement that are worse than its best by more are left out [nats]
# How much more a word may cost over-segmentation than what it sees by itself, chosen on 700 words of validation writers [nats].
DISSENT = 6.0


@dataclass(frozen=True)
class RescoringReader(Generic[Source]):
    """Reads ink by displacement, and then again by over-segmentation among what displacement leaves open."""

    displacement: LatticeReader[Source]
    segmentation: LatticeReader[Source]

    @property
    def threshold(self) -> float:
        """The confidence from which on a reading is accepted."""
        return self.segmentation.threshold

    def read(self, source: Source, on_stage: Callable[[str], None] = ignore) -> Reading:
        """Read ``source`` as `LatticeReader.read` does; the trace of displacement's own reading is the ``beside`` of this one's."""
        start = time.perf_counter()
        alone = self.displacement.read(source, on_stage)
        reader = replace(
            self.segmentation,
            grammar=project(prune(alone.trace.interpretation, margin=MARGIN), output=True),
            search=join,
            weigh=unchanged,  # what displacement has found is at its price already
        )
        try:
            reading = reader.read(source, on_stage)
        except NothingToRead:  # no way of cutting the ink agrees with displacement
            return replace(alone, accepted=False, agreed=False)
        if _dissents(reading.trace, alone.trace, words=len(reading.text.split())):
            return replace(alone, accepted=False, agreed=False)
        return replace(reading, seconds=time.perf_counter() - start, trace=replace(reading.trace, beside=alone.trace))


def _dissents(both: Trace, alone: Trace, words: int) -> bool:
    """Whether what is best for both costs more than displacement's best and the highest price of leaving over-segmentation out."""
    best, before = (viterbi(trace.interpretation)[0] for trace in (both, alone))
    return bool(best - viterbi(both.recognition)[0] > before + DISSENT * words)


def join(recognition: Graph, language: Graph) -> Graph:
    """The texts that ``recognition`` shares with a ``language`` of pruned interpretations, as far as a beam finds them. What a
    path has before it in the language counts when paths are compared: they have come equally far in the ink, not in the language.

    origins = (arc of ``recognition``, arc of the graph that was pruned).
    """
    rest = to_ends(language)
    before, after = rest[language.source], rest[language.target]
    leads_on = np.isfinite(after)
    ahead = np.where(leads_on, language.penalty + after - np.where(leads_on, before, 0), np.inf).astype(np.float32)
    found = narrowing_search(recognition, language.with_penalty(ahead), width=WIDTH, margin=BEAM, steps=STEPS)
    of_recognition, of_language = found.origins
    found = found.with_penalty(add(recognition.penalty, language.penalty, of_recognition, of_language))
    return found.with_origins((of_recognition, arcs_behind(language, arcs=of_language)))
