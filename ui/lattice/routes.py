"""The best paths of a reading, for the list beside the lattice."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from recognizer.readers.reading import Reading
    from ui.lattice.stage import StageGraph

ROUTES = 12
MARGIN = 20.0  # nats: paths that are worse are not looked for


@dataclass(frozen=True)
class Route:
    """One path through the interpretation graph."""

    text: str
    penalty: float  # [nats]
    arcs: tuple[np.ndarray, ...]  # for every stage but the last the arcs that it leads over


def routes_of(reading: "Reading", stages: "tuple[StageGraph, ...]") -> tuple[Route, ...]:
    """The best paths, best first."""
    from recognizer.gtn.paths import shortest_paths
    from recognizer.gtn.prune import prune

    graph = reading.trace.stages[-2].graph
    near = prune(graph, margin=MARGIN)
    found = []
    for path in shortest_paths(near, ROUTES)[0]:
        arcs = near.origins[0][path.arcs]
        text = "".join(reading.trace.symbols[label] for label in graph.output[arcs].tolist())
        found.append(Route(text, float(path.penalty), _down(stages[:-1], arcs)))
    return tuple(found)


def _down(stages: "tuple[StageGraph, ...]", arcs: np.ndarray) -> tuple[np.ndarray, ...]:
    """The arcs of the last stage and those of every stage before it that they were made from."""
    found = [arcs]
    for stage in reversed(stages[1:]):
        arcs = stage.origin[arcs]
        arcs = arcs[arcs >= 0]
        found.append(arcs)
    return tuple(reversed(found))
