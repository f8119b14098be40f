"""The definitions, by enumeration of all paths: what the engine is compared with. Also random graphs for
hypothesis."""

from collections.abc import Iterator

import numpy as np
from hypothesis import strategies as st

from recognizer.gtn import EPSILON, Graph, graph_of


def paths(graph: Graph, b: int = 0) -> Iterator[list[int]]:
    """The arcs of each path of graph b."""

    def extend(node: int, so_far: list[int]) -> Iterator[list[int]]:
        if node == graph.nodes[b + 1] - 1:
            yield so_far
        for i in np.flatnonzero(graph.source == node):
            yield from extend(int(graph.target[i]), [*so_far, int(i)])

    return extend(int(graph.nodes[b]), [])


def words(graph: Graph, b: int = 0) -> list[tuple[tuple[int, ...], tuple[int, ...], float]]:
    """(input labels, output labels, penalty) of each path, epsilons left out, sorted."""

    def strip(labels: np.ndarray) -> tuple[int, ...]:
        return tuple(int(x) for x in labels if x != EPSILON)

    found = [
        (strip(graph.label[p]), strip(graph.output[p]), float(np.sum(np.asarray(graph.penalty)[p], dtype=np.float64)))
        for p in paths(graph, b)
    ]
    return sorted(found)


def log_sum(penalties: list[float]) -> float:
    """-log sum exp(-x)."""
    if not penalties or min(penalties) == np.inf:
        return np.inf
    x = np.array(penalties, np.float64)
    return float(x.min() - np.log(np.exp(x.min() - x).sum()))


@st.composite
def graphs(
    draw: st.DrawFn, *, transducer: bool = True, epsilon: bool = True, most_arcs: int = 8, labels: int = 2
) -> Graph:
    """Small acyclic graphs with epsilons, ties, parallel arcs, unreachable parts, infinite penalties, several final
    nodes."""
    nodes = draw(st.integers(1, 5))
    pairs = [(i, j) for i in range(nodes) for j in range(i + 1, nodes)]
    ends = draw(st.lists(st.sampled_from(pairs), max_size=most_arcs)) if pairs else []
    symbol = st.integers(0 if epsilon else 1, labels)
    size = len(ends)
    label = draw(st.lists(symbol, min_size=size, max_size=size))
    output = draw(st.lists(symbol, min_size=size, max_size=size)) if transducer and draw(st.booleans()) else None
    values = st.sampled_from([0.0, 0.5, 1.0, 2.0, -1.0, 30.0, np.inf]) | st.floats(-3, 3, width=32)
    penalty = draw(st.lists(values, min_size=size, max_size=size))
    final = draw(st.sets(st.integers(0, nodes - 1), min_size=1, max_size=3))
    return graph_of([a for a, _ in ends], [b for _, b in ends], label, penalty, output, final=list(final), nodes=nodes)
