"""Graphs made of graphs: the union of a batch."""

import numpy as np
import pytest

from recognizer.gtn import batch, batch_union, chain, forward, graph_of, posteriors


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
