"""Generalised composition: the ordinary one, the recogniser and the path selector are cases of it."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from hypothesis import given

from recognizer.gtn import (
    EPSILON,
    Graph,
    Topology,
    beam_search,
    best_path,
    chain,
    compose,
    prune,
    recognition_graph,
    segmentation_graph,
)
from recognizer.gtn.transduction import Arc, DataGraph, transduce
from tests.recognizer.gtn.brute import graphs, words


def network(graph: Graph) -> DataGraph:
    rows = zip(graph.source, graph.target, graph.label, graph.output, graph.penalty, strict=True)
    return DataGraph(int(graph.nodes[1]), [Arc(int(s), int(t), (int(i), int(o), float(p))) for s, t, i, o, p in rows])


class Ordinary:
    """Data are (label, output, penalty); gradients are those of the penalty."""

    def __init__(self, first: DataGraph) -> None:
        self.of_first = {id(arc) for arc in first.arcs}

    def null(self, arc: Arc) -> bool:
        return arc.data[1 if id(arc) in self.of_first else 0] == EPSILON

    def check(self, first: Arc, second: Arc) -> bool:
        return first.data[1] == second.data[0]

    def fprop(self, first: Arc | None, second: Arc | None) -> list[tuple[int, int, float]]:
        read = first.data[0] if first else EPSILON
        written = second.data[1] if second else EPSILON
        return [(read, written, sum(arc.data[2] for arc in (first, second) if arc))]

    def bprop(self, first: Arc | None, second: Arc | None, made: list[Arc]) -> None:
        for arc in (first, second):
            if arc:
                arc.gradient += sum(m.gradient for m in made)


def texts(found: DataGraph) -> list[tuple[tuple[int, ...], tuple[int, ...], float]]:
    leaving = found.leaving()

    def extend(node: int, read: tuple, written: tuple, penalty: float) -> list:
        result = [(read, written, penalty)] if node == found.nodes - 1 else []
        for arc in leaving[node]:
            i, o, p = arc.data
            result += extend(arc.target, read + (i,) * (i > 0), written + (o,) * (o > 0), penalty + p)
        return result

    return sorted(extend(0, (), (), 0.0))


@given(graphs(most_arcs=5), graphs(most_arcs=5))
def test_ordinary_composition_is_a_case(left: Graph, right: Graph) -> None:
    first, second = network(left), network(right)
    found, expected = texts(transduce(first, second, Ordinary(first))[0]), words(compose(left, right))
    assert [f[:2] for f in found] == [e[:2] for e in expected]
    np.testing.assert_allclose([f[2] for f in found], [e[2] for e in expected], atol=1e-5)


def test_gradients_go_back_to_both_sides() -> None:
    left = network(Graph(Topology([0, 0, 1], [1, 1, 2], [1, 2, 3], [0, 3]), [0.0, 0.0, 0.0]))
    right = network(chain([2, 3]))
    made, backward = transduce(left, right, Ordinary(left))
    for arc in made.arcs:
        arc.gradient = 2.0
    backward()
    assert [arc.gradient for arc in left.arcs] == [0, 2, 2]
    assert [arc.gradient for arc in right.arcs] == [2, 2]


class Recogniser:
    """The recognition transformer: the left carries images, the right one loop of all classes; weights have gradients."""

    def __init__(self, weights: np.ndarray) -> None:
        self.weights, self.gradient = weights, np.zeros_like(weights)

    def null(self, arc: Arc) -> bool:
        return False

    def check(self, first: Arc, second: Arc) -> bool:
        return True

    def fprop(self, first: Arc | None, second: Arc | None) -> list[tuple[int, float]]:
        return [(k, float(w @ first.data)) for k, w in enumerate(self.weights)]

    def bprop(self, first: Arc | None, second: Arc | None, made: list[Arc]) -> None:
        for arc in made:
            self.gradient[arc.data[0]] += arc.gradient * first.data
            first.gradient = first.gradient + arc.gradient * self.weights[arc.data[0]]


def test_the_recognition_transformer_is_a_case() -> None:
    images = [np.array([1.0, 0.0]), np.array([0.5, 2.0])]
    segments = DataGraph(3, [Arc(0, 1, images[0]), Arc(1, 2, images[1])])
    recogniser = Recogniser(np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]))
    made, backward = transduce(segments, DataGraph(3, [Arc(0, 1, None), Arc(1, 2, None)]), recogniser)
    assert [(a.source, a.target, *a.data) for a in made.arcs[:3]] == [(0, 1, 0, 1.0), (0, 1, 1, 3.0), (0, 1, 2, 5.0)]
    made.arcs[1].gradient, made.arcs[3].gradient = 1.0, -1.0
    backward()
    np.testing.assert_array_equal(recogniser.gradient, [[-0.5, -2.0], [1.0, 0.0], [0.0, 0.0]])
    np.testing.assert_array_equal(segments.arcs[0].gradient, [3.0, 4.0])


def test_nothing_in_common() -> None:
    left = network(chain([1]))
    made, backward = transduce(left, network(chain([2])), Ordinary(left))
    assert (made.nodes, made.arcs) == (2, [])
    backward()


@pytest.mark.parametrize("interpret", [compose, partial(beam_search, width=3)])
def test_transformers_are_functions_that_are_chained_and_arcs_are_followed_back_through_them(
    interpret: Callable[[Graph, Graph], Graph],
) -> None:
    segmentation = segmentation_graph(np.array([0, 0, 1]), np.array([1, 2, 2]), cuts=3)
    penalties = np.array([[0.0, 1.0], [5.0, 5.0], [1.0, 0.5]], np.float32)
    recognition = recognition_graph(segmentation, penalties, np.array([1, 2]))
    interpretation = interpret(recognition, chain([1, 2]))
    hypotheses = prune(interpretation, margin=10.0)
    best = best_path(hypotheses)
    assert best.label.tolist() == [1, 2]
    assert best.penalty.tolist() == pytest.approx([0.0, 0.5])
    recognised = interpretation.origins[0][hypotheses.origins[0][best.origins[0]]]
    assert recognised.tolist() == [0, 5]
    assert recognition.origins[0][recognised].tolist() == [0, 2]
