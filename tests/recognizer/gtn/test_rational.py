"""Graphs made of graphs: the union of a batch."""

import numpy as np
import pytest
from hypothesis import assume, given

from recognizer.errors import InputError
from recognizer.gtn import Graph, batch, batch_union, chain, chained, concatenate, forward, graph_of, posteriors
from tests.recognizer.gtn.brute import graphs, words


def _graphs() -> list:  # type: ignore[type-arg]
    diamond = graph_of([0, 0, 1, 2], [1, 2, 3, 3], [1, 2, 3, 4], np.array([0.5, 1, 2, 0.1], np.float32), final=[3])
    return [chain([1, 2], np.array([1, 2], np.float32)), diamond, chain([3], np.array([0.3], np.float32))]


def test_the_sum_over_the_whole_is_that_over_the_parts() -> None:
    together = batch(_graphs())
    merged = batch_union(together)
    merged.check()
    assert len(merged) == 1
    assert float(forward(merged)[0]) == pytest.approx(-np.logaddexp.reduce(-np.asarray(forward(together))), rel=1e-5)


def test_arcs_stay_what_they_were() -> None:
    together = batch(_graphs())
    merged = batch_union(together)
    for name in ("label", "output", "penalty"):
        assert np.array_equal(getattr(merged, name), getattr(together, name))
    assert (merged.source < merged.target).all()


def test_each_path_leaves_the_start_once_and_enters_the_end_once() -> None:
    merged = batch_union(batch(_graphs()))
    through = np.asarray(posteriors(merged))
    assert through[merged.source == 0].sum() == pytest.approx(1, rel=1e-5)
    assert through[merged.target == merged.nodes[-1] - 1].sum() == pytest.approx(1, rel=1e-5)


def test_one_graph_is_its_own_whole() -> None:
    alone = _graphs()[1]
    assert np.array_equal(batch_union(alone).source, alone.source)
    assert np.array_equal(batch_union(alone).nodes, alone.nodes)


ACCEPTORS = graphs(transducer=False, epsilon=False, most_arcs=6)


@given(ACCEPTORS, ACCEPTORS)
def test_graphs_are_chained_as_they_are_concatenated(first: Graph, second: Graph) -> None:
    assume(len(second.source))
    found, expected = words(chained(first, second)), words(concatenate(first, second))
    assert [text for text, _, _ in found] == [text for text, _, _ in expected]
    np.testing.assert_allclose([p for *_, p in found], [p for *_, p in expected], atol=1e-5)


@pytest.mark.parametrize("place", [0, 1])
def test_only_single_graphs_without_inner_epsilons_are_chained(place: int) -> None:
    for bad in (batch([chain([1]), chain([2])]), graph_of([0, 1], [1, 2], [0, 1], final=[2])):
        pair = [chain([1]), chain([1])]
        pair[place] = bad
        with pytest.raises(InputError):
            chained(*pair)
