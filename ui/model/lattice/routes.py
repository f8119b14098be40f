"""Paths that are lit in the lattice: the best ones for a list, and any that somebody asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from recognizer.readers.reading import Reading
    from ui.model.lattice.stage import StageGraph

ROUTES = 12
MARGIN = 20.0  # nats: paths that are worse are not looked for


@dataclass(frozen=True, eq=False)
class Route:
    """One path."""

    text: str
    penalty: float  # [nats]
    arcs: dict[int, np.ndarray]  # for stages, by their numbers, the arcs that it leads over
    segments: frozenset[int]


def routes_of(reading: "Reading", stages: "Sequence[StageGraph]") -> tuple[Route, ...]:
    """The best paths through the graph before the last, best first."""
    from recognizer.gtn.paths import shortest_paths
    from recognizer.gtn.prune import prune

    number = len(stages) - 2
    graph = reading.trace.stages[number].graph
    near = prune(graph, margin=MARGIN)
    found = []
    for path in shortest_paths(near, ROUTES)[0]:
        arcs = near.origins[0][path.arcs]
        text = "".join(reading.trace.symbols[label] for label in graph.output[arcs].tolist())
        found.append(_route(stages, text, float(path.penalty), number, arcs))
    return tuple(found)


def route_over(stages: "Sequence[StageGraph]", text: str, arcs: np.ndarray) -> Route:
    """The path over arcs of the recognition graph, whether or not it is in later graphs."""
    number = next(n for n, stage in enumerate(stages) if stage.name == "recognition")
    return _route(stages, text, float(stages[number].penalty[arcs].sum()), number, arcs)


def _route(stages: "Sequence[StageGraph]", text: str, penalty: float, number: int, arcs: np.ndarray) -> Route:
    """With the arcs of earlier stages that those of stage ``number`` were made from."""
    segments = stages[number].segment[arcs]
    found = {number: arcs}
    for stage in range(number, 0, -1):
        arcs = stages[stage].origin[arcs]
        arcs = arcs[arcs >= 0]
        found[stage - 1] = arcs
    return Route(text, penalty, found, frozenset(segments[segments >= 0].tolist()))
