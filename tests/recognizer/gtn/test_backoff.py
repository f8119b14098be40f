"""Back-off n-grams over the symbols of a graph: each path costs what the definition says, beams leave parts out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.gtn import Graph, viterbi
from recognizer.gtn.backoff import NONE, UNLISTED, BackOff, with_histories
from recognizer.gtn.topology import Topology
from tests.recognizer.gtn.brute import graphs, paths

# States: 0 empty, 1 start, 2 and 3 after symbols 1 and 2, 4 after 1 2.
MODEL = BackOff(
    starts=np.array([0, 3, 4, 6, 7, 8], np.int32),
    symbol=np.array([0, 1, 2, 2, 1, 2, 1, 1], np.uint16),
    cost=np.array([9, 4, 5, 1, 3, 2, 6, 8], np.uint8),
    following=np.array([0, 2, 3, 3, 2, 4, 2, -1], np.int32),
    shorter=np.array([0, 0, 0, 0, 3], np.int32),
    back_off=np.array([0, 1, 2, 3, 4], np.uint8),
    kind=np.array([0, 1, 0, 1, 1], np.uint8),
    unit=0.5,
    start=1,
)
LISTED = {0: {1: 4, 2: 5}, 1: {2: 1}, 2: {1: 3, 2: 2}, 3: {1: 6}, 4: {1: 8}}
AFTER = {(0, 1): 2, (0, 2): 3, (1, 2): 3, (2, 1): 2, (2, 2): 4, (3, 1): 2}


def next_state(state: int, symbol: int) -> int:
    while (state, symbol) not in AFTER:
        if state == 0:
            return 0
        state = int(MODEL.shorter[state])
    return AFTER[state, symbol]


def charge(symbols: list[tuple[int, np.ndarray]]) -> float:
    """By the definition: each symbol from the longest history that lists it, and what backing off to it costs."""
    state, total = MODEL.start, 0.0
    for symbol, extra in symbols:
        total += float(extra[MODEL.kind[state]])
        at, steps = state, 0
        while symbol not in LISTED[at] and at != 0:
            steps += int(MODEL.back_off[at])
            at = int(MODEL.shorter[at])
        total += MODEL.unit * (steps + LISTED[at].get(symbol, 0))
        state = next_state(state, symbol)
    return total


def told(graph: Graph, seed: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    symbol = generator.choice([NONE, 1, 2, UNLISTED], len(graph.source)).astype(np.int32)
    return symbol, generator.normal(size=(len(graph.source), 2)).astype(np.float32)


def costs(graph: Graph, origins: np.ndarray) -> dict[tuple[int, ...], float]:
    """The penalty of each path, by the arcs that it was made from."""
    penalty = np.asarray(graph.penalty, np.float64)
    return {tuple(int(origins[arc]) for arc in path): float(penalty[path].sum()) for path in paths(graph)}


@given(graphs(most_arcs=7), st.integers(0, 50))
def test_every_path_costs_what_the_definition_says(graph: Graph, seed: int) -> None:
    symbol, extra = told(graph, seed)
    place = np.arange(graph.nodes[-1])
    found = with_histories(graph, place, symbol, extra, MODEL)
    found.check()
    before = costs(graph, np.arange(len(graph.source)))
    after = costs(found, found.origins[0])
    expected = {
        path: cost + charge([(int(symbol[arc]), extra[arc]) for arc in path if symbol[arc] != NONE])
        for path, cost in before.items()
        if np.isfinite(cost)
    }
    assert {path: cost for path, cost in after.items() if np.isfinite(cost)} == pytest.approx(expected, abs=1e-4)


@given(graphs(most_arcs=7), st.integers(0, 50), st.integers(1, 2), st.sampled_from([0.0, 1.0]))
def test_a_beam_is_a_part(graph: Graph, seed: int, width: int, margin: float) -> None:
    symbol, extra = told(graph, seed)
    place = np.arange(graph.nodes[-1])
    whole = with_histories(graph, place, symbol, extra, MODEL)
    part = with_histories(graph, place, symbol, extra, MODEL, width=width, margin=margin)
    assert set(costs(part, part.origins[0])) <= set(costs(whole, whole.origins[0]))


def test_a_beam_looks_ahead() -> None:
    """Of two nodes that have come equally far the one that was dearer goes on, because the rest is cheaper from there."""
    graph = Graph(Topology([0, 0, 1, 2], [1, 2, 3, 3], [1, 2, 1, 1], [0, 4]), [1.0, 2.0, 9.0, 0.0])
    none, nothing = np.zeros(4, np.int32), np.zeros((4, 2), np.float32)
    found = with_histories(graph, np.array([0, 1, 1, 2]), none, nothing, MODEL, width=1)
    assert viterbi(found)[0] == 2.0


def test_gradients_are_those_of_the_arcs_behind() -> None:
    torch = pytest.importorskip("torch")
    penalty = torch.tensor([1.0, 2.0, 0.5], requires_grad=True)
    graph = Graph(Topology([0, 0, 1], [1, 1, 2], [1, 2, 1], [0, 3]), penalty)
    symbol = np.array([1, 2, 1], np.int32)
    found = with_histories(graph, np.arange(3), symbol, np.zeros((3, 2), np.float32), MODEL)
    viterbi(found)[0].backward()
    assert penalty.grad.tolist() in ([1, 0, 1], [0, 1, 1])
