"""Beam search: a part of the composition, with what a beam must keep."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.gtn import (
    Graph,
    Topology,
    alignments,
    batch,
    beam_forward_loss,
    beam_search,
    chain,
    compose,
    discriminative_forward_loss,
    forward,
    graph_of,
    prune,
    pruned_search,
    trie,
    viterbi,
)
from tests.recognizer.gtn.brute import graphs, words


def lattice(rng: np.random.Generator, levels: int = 8, width: int = 4) -> Graph:
    source = np.repeat(np.arange(levels), width)
    label = np.tile(np.arange(1, width + 1), levels)
    return Graph(Topology(source, source + 1, label, [0, levels + 1]), rng.random(len(source)) * 3)


LOOP = graph_of([0, 0, 1, 1, 1], [0, 1, 1, 0, 1], [1, 2, 3, 4, 2], [0.1, 0.2, 0.3, 0.4, 0.5], final=[0, 1])


@given(graphs(most_arcs=6), graphs(most_arcs=6))
def test_a_beam_without_limits_is_the_composition(left: Graph, right: Graph) -> None:
    assert words(beam_search(left, right)) == words(compose(left, right))


@given(graphs(most_arcs=6), graphs(most_arcs=6), st.integers(1, 3), st.sampled_from([0.0, 1.0]))
def test_a_beam_is_a_part_of_the_composition(left: Graph, right: Graph, width: int, margin: float) -> None:
    whole = words(compose(left, right))
    for path in words(beam_search(left, right, width=width, margin=margin)):
        assert path in whole


@given(graphs(most_arcs=6), graphs(most_arcs=6), st.sampled_from([0.0, 0.5, 2.0]))
def test_a_pruned_search_is_a_beam_pruned(left: Graph, right: Graph, margin: float) -> None:
    found = beam_search(left, right, margin=margin)
    kept = prune(found, margin=margin)
    pruned = pruned_search(left, right, margin=margin)
    assert words(pruned) == words(kept)
    expected = [origin[kept.origins[0]].tolist() for origin in found.origins]
    assert sorted(zip(*pruned.origins, strict=True)) == sorted(zip(*expected, strict=True))


def test_a_beam_expands_the_best_of_each_slice() -> None:
    graph = lattice(np.random.default_rng(0))
    whole, narrow = compose(graph, LOOP), beam_search(graph, LOOP, width=1)
    assert len(narrow.source) < len(whole.source)
    assert viterbi(whole)[0] <= viterbi(narrow)[0] < np.inf
    at = graph.source[narrow.origins[0][narrow.origins[0] >= 0]]
    pairs = {(int(t), int(s)) for t, s in zip(at, narrow.source, strict=False)}
    assert len(pairs) == len({t for t, _ in pairs})


@pytest.mark.parametrize("limits", [{"width": 2}, {"margin": 1.0}])
def test_a_beam_does_not_go_on_where_no_way_has_a_finite_penalty(limits: dict[str, float]) -> None:
    graph = lattice(np.random.default_rng(0))
    shut = graph.with_penalty(np.where(graph.source == 3, np.inf, graph.penalty))
    assert len(compose(shut, LOOP).source) > 0
    assert len(beam_search(shut, LOOP, **limits).source) == 0


def test_origins_of_a_beam() -> None:
    graph = lattice(np.random.default_rng(1))
    narrow = beam_search(graph, LOOP, margin=0.5)
    for i, (a, b) in enumerate(zip(*narrow.origins, strict=True)):
        parts = (graph.penalty[a] if a >= 0 else 0) + (LOOP.penalty[b] if b >= 0 else 0)
        assert narrow.penalty[i] == pytest.approx(parts)


@given(st.integers(0, 1000))
def test_alignments_are_those_that_write_the_target(seed: int) -> None:
    graph = lattice(np.random.default_rng(seed), levels=5)
    right = LOOP.relabelled(LOOP.label, np.where(LOOP.label == 3, 0, LOOP.label))
    for _, text, _ in words(compose(graph, right))[:3]:
        expected = [p for _, t, p in words(compose(graph, right)) if t == text]
        found = alignments(graph, right, chain(text))
        np.testing.assert_allclose(sorted(p for _, _, p in words(found)), sorted(expected), atol=1e-5)
        for i, (a, b) in enumerate(zip(*found.origins, strict=True)):
            if b >= 0 and a >= 0:
                assert graph.output[a] == right.label[b]
                assert found.penalty[i] == pytest.approx(graph.penalty[a] + right.penalty[b])


@given(st.integers(0, 1000), st.integers(1, 3))
def test_the_right_paths_stay_in_the_beam_and_count_once(seed: int, width: int) -> None:
    rng = np.random.default_rng(seed)
    graph = batch([lattice(rng, levels=5), lattice(rng, levels=6)])
    whole = compose(graph, LOOP)
    texts = [words(whole, b)[int(rng.integers(len(words(whole, b))))][1] for b in range(2)]
    target = batch([chain(t) for t in texts])
    kept = alignments(graph, LOOP, target)
    narrow = beam_search(graph, LOOP, width=width, keep=kept)
    for b, text in enumerate(texts):
        right = [w for w in words(whole, b) if w[1] == text]
        assert [w for w in words(narrow, b) if w[1] == text] == right
    loss = beam_forward_loss(graph, LOOP, target, width=width)
    assert np.all(loss >= -1e-5)
    wide = beam_forward_loss(graph, LOOP, target, width=1000)
    np.testing.assert_allclose(wide, discriminative_forward_loss(whole, target), atol=1e-4)
    assert np.all(forward(narrow) >= forward(whole) - 1e-5)
    assert np.all(loss <= wide + 1e-5)


def test_the_loss_on_a_beam_is_differentiable() -> None:
    torch = pytest.importorskip("torch")
    graph = lattice(np.random.default_rng(3))
    penalty = torch.tensor(graph.penalty, requires_grad=True)
    beam_forward_loss(graph.with_penalty(penalty), LOOP, chain([1, 2, 3, 4, 2, 2, 2, 2]), width=2).sum().backward()
    right = np.zeros((8, 4), np.float32)
    right[np.arange(8), [0, 1, 2, 3, 1, 1, 1, 1]] = 1
    assert torch.all(penalty.grad.reshape(8, 4)[right == 0] <= 0)
    assert penalty.grad.sum().item() == pytest.approx(0, abs=1e-5)


def test_a_lexicon_as_large_as_you_like_costs_what_the_beam_reaches() -> None:
    rng = np.random.default_rng(5)
    lexicon = trie(rng.integers(1, 5, (2000, 8)).tolist())
    graph = lattice(rng)
    narrow = beam_search(graph, lexicon, width=5)
    assert len(narrow.source) < 200
    assert viterbi(narrow)[0] < np.inf
