"""Two readings of the same ink as one: over-segmentation reads with the interpretations of the sweep as its language.

The penalties of both, and of the language once, add up along every path. Over-segmentation may be wrong altogether, where no
cuts part the letters: it is heard up to a price, and beyond it the sweep alone is believed.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic

from recognizer.errors import NothingToRead
from recognizer.gtn import Graph, compose, project, prune, viterbi
from recognizer.readers.origins import arcs_behind
from recognizer.readers.reader import LatticeReader, Source, ignore
from recognizer.readers.reading import Reading, Trace

MARGIN = 12.0  # interpretations of the sweep that are worse than its best by more are left out [nats]
# How much more a word may cost over-segmentation than what it sees by itself, chosen on 700 words of validation writers [nats].
DISSENT = 6.0


@dataclass(frozen=True)
class RescoringReader(Generic[Source]):
    """Reads ink by the sweep, and then again by over-segmentation among what the sweep leaves open."""

    sweep: LatticeReader[Source]
    segmentation: LatticeReader[Source]

    @property
    def threshold(self) -> float:
        """The confidence from which on a reading is accepted."""
        return self.segmentation.threshold

    def read(self, source: Source, on_stage: Callable[[str], None] = ignore) -> Reading:
        """Read ``source`` as `LatticeReader.read` does; the trace of the sweep's own reading is the ``beside`` of this one's."""
        start = time.perf_counter()
        swept = self.sweep.read(source, on_stage)
        reader = replace(
            self.segmentation,
            grammar=project(prune(swept.trace.interpretation, margin=MARGIN), output=True),
            search=join,
        )
        try:
            reading = reader.read(source, on_stage)
        except NothingToRead:  # no way of cutting the ink agrees with the sweep
            return replace(swept, accepted=False)
        if _dissents(reading.trace, swept.trace, words=len(reading.text.split())):
            return replace(swept, accepted=False)
        return replace(reading, seconds=time.perf_counter() - start, trace=replace(reading.trace, beside=swept.trace))


def _dissents(both: Trace, swept: Trace, words: int) -> bool:
    """Whether what is best for both costs more than the sweep's best and the highest price of leaving over-segmentation out."""
    best, alone = (viterbi(trace.interpretation)[0] for trace in (both, swept))
    return bool(best - viterbi(both.recognition)[0] > alone + DISSENT * words)


def join(recognition: Graph, language: Graph) -> Graph:
    """The texts that ``recognition`` shares with a ``language`` of pruned interpretations.

    origins = (arc of ``recognition``, arc of the graph that was pruned).
    """
    found = compose(recognition, language)
    of_recognition, of_language = found.origins
    return found.with_origins((of_recognition, arcs_behind(language, arcs=of_language)))
