"""Graphs as pictures: every node and arc is there, from left to right."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from recognizer.gtn import chain, graph_of
from recognizer.gtn.drawing import MOST

ARCS = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3), st.integers(0, 9), st.floats(-9, 9)), max_size=12)


@given(ARCS)
def test_every_node_and_arc_is_drawn(arcs: list[tuple[int, int, int, float]]) -> None:
    source, target = [a for a, _, _, _ in arcs], [a + step for a, step, _, _ in arcs]
    graph = graph_of(source, target, [label for _, _, label, _ in arcs], [p for *_, p in arcs], final=[7], nodes=8)
    root = ElementTree.fromstring(graph._repr_svg_())
    kinds = [element.tag.rpartition("}")[2] for element in root]
    assert kinds.count("path") == len(graph.source)
    assert kinds.count("circle") == int(graph.nodes[-1])


def test_what_is_too_large_says_so() -> None:
    assert "too many" in chain([1] * (MOST + 1))._repr_svg_()
