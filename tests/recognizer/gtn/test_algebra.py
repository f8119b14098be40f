"""Joining, reducing and reversing graphs, against the sets of their texts."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.errors import InputError
from recognizer.gtn import (
    EPSILON,
    Graph,
    batch,
    chain,
    compose,
    concatenate,
    ctc_expansion,
    determinise,
    forward,
    frame_graph,
    graph_of,
    invert,
    minimise,
    ngram,
    project,
    recognition_graph,
    remove_epsilon,
    repeat,
    segmentation_graph,
    trie,
    union,
    viterbi,
)
from tests.recognizer.gtn.brute import graphs, words


def same(found: list, expected: list) -> None:
    found, expected = sorted(found), sorted(expected)
    assert sorted(f[:2] for f in found) == sorted(e[:2] for e in expected)
    np.testing.assert_allclose(sorted(f[2] for f in found), sorted(e[2] for e in expected), atol=1e-4)


def best(graph: Graph) -> dict[tuple[int, ...], float]:
    """The least penalty of each text, where there is a finite one."""
    found: dict[tuple[int, ...], float] = {}
    for read, _, penalty in words(graph):
        if np.isfinite(penalty):
            found[read] = min(penalty, found.get(read, np.inf))
    return found


@given(graphs(most_arcs=5), graphs(most_arcs=5))
def test_union_has_the_paths_of_both(a: Graph, b: Graph) -> None:
    same(words(union(a, b)), words(a) + words(b))


@given(graphs(most_arcs=4), graphs(most_arcs=4))
def test_concatenation_has_one_after_the_other(a: Graph, b: Graph) -> None:
    both = [(i + k, j + m, p + q) for i, j, p in words(a) for k, m, q in words(b)]
    same(words(concatenate(a, b)), both)


@given(graphs(most_arcs=3), st.integers(0, 2), st.integers(0, 2))
def test_repetition_is_bounded(a: Graph, least: int, more: int) -> None:
    expected = []
    for times in range(least, least + more + 1):
        for several in product(words(a), repeat=times):
            expected.append(
                (sum((s[0] for s in several), ()), sum((s[1] for s in several), ()), sum(s[2] for s in several))
            )
    same(words(repeat(a, least, least + more)), expected)


@given(st.lists(graphs(most_arcs=4), min_size=2, max_size=3), graphs(most_arcs=4))
def test_a_single_graph_joins_each_of_a_batch(several: list[Graph], one: Graph) -> None:
    for b, graph in enumerate(several):
        same(words(union(batch(several), one), b), words(graph) + words(one))
        same(words(concatenate(one, batch(several)), b), words(concatenate(one, graph)))


def test_origins_of_joined_graphs() -> None:
    a, b = chain([1, 2]), chain([3])
    joined = concatenate(a, b)
    assert sorted(joined.origins[0].tolist()) == [-1] * 4 + [0, 1]
    for i, (x, y) in enumerate(zip(*joined.origins, strict=True)):
        assert joined.label[i] == (a.label[x] if x >= 0 else b.label[y] if y >= 0 else EPSILON)


def test_gradients_go_through_joined_graphs() -> None:
    torch = pytest.importorskip("torch")
    a = chain([1], torch.tensor([1.0], requires_grad=True))
    forward(repeat(a, 1, 2)).sum().backward()
    assert a.penalty.grad.item() == pytest.approx((1 + 2 * np.exp(-1)) / (1 + np.exp(-1)), rel=1e-5)


@given(graphs())
def test_inversion_and_projection(a: Graph) -> None:
    same(words(invert(a)), [(j, i, p) for i, j, p in words(a)])
    same(words(project(a)), [(i, i, p) for i, _, p in words(a)])
    same(words(project(a, output=True)), [(j, j, p) for _, j, p in words(a)])


def least(found: list) -> dict:
    result: dict = {}
    for i, j, p in found:
        if np.isfinite(p):
            result[i, j] = min(p, result.get((i, j), np.inf))
    return result


@given(graphs())
def test_without_epsilons_the_same_pairs_of_texts(a: Graph) -> None:
    plain = remove_epsilon(a)
    silent = (plain.label == EPSILON) & (plain.output == EPSILON)
    assert set(plain.target[silent].tolist()) <= {int(plain.nodes[1]) - 1}
    assert least(words(plain)) == pytest.approx(least(words(a)), abs=1e-4)


@given(graphs(transducer=False))
def test_deterministic_and_minimal_graphs_have_the_same_texts(a: Graph) -> None:
    single, small = determinise(a), minimise(a)
    for graph in (single, small):
        assert best(graph) == pytest.approx(best(a), abs=1e-3)
        assert len(words(graph)) == len(best(graph))
        seen = list(zip(graph.source.tolist(), graph.label.tolist(), strict=True))
        assert len(set(seen)) == len(seen)
    assert small.nodes[-1] <= single.nodes[-1]


def test_a_lexicon_shares_beginnings_and_when_minimal_also_endings() -> None:
    lexicon = trie([[1, 2, 3], [1, 2, 4], [5, 2, 3], [5, 2, 4]], [0.5, 1.0, 0.5, 1.0])
    assert lexicon.nodes[-1] == 10
    small = minimise(lexicon)
    assert small.nodes[-1] < 7
    assert best(small) == pytest.approx(best(lexicon), abs=1e-5)


@given(
    st.lists(
        st.tuples(st.lists(st.integers(1, 3), min_size=1, max_size=4), st.floats(0, 2, width=32)),
        min_size=1,
        max_size=8,
    )
)
def test_a_trie_reads_its_words(entries: list[tuple[list[int], float]]) -> None:
    expected: dict[tuple[int, ...], float] = {}
    for word, cost in entries:
        expected[tuple(word)] = min(cost, expected.get(tuple(word), np.inf))
    lexicon = trie([w for w, _ in entries], [c for _, c in entries])
    assert best(lexicon) == pytest.approx(expected, abs=1e-6)
    assert (
        len({(s, x) for s, x in zip(lexicon.source.tolist(), lexicon.label.tolist(), strict=True) if x})
        == (lexicon.label > 0).sum()
    )
    loop = trie([w for w, _ in entries], [c for _, c in entries], separator=9, separator_penalty=0.25)
    (a, p), (b, q) = min(expected.items()), max(expected.items())
    assert viterbi(compose(chain([*a, 9, *b]), loop))[0] == pytest.approx(p + q + 0.25, abs=1e-5)
    assert viterbi(compose(chain([*a, 9]), loop))[0] == np.inf


def test_words_that_cannot_be_are_named() -> None:
    with pytest.raises(InputError, match="Word 1"):
        trie([[1], [1, 0]])
    with pytest.raises(InputError, match="at least one"):
        trie([[1], []])


def test_ngram_backs_off() -> None:
    model = ngram(
        {(0, 1): 0.5, (1, 2): 0.25, (1,): 1.0, (2,): 2.0, (0,): 3.0, (2, 0): 0.125}, {(0,): 0.75, (1,): 0.5, (2,): 4.0}
    )
    for text, penalty in {
        (1, 2): 0.5 + 0.25 + 0.125,
        (2,): 0.75 + 2.0 + 0.125,
        (1, 1, 2): 0.5 + 0.5 + 1.0 + 0.25 + 0.125,
    }.items():
        assert viterbi(compose(chain(text), model))[0] == pytest.approx(penalty)


@pytest.mark.parametrize("compulsory", [False, True])
@given(frames=st.lists(st.integers(1, 3), max_size=6))
def test_stretched_graphs_read_frames(frames: list[int], compulsory: bool) -> None:
    """Label 1 is the blank; the language {23, 2, 33}* collapsed by the rule of CTC."""
    texts = graph_of([0, 1, 0, 0, 3], [1, 2, 2, 3, 2], [2, 3, 2, 3, 3], [0.5, 0.0, 1.0, 0.25, 0.0], final=[2])
    allowed = {(2, 3): 0.5, (2,): 1.0, (3, 3): 0.25}
    collapsed: list[int] = []
    clash = False
    for before, now in zip([1, *frames], frames, strict=False):
        if now not in (1, before):
            collapsed.append(now)
            clash |= before != 1
    expected = np.inf if clash and compulsory else allowed.get(tuple(collapsed), np.inf)
    reading = compose(chain(frames), ctc_expansion(texts, blank=1, compulsory=compulsory))
    assert viterbi(reading)[0] == forward(reading)[0] == expected
    if np.isfinite(expected):
        assert [x for x in reading.output.tolist() if x] == collapsed


@given(st.lists(st.lists(st.sampled_from([0.0, 0.5, 2.0, np.inf]), min_size=2, max_size=2), min_size=1, max_size=4))
def test_a_graph_of_frames_has_the_paths_of_a_recognition_graph_that_can_be(rows: list[list[float]]) -> None:
    penalties, frames = np.array(rows, np.float32), np.arange(len(rows))
    line = segmentation_graph(frames, frames + 1, cuts=len(rows) + 1)
    every = words(recognition_graph(line, penalties, np.array([1, 2])))
    found = frame_graph(penalties)
    assert words(found) == [each for each in every if np.isfinite(each[2])]
    found.check()
