"""Paths that are lit in the lattice: the best ones for a list, and any that somebody asks for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from recognizer.readers.reading import Reading, StageName, Trace

PATHS = 12
MARGIN = 20.0  # nats: paths that are worse are not looked for


@dataclass(frozen=True, eq=False)
class LatticePath:
    """One path."""

    text: str
    penalty: float  # [nats]
    arcs: dict[int, np.ndarray]  # for stages, by their numbers, the arcs that it leads over
    segments: frozenset[int]


def best_paths(reading: "Reading") -> tuple[LatticePath, ...]:
    """The best paths through the interpretation graph, best first."""
    from recognizer.gtn.origins import arcs_behind
    from recognizer.gtn.paths import shortest_paths
    from recognizer.gtn.prune import prune

    trace, graph = reading.trace, reading.trace.interpretation
    near = prune(graph, margin=MARGIN)
    found = []
    for path in shortest_paths(near, PATHS)[0]:
        arcs = arcs_behind(near, arcs=path.arcs)
        text = "".join(trace.symbols[label] for label in graph.output[arcs].tolist())
        found.append(_path(trace, text, float(path.penalty), "interpretation", arcs))
    return tuple(found)


def path_over(trace: "Trace", text: str, arcs: np.ndarray) -> LatticePath:
    """The path over arcs of the recognition graph, whether or not it is in later graphs."""
    penalties = np.asarray(trace.recognition.penalty, np.float64)[arcs]
    return _path(trace, text, float(penalties.sum()), "recognition", arcs)


def _path(trace: "Trace", text: str, penalty: float, stage: "StageName", arcs: np.ndarray) -> LatticePath:
    """With the arcs of earlier stages that those of a ``stage`` were made from."""
    behind = trace.thread(stage, arcs)[: trace.names.index(stage) + 1]
    segments = behind[trace.names.index("segmentation")]
    return LatticePath(text, penalty, dict(enumerate(behind)), frozenset(segments.tolist()))
