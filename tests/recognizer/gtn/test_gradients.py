"""Gradients by torch against finite differences."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from recognizer.gtn import (
    Graph,
    Topology,
    batch,
    beam_search,
    best_path,
    compose,
    concatenate,
    forward,
    graph_of,
    invert,
    posteriors,
    project,
    prune,
    recognition_graph,
    repeat,
    segmentation_graph,
    shortest_paths,
    union,
    viterbi,
)
from tests.recognizer.gtn.brute import graphs, paths

torch = pytest.importorskip("torch")


def differences(function, values: np.ndarray, step: float = 1e-2) -> np.ndarray:
    """The derivative of a function of float32 values by central differences."""
    result = np.zeros(len(values))
    for i in np.flatnonzero(np.isfinite(values)):
        for sign in (1, -1):
            moved = values.copy()
            moved[i] += sign * step
            result[i] += sign * float(function(moved)) / (2 * step)
    return result


@given(graphs(most_arcs=6))
def test_forward(graph: Graph) -> None:
    penalty = torch.tensor(graph.penalty, requires_grad=True)
    total = forward(graph.with_penalty(penalty))
    assume(torch.isfinite(total).all())
    total.sum().backward()
    expected = differences(lambda p: forward(graph.with_penalty(p))[0], graph.penalty)
    np.testing.assert_allclose(penalty.grad, expected, atol=2e-3)


@given(graphs())
def test_viterbi_is_one_on_the_arcs_of_a_best_path(graph: Graph) -> None:
    penalty = torch.tensor(graph.penalty, requires_grad=True)
    total = viterbi(graph.with_penalty(penalty))
    total.sum().backward()
    used = np.flatnonzero(penalty.grad)
    assert set(penalty.grad[used].tolist()) <= {1.0}
    if torch.isfinite(total).all():
        assert sorted(used.tolist()) in [sorted(path) for path in paths(graph)]
        assert np.sum(graph.penalty[used], dtype=np.float64) == pytest.approx(total.item(), abs=1e-5)
    else:
        assert len(used) == 0


ANYTHING = graph_of([0] * 2, [0] * 2, [1, 2], [0.5, 0.25], final=[0])


@pytest.mark.parametrize(
    "function",
    [
        lambda g: batch([g, ANYTHING])[0],
        lambda g: beam_search(g, ANYTHING, margin=1e6),
        lambda g: compose(g, ANYTHING),
        lambda g: concatenate(g, g),
        lambda g: invert(project(g)),
        lambda g: prune(g, margin=1e6),
        lambda g: repeat(g, 0, 2),
        lambda g: union(g, concatenate(g, g)),
    ],
    ids=["batch", "beam", "compose", "concatenate", "project", "prune", "repeat", "union"],
)
@given(graph=graphs(most_arcs=5))
@settings(max_examples=20)
def test_through_what_makes_graphs_of_graphs(function: Callable[[Graph], Graph], graph: Graph) -> None:
    penalty = torch.tensor(graph.penalty, requires_grad=True)
    total = forward(function(graph.with_penalty(penalty)))
    assume(torch.isfinite(total).all() and total.requires_grad)
    total.sum().backward()
    expected = differences(lambda p: forward(function(graph.with_penalty(p)))[0], graph.penalty)
    np.testing.assert_allclose(penalty.grad, expected, atol=5e-3)


@given(graphs(most_arcs=5), graphs(most_arcs=5), st.booleans())
def test_composition_on_both_sides(left: Graph, right: Graph, soft: bool) -> None:
    function = forward if soft else viterbi
    a, b = (torch.tensor(g.penalty, requires_grad=True) for g in (left, right))
    total = function(compose(left.with_penalty(a), right.with_penalty(b)))
    assume(torch.isfinite(total).all())
    total.sum().backward()
    if soft:
        by_left = differences(lambda p: forward(compose(left.with_penalty(p), right))[0], left.penalty)
        by_right = differences(lambda p: forward(compose(left, right.with_penalty(p)))[0], right.penalty)
        np.testing.assert_allclose(a.grad, by_left, atol=2e-3)
        np.testing.assert_allclose(b.grad, by_right, atol=2e-3)
    else:  # linear along the best path, also where paths tie
        at_zero = sum(
            np.dot(x.grad.numpy()[i], p[i])
            for x, p in ((a, left.penalty), (b, right.penalty))
            for i in [np.isfinite(p)]
        )
        assert at_zero == pytest.approx(total.item(), abs=1e-4)


@given(graphs(most_arcs=6), st.integers(0, 99))
def test_posteriors(graph: Graph, seed: int) -> None:
    assume(np.isfinite(forward(graph)[0]))
    direction = np.random.default_rng(seed).normal(size=len(graph.source)).astype(np.float32)
    penalty = torch.tensor(graph.penalty, requires_grad=True)
    (posteriors(graph.with_penalty(penalty)) * torch.tensor(direction)).sum().backward()
    expected = differences(lambda p: (posteriors(graph.with_penalty(p)) * direction).sum(), graph.penalty)
    np.testing.assert_allclose(penalty.grad, expected, atol=5e-3)


def test_gradients_are_weighted_graph_by_graph() -> None:
    topology = Topology(source=[0, 0, 2, 2], target=[1, 1, 3, 3], label=[1, 2, 1, 2], nodes=[0, 2, 4])
    graph = Graph(topology, torch.tensor([0.0, 1.0, 0.0, 1.0]))
    graph.penalty.requires_grad_(True)
    (forward(graph) * torch.tensor([1.0, -3.0])).sum().backward()
    share = 1 / (1 + np.exp(-1))
    np.testing.assert_allclose(graph.penalty.grad, [share, 1 - share, -3 * share, -3 * (1 - share)], rtol=1e-5)


def test_from_the_recogniser_to_the_best_path() -> None:
    lattice = segmentation_graph([0, 1, 0], [1, 2, 2], torch.tensor([0.5, 0.25, 2.0], requires_grad=True), cuts=3)
    penalties = torch.tensor([[1.0, 0.1], [0.2, 3.0], [5.0, 5.0]], requires_grad=True)
    graph = recognition_graph(lattice, penalties, np.array([1, 2]))
    path = best_path(graph)
    assert path.label.tolist() == [2, 1]
    path.penalty.sum().backward()
    assert penalties.grad.tolist() == [[0, 1], [1, 0], [0, 0]]
    assert lattice.penalty.grad.tolist() == [1, 1, 0]


def test_of_the_second_best_path() -> None:
    penalty = torch.tensor([0.0, 1.0], requires_grad=True)
    graph = Graph(Topology(source=[0, 0], target=[1, 1], label=[1, 2], nodes=[0, 2]), penalty)
    shortest_paths(graph, 2)[0][1].penalty.backward()
    assert penalty.grad.tolist() == [0, 1]


def test_double_precision_in_gives_double_precision_gradients() -> None:
    penalty = torch.tensor([0.0, 1.0], dtype=torch.float64, requires_grad=True)
    forward(Graph(Topology(source=[0, 0], target=[1, 1], label=[1, 2], nodes=[0, 2]), penalty)).sum().backward()
    assert penalty.grad.dtype == torch.float64
