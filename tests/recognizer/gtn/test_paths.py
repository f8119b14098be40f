"""Viterbi, forward, posteriors, n best and pruning against enumeration of all paths."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.errors import InputError
from recognizer.gtn import (
    Graph,
    Topology,
    batch,
    best_path,
    best_sequences,
    chain,
    forward,
    posteriors,
    prune,
    sequences,
    shortest_paths,
    viterbi,
)
from tests.recognizer.gtn.brute import graphs, log_sum, paths, words


def penalties(graph: Graph, b: int = 0) -> list[float]:
    return [p for _, _, p in words(graph, b)]


@given(graphs())
def test_viterbi_is_the_least_penalty_and_best_path_has_it(graph: Graph) -> None:
    least = min(penalties(graph), default=np.inf)
    assert viterbi(graph)[0] == pytest.approx(least, abs=1e-5)
    path = best_path(graph)
    if np.isfinite(least):
        assert path.penalty.sum() == pytest.approx(least, abs=1e-5)
        assert path.origins[0].tolist() in [list(p) for p in paths(graph)]
    else:
        assert len(path.source) == 0
        assert viterbi(path)[0] == np.inf


@given(graphs())
def test_forward_is_the_log_sum_over_paths(graph: Graph) -> None:
    assert forward(graph)[0] == pytest.approx(log_sum(penalties(graph)), abs=1e-5)


@given(graphs())
def test_posteriors_are_shares_of_the_sum(graph: Graph) -> None:
    total = log_sum(penalties(graph))
    expected = np.zeros(len(graph.source))
    if np.isfinite(total):
        for path in paths(graph):
            expected[path] += np.exp(total - np.sum(graph.penalty[path], dtype=np.float64))
    np.testing.assert_allclose(posteriors(graph), expected, atol=1e-5)


@given(graphs(), st.integers(0, 12))
def test_shortest_paths_are_the_first_of_all_paths_in_order(graph: Graph, n: int) -> None:
    finite = sorted(p for p in penalties(graph) if np.isfinite(p))
    found = [p for p in shortest_paths(graph, n)[0] if np.isfinite(p.penalty)]
    np.testing.assert_allclose([p.penalty for p in found], finite[:n], atol=1e-5)
    assert len({tuple(p.arcs) for p in found}) == len(found)
    for path in found:
        assert path.arcs.tolist() in list(paths(graph))


@given(graphs(), st.integers(0, 6), st.sampled_from([0, sequences.FEW]))
def test_best_sequences_are_the_best_distinct_outputs(graph: Graph, n: int, few: int) -> None:
    best: dict[tuple[int, ...], float] = {}
    for _, written, penalty in words(graph):
        if np.isfinite(penalty):
            best[written] = min(penalty, best.get(written, np.inf))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequences, "FEW", few)
        found = best_sequences(graph, n)[0]
    np.testing.assert_allclose([s.penalty for s in found], sorted(best.values())[:n], atol=1e-5)
    for sequence in found:
        assert best[sequence.labels] == pytest.approx(sequence.penalty, abs=1e-5)
        assert tuple(x for x in graph.output[sequence.arcs] if x) == sequence.labels
        assert graph.penalty[sequence.arcs].sum() == pytest.approx(sequence.penalty, abs=1e-5)


@given(graphs(), st.sampled_from([0.0, 0.7, 2.0]))
def test_pruning_by_penalty_keeps_all_paths_within_the_margin(graph: Graph, margin: float) -> None:
    finite = [p for p in penalties(graph) if np.isfinite(p)]
    kept = prune(graph, margin=margin)
    wanted = sorted(p for p in finite if p < min(finite, default=0) + margin - 1e-4)
    left = penalties(kept)
    assert all(np.isfinite(left))
    assert all(any(abs(w - x) < 1e-4 for x in left) for w in wanted)
    np.testing.assert_allclose(kept.penalty, graph.penalty[kept.origins[0]])


@given(graphs(), st.sampled_from([0.1, 0.5]))
def test_pruning_by_posterior_keeps_the_likely_arcs_and_the_best_path(graph: Graph, bar: float) -> None:
    kept = prune(graph, posterior=bar)
    assert viterbi(kept)[0] == viterbi(graph)[0]
    assert len(kept.source) <= len(graph.source)


@given(st.lists(graphs(), min_size=1, max_size=4))
def test_a_batch_is_its_graphs(several: list[Graph]) -> None:
    together = batch(several)
    np.testing.assert_allclose(viterbi(together), [viterbi(g)[0] for g in several], rtol=1e-6)
    np.testing.assert_allclose(forward(together), [forward(g)[0] for g in several], rtol=1e-6)
    np.testing.assert_allclose(posteriors(together), np.concatenate([posteriors(g) for g in several]), atol=1e-6)
    for b, graph in enumerate(several):
        assert words(together[b]) == words(graph)
        assert [p.penalty for p in shortest_paths(together, 3)[b]] == [p.penalty for p in shortest_paths(graph, 3)[0]]


def test_arcs_may_stand_in_any_order() -> None:
    graph = Graph(Topology(source=[1, 0, 0], target=[2, 1, 2], label=[1, 2, 3], nodes=[0, 3]), [1.0, 1.0, 3.0])
    assert viterbi(graph)[0] == 2
    assert best_path(graph).origins[0].tolist() == [1, 0]
    np.testing.assert_allclose(posteriors(graph), [0.7310586, 0.7310586, 0.2689414], atol=1e-6)


def test_a_cycle_is_refused_by_the_arc_that_goes_back() -> None:
    with pytest.raises(InputError, match="Arc 1 goes from node 1 back to node 0"):
        viterbi(Graph(Topology(source=[0, 1], target=[1, 0], label=[1, 1], nodes=[0, 2]), [0.0, 0.0]))


def test_a_thousand_levels_neither_under_nor_overflow() -> None:
    rng = np.random.default_rng(1)
    levels, width = 1000, 50
    penalty = (rng.normal(size=(levels, width)) * 20 + 5).astype(np.float32)
    source = np.repeat(np.arange(levels), width)
    topology = Topology(source=source, target=source + 1, label=np.ones(levels * width), nodes=[0, levels + 1])
    graph = Graph(topology, penalty.reshape(-1))
    exact = penalty.astype(np.float64)
    sums = exact.min(1) - np.log(np.exp(exact.min(1, keepdims=True) - exact).sum(1))
    assert forward(graph)[0] == pytest.approx(sums.sum(), rel=1e-6)
    shares = np.exp(sums[:, None] - exact)
    np.testing.assert_allclose(posteriors(graph).reshape(levels, width), shares, atol=1e-5)


def test_a_thousand_pieces_in_any_grouping_are_summed_as_in_double_precision() -> None:
    rng = np.random.default_rng(2)
    pieces, classes = 1000, 7
    pairs = [(i, j) for i in range(pieces) for j in range(i + 1, min(i + 4, pieces) + 1)]
    source, target = np.repeat(pairs, classes, axis=0).T
    penalty = (rng.normal(size=len(source)) * 5 - 40 * (source % 2)).astype(np.float32)
    graph = Graph(Topology(source, target, label=np.ones(len(source)), nodes=[0, pieces + 1]), penalty)
    before, after = np.full((2, pieces + 1), -np.inf)
    before[0] = after[-1] = 0
    for s, t, x in zip(source, target, penalty.astype(np.float64), strict=True):
        before[t] = np.logaddexp(before[t], before[s] - x)
    for s, t, x in zip(source[::-1], target[::-1], penalty[::-1].astype(np.float64), strict=True):
        after[s] = np.logaddexp(after[s], after[t] - x)
    assert forward(graph)[0] == pytest.approx(-before[-1], rel=1e-6)
    shares = np.exp(before[source] - penalty.astype(np.float64) + after[target] - before[-1])
    np.testing.assert_allclose(posteriors(graph), shares, atol=1e-5)


def test_empty_graphs() -> None:
    nothing = Graph(Topology(source=[], target=[], label=[], nodes=[0, 2]), [])
    assert viterbi(nothing)[0] == forward(nothing)[0] == np.inf
    assert shortest_paths(nothing, 3) == best_sequences(nothing, 3) == [[]]
    assert viterbi(chain([]))[0] == forward(chain([]))[0] == 0
    assert [s.labels for s in best_sequences(chain([]), 3)[0]] == [()]
