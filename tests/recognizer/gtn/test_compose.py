"""Composition against the definition: all pairs of paths that agree between the two graphs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.errors import InputError
from recognizer.gtn import (
    EPSILON,
    Graph,
    Topology,
    alignments,
    batch,
    best_sequences,
    chain,
    compose,
    forward,
    graph_of,
    viterbi,
)
from tests.recognizer.gtn.brute import graphs, words


def joined(left: Graph, right: Graph) -> list[tuple[tuple[int, ...], tuple[int, ...], float]]:
    """Each pair of paths that agree, once."""
    pairs = [(i, o, p + q) for i, m, p in words(left) for n, o, q in words(right) if m == n]
    return sorted(pairs)


def same(found: list, expected: list) -> None:
    assert [f[:2] for f in found] == [e[:2] for e in expected]
    np.testing.assert_allclose(sorted(f[2] for f in found), sorted(e[2] for e in expected), atol=1e-5)


@given(graphs(most_arcs=6), graphs(most_arcs=6))
def test_each_pair_of_agreeing_paths_is_one_path(left: Graph, right: Graph) -> None:
    both = compose(left, right)
    same(words(both), joined(left, right))
    assert np.all(both.source < both.target)


@given(graphs(most_arcs=6), graphs(most_arcs=6))
def test_nothing_is_built_that_leads_nowhere(left: Graph, right: Graph) -> None:
    both = compose(left, right)
    reached = {0} | set(both.target.tolist())
    leaving = {int(both.nodes[1]) - 1} | set(both.source.tolist())
    if len(both.source):
        assert set(range(both.nodes[1])) == reached == leaving
    else:
        assert both.nodes[1] in (1, 2)


@given(graphs(most_arcs=6), graphs(most_arcs=6))
def test_origins_say_what_an_arc_was_made_from(left: Graph, right: Graph) -> None:
    both = compose(left, right)
    for i, (a, b) in enumerate(zip(*both.origins, strict=True)):
        middle = {int(left.output[a])} if a >= 0 else {EPSILON}
        middle |= {int(right.label[b])} if b >= 0 else {EPSILON}
        assert len(middle) == 1
        assert both.label[i] == (left.label[a] if a >= 0 else EPSILON)
        assert both.output[i] == (right.output[b] if b >= 0 else EPSILON)
        parts = (left.penalty[a] if a >= 0 else 0) + (right.penalty[b] if b >= 0 else 0)
        assert both.penalty[i] == pytest.approx(parts)


@given(st.lists(graphs(most_arcs=5), min_size=1, max_size=3), graphs(most_arcs=5), st.data())
def test_batches_with_one_and_with_a_batch(lefts: list[Graph], right: Graph, data: st.DataObject) -> None:
    one = compose(batch(lefts), right)
    for b, left in enumerate(lefts):
        same(words(one, b), joined(left, right))
    rights = [data.draw(graphs(most_arcs=5)) for _ in lefts]
    many = compose(batch(lefts), batch(rights))
    for b, (left, other) in enumerate(zip(lefts, rights, strict=True)):
        same(words(many, b), joined(left, other))


@st.composite
def right_sides(draw: st.DrawFn) -> Graph:
    """Small cyclic graphs with epsilons that go forward and several final nodes."""
    nodes = draw(st.integers(1, 4))
    node = st.integers(0, nodes - 1)
    arcs = draw(st.lists(st.tuples(node, node, st.integers(0, 2), st.integers(0, 2)), max_size=8))
    arcs = [(s, t, read, written) for s, t, read, written in arcs if read != EPSILON or s < t]
    source, target, label, output = zip(*arcs, strict=True) if arcs else ((),) * 4
    penalty = draw(st.lists(st.sampled_from([0.0, 0.25, 1.0]), min_size=len(arcs), max_size=len(arcs)))
    final = draw(st.sets(node, min_size=1))
    return graph_of(source, target, label, penalty, output, final=list(final), nodes=nodes)


@given(graphs(most_arcs=6, transducer=False), right_sides())
def test_what_is_composed_can_be_composed_again(left: Graph, right: Graph) -> None:
    reading = compose(left, right)
    assert np.all(reading.source < reading.target)
    for text in best_sequences(reading, 5)[0]:
        again = compose(reading, chain(text.labels))
        assert np.all(again.source < again.target)
        assert viterbi(again)[0] == pytest.approx(text.penalty, abs=1e-5)
        assert viterbi(alignments(left, right, chain(text.labels)))[0] == pytest.approx(text.penalty, abs=1e-5)


@given(graphs(most_arcs=4, labels=3), st.integers(0, 999))
def test_few_left_arcs_and_many_right_ones(left: Graph, seed: int) -> None:
    rng = np.random.default_rng(seed)
    source = np.sort(rng.integers(0, 2, 40))
    right = graph_of(source, rng.integers(source + 1, 4), rng.integers(1, 6, 40), rng.random(40), final=[1, 2, 3])
    same(words(compose(left, right)), joined(left, right))


def loop(labels: list[int], penalty: float) -> Graph:
    """Any sequence of these labels, at a penalty each."""
    return graph_of([0] * len(labels), [0] * len(labels), labels, [penalty] * len(labels), final=[0])


@given(graphs(labels=3))
def test_a_cyclic_right_side_takes_any_number_of_symbols(left: Graph) -> None:
    both = compose(left, loop([1, 3], 0.25))
    expected = [(i, o, p + 0.25 * len(o)) for i, o, p in words(left) if 2 not in o]
    same(words(both), sorted((i, o, p) for i, o, p in expected))


def test_a_cyclic_right_side_with_several_final_nodes() -> None:
    amount = graph_of([0, 1, 1, 2], [1, 1, 2, 2], [1, 1, 2, 1], final={1: 0.0, 2: 0.5})
    accepted = {(1,): 0.0, (1, 1): 0.0, (1, 2): 0.5, (1, 2, 1): 0.5, (2,): np.inf, (1, 2, 2): np.inf, (): np.inf}
    for labels, penalty in accepted.items():
        assert viterbi(compose(chain(labels), amount))[0] == penalty


def test_epsilon_cycles_on_the_right_are_refused() -> None:
    right = graph_of([0, 1, 0], [1, 0, 2], [EPSILON, EPSILON, 1], final=[2])
    with pytest.raises(InputError, match="cycle"):
        compose(chain([1]), right)


def test_batches_that_do_not_fit_are_refused() -> None:
    with pytest.raises(InputError, match="3 graphs with 2"):
        compose(batch([chain([1])] * 3), batch([chain([1])] * 2))


def test_cyclic_left_side_is_refused() -> None:
    with pytest.raises(InputError, match="Arc 0 goes from node 0 back to node 0"):
        compose(loop([1], 0), chain([1]))


def test_growing_beyond_the_first_guess_of_memory_changes_nothing() -> None:
    rng = np.random.default_rng(0)
    levels, width, states = 60, 6, 12
    source = np.repeat(np.arange(levels), width)
    topology = Topology(source, source + 1, rng.integers(1, 4, levels * width), [0, levels + 1])
    left = Graph(topology, rng.random(levels * width))
    ends = rng.integers(0, states, (2, 200))
    right = graph_of(ends[0], ends[1], rng.integers(1, 4, 200), rng.random(200), final=list(range(states)))
    both = compose(left, right)
    assert len(both.source) > 2 * len(left.source) + 1024
    # the same sum by matrices over the states of the right side
    alpha = np.full(int(right.nodes[1]), np.inf)
    alpha[0] = 0
    for t in range(levels):
        following = [[] for _ in alpha]
        for i in range(t * width, (t + 1) * width):
            for j in np.flatnonzero(right.label == left.label[i]):
                following[right.target[j]].append(alpha[right.source[j]] + left.penalty[i] + right.penalty[j])
        alpha = np.array([-np.logaddexp.reduce(-np.array(f)) if f else np.inf for f in following])
    total = -np.logaddexp.reduce([-alpha[right.source[j]] for j in np.flatnonzero(right.label == 0)])
    assert forward(both)[0] == pytest.approx(total, rel=1e-5)
