from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.gtn import batch, chain, compose, grammar, graph_of, merge_alike, text, viterbi
from recognizer.gtn.graph import Graph

TEXTS = [labels for length in range(1, 5) for labels in product((1, 2), repeat=length)]


def _penalties(graph: Graph) -> list[float]:
    """Of every short text."""
    return np.asarray(viterbi(compose(batch([chain(labels) for labels in TEXTS]), graph))).tolist()


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Any graph of some nodes, cycles included, of which many are alike."""
    arcs = draw(
        st.lists(st.tuples(*[st.integers(0, 5)] * 2, st.integers(1, 2), st.sampled_from([0.0, 1.5])), min_size=1)
    )
    source, target, label, penalty = zip(*arcs, strict=True)
    return graph_of(source, target, label, penalty, final=draw(st.sets(st.integers(0, 5), min_size=1)), nodes=6)


@given(graphs())
def test_every_text_has_the_same_penalty(graph: Graph) -> None:
    merged = merge_alike(graph)
    assert _penalties(merged) == pytest.approx(_penalties(graph))
    assert merged.nodes[-1] <= graph.nodes[-1]
    assert len(merged.source) <= len(graph.source)


def test_shared_beginnings_and_endings_are_shared() -> None:
    words = text("cat") | text("cart") | text("part")
    merged = merge_alike(grammar(words, {letter: label for label, letter in enumerate("acprt", 1)}))
    # c-a-t and c-a-r-t share "ca", all end in "t" and two in "rt".
    assert len(merged.source) == 8 + 1  # and one into the end


def test_what_is_written_keeps_nodes_apart() -> None:
    same = graph_of([0, 0, 1, 2], [1, 2, 3, 3], [1, 1, 2, 2], final=[3])
    other = graph_of([0, 0, 1, 2], [1, 2, 3, 3], [1, 1, 2, 2], output=[1, 1, 2, 1], final=[3])
    assert [merge_alike(graph).nodes[-1] for graph in (same, other)] == [3, 3]
    assert [len(merge_alike(graph).source) for graph in (same, other)] == [2, 3]
