"""What the lattice view draws, taken from a reading: one arc for every segment, with what became of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ui.model.lattice.paths import LatticePath, best_paths
from ui.model.lattice.stage import StageGraph, stages_of

if TYPE_CHECKING:
    from recognizer.readers.reading import Reading

FRAMES = 40  # arcs from which on a line of them is taken for frames


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
    stages: tuple[StageGraph, ...] = ()  # every graph on the way to the answer
    paths: tuple[LatticePath, ...] = ()  # the best paths, best first

    def __len__(self) -> int:
        return len(self.first)

    @property
    def end(self) -> int:
        """The cut where every path ends."""
        return len(self.cuts) - 1

    @property
    def is_of_frames(self) -> bool:
        """Is every segment one piece, as the frames of a line are? There is only one way to cut the ink then."""
        return len(self) > FRAMES and bool(np.all(self.last - self.first == 1))

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


def lattice_of(reading: "Reading") -> Lattice:
    """The drawing's view of a reading. Costs one forward-backward pass; call it off the GUI thread."""
    trace, segments = reading.trace, reading.trace.segments
    stages = stages_of(reading)
    named = {stage.name: stage for stage in stages}
    path = named["best path"]
    labels: dict[int, str] = {}
    for arc in np.flatnonzero(path.segment >= 0).tolist():
        segment = int(path.segment[arc])
        labels[segment] = labels.get(segment, "") + path.texts[path.written[arc]]
    return Lattice(
        cuts=np.asarray(segments.cuts, dtype=np.float64),
        first=np.asarray(segments.first),
        last=np.asarray(segments.last),
        boxes=np.asarray(segments.boxes, dtype=np.float64),
        images=segments.images,
        segmentation=named["segmentation"].penalty,
        penalties=np.asarray(trace.penalties, dtype=np.float64),
        classes=trace.classes,
        best=tuple(sorted(labels, key=lambda segment: int(segments.first[segment]))),
        labels=labels,
        shares=_shares(named["interpretation"], len(segments)),
        stages=stages,
        paths=best_paths(reading),
    )


def _shares(stage: StageGraph, segments: int) -> np.ndarray:
    """(S,) the share of all readings that passes through each segment."""
    known = stage.segment >= 0
    through = np.bincount(stage.segment[known], weights=stage.shares[known], minlength=segments)
    return np.clip(through, 0.0, 1.0)
