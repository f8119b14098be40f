"""Graph transformers as objects, to be chained: each takes a graph and returns a graph (1998 paper, section IV-C).

read = Cascade([Recognise(penalties_of, labels), Compose(grammar), BestPath()])
answer = read(segmentation)            # read.trace(segmentation) for all the graphs on the way
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from recognizer.gtn.arrays import Array, Penalties
from recognizer.gtn.beam import beam_search
from recognizer.gtn.build import recognition_graph
from recognizer.gtn.compose import compose
from recognizer.gtn.graph import Graph
from recognizer.gtn.prune import prune
from recognizer.gtn.viterbi import best_path


class GraphTransformer(Protocol):
    """From a graph to a graph whose penalties are differentiable functions of the first one's and of own parameters.

    The first of the answer's origins are arcs of the graph given.
    """

    def __call__(self, graph: Graph) -> Graph: ...


@dataclass(frozen=True)
class Recognise:
    """The recognition transformer: one arc per class for each segment (section V-B)."""

    penalties: Callable[[], Penalties]  # the recogniser's answer (S, K) for the segments of the graph
    labels: Array  # (K,) the classes' labels

    def __call__(self, graph: Graph) -> Graph:
        return recognition_graph(graph, self.penalties(), self.labels)


@dataclass(frozen=True)
class Compose:
    """Keeps what makes sense: composition with a grammar or lexicon; with the `chain` of a text, the path selector."""

    right: Graph

    def __call__(self, graph: Graph) -> Graph:
        return compose(graph, self.right)


@dataclass(frozen=True)
class Search:
    """The same, by beam search."""

    right: Graph
    width: int = 0
    margin: float = float("inf")

    def __call__(self, graph: Graph) -> Graph:
        return beam_search(graph, self.right, width=self.width, margin=self.margin)


@dataclass(frozen=True)
class Prune:
    """Leaves out what is worse than the best path by more than a margin [nats]."""

    margin: float

    def __call__(self, graph: Graph) -> Graph:
        return prune(graph, margin=self.margin)


@dataclass(frozen=True)
class BestPath:
    """The Viterbi transformer."""

    def __call__(self, graph: Graph) -> Graph:
        return best_path(graph)


@dataclass(frozen=True)
class Cascade:
    """Transformers one after the other, which is a transformer."""

    steps: Sequence[GraphTransformer]

    def __call__(self, graph: Graph) -> Graph:
        return self.trace(graph)[-1]

    def trace(self, graph: Graph) -> list[Graph]:
        """The graph given and what each step makes of it."""
        graphs = [graph]
        for step in self.steps:
            graphs.append(step(graphs[-1]))
        return graphs

    def arcs_behind(self, graphs: Sequence[Graph], arc: int) -> list[int]:
        """For each graph of a trace the arc that an arc of the last one was made from, -1 from where there is none."""
        found = [arc]
        for graph in reversed(graphs[1:]):
            found.append(int(graph.origins[0][found[-1]]) if found[-1] >= 0 else -1)
        return found[::-1]
