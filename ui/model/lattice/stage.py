"""The graphs of a reading as the views need them: where their nodes stand, what their arcs are called and how likely they are."""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from recognizer.readers.reading import Reading, Trace

EPSILON = "\u03b5"
SEEN = {" ": "\u2423", "\n": "\u21b5"}  # how white space is shown on an arc


@dataclass(frozen=True)
class StageGraph:
    """One stage: A arcs between N nodes."""

    name: str
    first: np.ndarray  # (A,) node that the arc leaves
    last: np.ndarray  # (A,) node that it enters
    x: np.ndarray  # (N,) where each node stands: that of its cut [px of the source]
    read: np.ndarray  # (A,) index into ``names``
    written: np.ndarray  # (A,) index into ``texts``
    names: tuple[str, ...]  # what arcs read, 0 = epsilon
    texts: tuple[str, ...]  # what arcs write, as text
    penalty: np.ndarray  # (A,) [nats]
    shares: np.ndarray  # (A,) 0..1: posterior of the arc in its own graph
    detour: np.ndarray  # (A,) by how much the best path through the arc is worse than the best path [nats]
    segment: np.ndarray  # (A,) segment that it was made from, -1 = none
    best: frozenset[int]  # arcs that the best path of the reading was made from

    def __len__(self) -> int:
        return len(self.first)

    @property
    def end(self) -> int:
        """The node where every path ends."""
        return len(self.x) - 1

    @property
    def is_path(self) -> bool:
        """Is there only one way from start to end?"""
        return len(self) == self.end and bool(np.all(np.diff(self.first) == 1))

    @property
    def pictured(self) -> bool:
        """Are the arcs segments of ink that nothing has been said of yet?"""
        return len(self.names) == 1

    def label(self, arc: int) -> str:
        """What the arc is called: the text that it writes, else what it reads."""
        text = self.texts[self.written[arc]] or self.names[self.read[arc]]
        return SEEN.get(text, text) or EPSILON

    def labels(self, arcs: np.ndarray) -> np.ndarray:
        """(n,) str: what many arcs are called."""
        pairs = self.written[arcs].astype(np.int64) * len(self.names) + self.read[arcs]
        _, first, which = np.unique(pairs, return_index=True, return_inverse=True)
        names: np.ndarray = np.array([self.label(int(arcs[i])) for i in first] or [""])[which]
        return names

    def within(self, margin: float) -> np.ndarray:
        """(n,) the arcs on paths that are worse than the best by at most ``margin`` [nats], best first.

        Those of the best path of the reading are among them, also where this graph alone would have chosen another.
        """
        arcs = np.flatnonzero((self.detour <= margin) | np.isin(np.arange(len(self)), list(self.best)))
        return arcs[np.lexsort((-self.shares[arcs], self.detour[arcs]))]


def stages_of(reading: "Reading") -> tuple[StageGraph, ...]:
    """The stages of a reading, from the segments on. Sums over all paths: call it off the GUI thread."""
    from recognizer.gtn.forward import posteriors
    from recognizer.gtn.prune import detours

    trace = reading.trace
    x = np.asarray(trace.segments.cuts, np.float64)
    cuts, best = _cuts_of_nodes(trace), trace.thread("best path")
    made = []
    for number, stage in enumerate(trace.stages):
        graph = stage.graph
        silent = not np.any(graph.label)
        made.append(
            StageGraph(
                name=stage.name,
                first=graph.source,
                last=graph.target,
                x=x[cuts[number]],
                read=np.where(graph.label <= len(trace.classes), graph.label, 0),
                written=np.zeros_like(graph.output) if silent else graph.output,
                names=("",) if silent else ("", *trace.classes),
                texts=("",) if silent else trace.symbols,
                penalty=np.asarray(graph.penalty, np.float64),
                shares=np.clip(np.nan_to_num(np.asarray(posteriors(graph), np.float64)), 0, 1),
                detour=detours(graph),
                segment=trace.follow(stage.name, "segmentation"),
                best=frozenset(best[number].tolist()),
            )
        )
    return tuple(made)


def _cuts_of_nodes(trace: "Trace") -> list[np.ndarray]:
    """For every stage the cut at which each node stands, found along origins; arcs without one stay at their cut."""
    nodes = np.arange(int(trace.segmentation.nodes[-1]))
    found = [np.minimum(nodes, len(trace.segments.cuts) - 1)]
    for before, stage in pairwise(trace.stages):
        graph, origin = stage.graph, trace.follow(stage.name, before.name)
        at = np.full(int(graph.nodes[-1]), -1)
        made = origin >= 0
        at[graph.source[made]] = found[-1][before.graph.source[origin[made]]]
        at[graph.target[made]] = found[-1][before.graph.target[origin[made]]]
        _stay(at, graph.source[~made], graph.target[~made])
        found.append(np.maximum(at, 0))
    return found


def _stay(at: np.ndarray, source: np.ndarray, target: np.ndarray) -> None:
    """Hand the places of nodes on along arcs that move nowhere, until nothing changes."""
    for one, other in ((source, target), (target, source)):
        while True:
            new = (at[one] >= 0) & (at[other] < 0)
            if not new.any():
                break
            at[other[new]] = at[one[new]]
