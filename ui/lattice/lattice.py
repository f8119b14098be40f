"""What the lattice view draws, taken from a reading: one arc for every segment, with what became of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from recognizer.readers.reading import Reading, Stage


@dataclass(frozen=True)
class Lattice:
    """C cuts, S arcs (one per segment), K classes. Arc s goes from cut first[s] to cut last[s]."""

    cuts: np.ndarray  # (C,) x [px of the source]
    first: np.ndarray  # (S,) int
    last: np.ndarray  # (S,) int
    boxes: np.ndarray  # (S, 4) left, top, right, bottom [px of the source]
    images: np.ndarray  # (S, channels, rows, columns): what the network read
    segmentation: np.ndarray  # (S,) penalty of taking this ink as one character [nats]
    penalties: np.ndarray  # (S, K) penalty of every class [nats]
    classes: tuple[str, ...]  # K names, the last one is junk
    best: tuple[int, ...]  # arcs of the best path, left to right
    labels: dict[int, str]  # what the arcs of the best path were read as
    shares: np.ndarray  # (S,) 0..1: share of the probability of all readings that passes through the arc

    def __len__(self) -> int:
        return len(self.first)

    @property
    def prominence(self) -> np.ndarray:
        """(S,) larger is shown first: the share, and among arcs of hardly any the one that looks most like a character."""
        return self.shares + 1e-3 / (1 + np.exp(np.clip(self.penalties[:, :-1].min(axis=1), -50, 50)))

    def ranked_classes(self, arc: int) -> list[tuple[str, float]]:
        """Classes of an arc with their penalties, best first."""
        order = np.argsort(self.penalties[arc], kind="stable")
        return [(self.classes[k], float(self.penalties[arc, k])) for k in order]

    def name(self, arc: int) -> str:
        """What the arc is taken for: its label in the best path, else its best class."""
        return self.labels.get(arc) or self.ranked_classes(arc)[0][0]

    def arcs_over(self, pieces: frozenset[int]) -> frozenset[int]:
        """The arcs whose ink holds one of the pieces (piece i lies between cuts i and i + 1)."""
        if not pieces:
            return frozenset()
        wanted = np.array(sorted(pieces))
        holds = (self.first[:, None] <= wanted) & (wanted < self.last[:, None])
        return frozenset(np.flatnonzero(holds.any(axis=1)).tolist())


def segments_of_arcs(stages: "tuple[Stage, ...]") -> list[np.ndarray]:
    """For every stage the segment (A,) that each arc came from, -1 where none: origins followed down to stage 0."""
    found = [np.arange(len(stages[0].graph.label))]
    for stage in stages[1:]:
        origin = np.asarray(stage.graph.origins[0])
        below = found[-1]
        found.append(
            np.where(origin >= 0, below[np.maximum(origin, 0)], -1) if len(below) else np.full(len(origin), -1)
        )
    return found


def lattice_of(reading: "Reading") -> Lattice:
    """The drawing's view of a reading. Costs one forward-backward pass; call it off the GUI thread."""
    trace = reading.trace
    segments, stages = trace.segments, trace.stages
    origins = segments_of_arcs(stages)
    path, path_segments = stages[-1].graph, origins[-1]
    labels: dict[int, str] = {}
    for arc in np.flatnonzero(path_segments >= 0).tolist():
        segment = int(path_segments[arc])
        labels[segment] = labels.get(segment, "") + trace.symbols[int(path.output[arc])]
    return Lattice(
        cuts=np.asarray(segments.cuts, dtype=np.float64),
        first=np.asarray(segments.first),
        last=np.asarray(segments.last),
        boxes=np.asarray(segments.boxes, dtype=np.float64),
        images=segments.images,
        segmentation=np.asarray(stages[0].graph.penalty, dtype=np.float64),
        penalties=np.asarray(trace.penalties, dtype=np.float64),
        classes=trace.classes,
        best=tuple(sorted(labels, key=lambda segment: int(segments.first[segment]))),
        labels=labels,
        shares=_shares(stages[-2], origins[-2], len(segments)),
    )


def _shares(stage: "Stage", segment_of_arc: np.ndarray, segments: int) -> np.ndarray:
    from recognizer.gtn import posteriors

    known = segment_of_arc >= 0
    through = np.bincount(segment_of_arc[known], weights=np.asarray(posteriors(stage.graph))[known], minlength=segments)
    return np.clip(np.nan_to_num(through), 0.0, 1.0)
