"""Why a reading is not another text: the best path for that text beside the winner, and what each part of the system says.

Penalties are sums over arcs, so the difference of two paths splits without remainder: by place, where the paths part and meet
again, and at each place by what the recogniser, the segmentation and the language charge.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

import numpy as np

from recognizer.gtn import best_path, forward
from recognizer.readers.alignment import paths_writing, reader_of
from recognizer.readers.reader import LatticeReader
from recognizer.readers.reading import Reading, Trace
from recognizer.readers.transparent import Transparent


class Charges(NamedTuple):
    """A penalty, or a difference of two, by who charges it [nats]."""

    recogniser: float = 0.0
    segmentation: float = 0.0
    language: float = 0.0

    @property
    def total(self) -> float:
        """The whole."""
        return self.recogniser + self.segmentation + self.language

    def plus(self, other: "Charges", sign: float = 1.0) -> "Charges":
        """The sum, or with ``sign`` -1 the difference, part by part."""
        return Charges(*(mine + sign * theirs for mine, theirs in zip(self, other, strict=True)))


class PathStep(NamedTuple):
    """An arc of a path."""

    segment: int  # -1: an arc of the language alone
    label: int  # what the segment was read as
    text: str  # what the arc writes
    parts: Charges


@dataclass(frozen=True)
class Place:
    """Where the two paths lead from one cut to another, each in its own way."""

    first: int
    last: int
    won: tuple[PathStep, ...]
    wanted: tuple[PathStep, ...]

    @property
    def difference(self) -> Charges:
        """What the wanted path pays more here."""
        return _sum(self.wanted).plus(_sum(self.won), -1.0)


@dataclass(frozen=True)
class Explanation:
    """The wanted text against the answer."""

    won: str
    wanted: str
    # Of the weight of all paths, that of those which write the wanted text: an estimate of P(text | input).
    share: float
    places: tuple[Place, ...]  # in the order of the ink
    arcs: np.ndarray  # arcs of the recognition graph that the wanted path leads over

    @property
    def difference(self) -> Charges:
        """By how much the wanted path is worse."""
        return reduce(Charges.plus, (place.difference for place in self.places), Charges())

    @property
    def lost(self) -> Place:
        """The place that costs the wanted text most."""
        return max(self.places, key=lambda place: place.difference.total)


def explain(reading: Reading, text: str) -> Explanation:
    """Compare the best path of a reading with the best that writes ``text``. Runs no network.

    Raises InputError or NothingToRead, in words for the user, where no path writes it.
    """
    paths = paths_writing(text, reading)
    trace = reading.trace.with_stage("interpretation", paths).with_stage("best path", best_path(paths))
    arcs = trace.follow("best path", "recognition")
    reader = reader_of(reading)
    won, wanted = _steps(reading.trace, reader), _steps(trace, reader)
    beyond = float(forward(paths)[0]) - float(forward(reading.trace.interpretation)[0])
    return Explanation(
        won=reading.text,
        wanted=text,
        share=float(np.exp(-max(beyond, 0.0))),
        places=tuple(_merged(_places(reading, won, wanted))),
        arcs=arcs[arcs >= 0],
    )


def _steps(trace: Trace, reader: LatticeReader[object]) -> list[PathStep]:
    """The arcs of the best path of a trace."""
    path, recognition, segmentation = trace.best_path, trace.recognition, trace.segmentation.penalty
    arcs, segments = (trace.follow("best path", stage).tolist() for stage in ("recognition", "segmentation"))
    recognise = reader.recognise
    of_cutting = (
        recognise.cutting(trace.segments) if isinstance(recognise, Transparent) else np.zeros(len(trace.segments))
    )
    junk = len(trace.classes)
    steps = []
    for arc, segment, penalty, output in zip(arcs, segments, path.penalty.tolist(), path.output.tolist(), strict=True):
        text = reader.symbols[output]
        if arc < 0:
            steps.append(PathStep(-1, 0, text, Charges(language=penalty)))
            continue
        label, paid = int(recognition.label[arc]), float(recognition.penalty[arc])
        cutting = float(segmentation[segment]) + (float(of_cutting[segment]) if label != junk else 0.0)
        steps.append(PathStep(segment, label, text, Charges(paid - cutting, cutting, penalty - paid)))
    return steps


def _places(reading: Reading, won: Sequence[PathStep], wanted: Sequence[PathStep]) -> list[Place]:
    """The paths between the cuts that both lead over."""
    ends = reading.trace.segments.last
    cuts = [_cuts(path, ends) for path in (won, wanted)]
    shared = sorted(set(cuts[0]) & set(cuts[1]))
    places, before = [], 0
    for cut in shared:
        parts = [
            tuple(step for step, at in zip(path, where, strict=True) if before < at <= cut or at == before == cut)
            for path, where in zip((won, wanted), cuts, strict=True)
        ]
        places.append(Place(before, cut, *parts))
        before = cut
    return places


def _cuts(path: Sequence[PathStep], ends: np.ndarray) -> list[int]:
    """The cut that each step arrives at; arcs of the language stay where they are."""
    at, found = 0, []
    for step in path:
        at = int(ends[step.segment]) if step.segment >= 0 else at
        found.append(at)
    return found


def _merged(places: Sequence[Place]) -> list[Place]:
    """Neighbouring places as one, until each begins with writing and both sides have written equally much, or the same."""
    found: list[Place] = []
    for place in places:
        writes = any(step.text for step in (*place.won, *place.wanted))
        same = [step[:3] for step in place.won] == [step[:3] for step in place.wanted]
        if not found or (writes and (same or _even(found[-1]))):
            found.append(place)
        else:
            last = found[-1]
            found[-1] = Place(last.first, place.last, last.won + place.won, last.wanted + place.wanted)
    return found


def _even(place: Place) -> bool:
    return len(written(place.won)) == len(written(place.wanted))


def written(steps: Sequence[PathStep]) -> str:
    """What steps write."""
    return "".join(step.text for step in steps)


def _sum(steps: Sequence[PathStep]) -> Charges:
    return reduce(Charges.plus, (step.parts for step in steps), Charges())
