"""Graphs as text, there and back; graphs that are none."""

import numpy as np
import pytest
from hypothesis import given

from recognizer.errors import InputError
from recognizer.gtn import Graph, Topology, batch, chain, from_json, from_openfst, graph_of, to_dot, to_json, to_openfst
from tests.recognizer.gtn.brute import graphs, words


@given(graphs())
def test_json_there_and_back(graph: Graph) -> None:
    twin = from_json(to_json(batch([graph, chain([7])])))
    assert words(twin, 0) == words(graph)
    assert words(twin, 1) == words(chain([7]))
    assert [o.tolist() for o in twin.origins] == []
    assert [o.tolist() for o in from_json(to_json(graph)).origins] == [o.tolist() for o in graph.origins]


@given(graphs())
def test_openfst_there_and_back(graph: Graph) -> None:
    assert words(from_openfst(to_openfst(graph))) == words(graph)


def test_openfst_acceptor_with_final_weights_and_cycle() -> None:
    graph = from_openfst("0 1 5 0.5\n1 1 6\n1 2 7 1e-1\n1 0.25\n2\n")
    assert graph.label.tolist() == [5, 6, 7, 0, 0]
    assert sorted(graph.penalty.tolist()) == pytest.approx([0, 0, 0.1, 0.25, 0.5])


@pytest.mark.parametrize("text", ["0 1 a 2 0.5\n1\n", "0 1\n1 x\n", "0 1 2 3 0.5\n"])
def test_what_is_no_openfst_text_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        from_openfst(text)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"source": 1}', '{"source": [0], "target": [5], "label": [1], '
                                  '"output": [1], "nodes": [0, 2], "penalty": [0], "origins": []}'])  # fmt: skip
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        from_json(text)


def test_a_drawing_names_labels() -> None:
    drawing = to_dot(graph_of([0, 0], [1, 1], [1, 2], [0.5, 1.0], output=[1, 0], final=[1]), {1: "a", 2: '"'})
    assert '0 -> 1 [label = "a 0.5"]' in drawing
    assert r'0 -> 1 [label = "\":ε 1"]' in drawing
    assert drawing.startswith("digraph {")


def test_repr_shows_sizes_and_arcs() -> None:
    assert repr(chain([3, 4])) == "Graph of 1: 3 nodes, 2 arcs\n  0 -> 1  3  0\n  1 -> 2  4  0"
    assert "88 more" in repr(chain([1] * 100))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"target": [1, 9]}, "Arc 1 .*leads out of its graph"),
        ({"label": [1, -1]}, "Arc 1 .*label below 0"),
        ({"penalty": [np.nan, 0.0]}, "Arc 0 .*no number"),
        ({"penalty": [0.0]}, "1 values in penalty"),
        ({"nodes": [0, 3, 3]}, "offsets"),
    ],
)
def test_check_names_the_arc(fields: dict, message: str) -> None:
    sound = {"source": [0, 1], "target": [1, 2], "label": [1, 2], "penalty": [0.0, 0.0], "nodes": [0, 3]}

    def check(penalty: list, **topology: list) -> None:
        Graph(Topology(**topology), penalty).check()

    check(**sound)
    with pytest.raises(InputError, match=message):
        check(**{**sound, **fields})


def test_building_names_the_arc() -> None:
    with pytest.raises(InputError, match="Arc 1"):
        graph_of([0, 5], [1, 1], [1, 1], final=[1], nodes=2)
    with pytest.raises(InputError, match="Arc 0"):
        graph_of([0], [1], [-3], final=[1])
    with pytest.raises(InputError, match="3 penalties for 1 arcs"):
        graph_of([0], [1], [1], [0.0, 1.0, 2.0], final=[1])
