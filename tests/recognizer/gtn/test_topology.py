"""What graphs share that differ in their penalties alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.errors import InputError
from recognizer.gtn import Graph, Topology, batch, compose, project, viterbi
from tests.recognizer.gtn.brute import graphs


@given(graphs())
def test_what_is_found_out_about_a_topology_is_found_out_once(graph: Graph) -> None:
    dearer = graph.with_penalty(np.asarray(graph.penalty) + 1)
    viterbi(graph), compose(graph, graph)
    assert dearer.topology is graph.topology
    assert dearer.topology.runs is graph.topology.runs
    assert dearer.topology.left_side is graph.topology.left_side
    assert dearer.topology.right_side is graph.topology.right_side


@given(graphs(), st.randoms(use_true_random=False))
def test_runs_hold_arcs_of_one_source_and_target_in_sequence(graph: Graph, random) -> None:  # type: ignore[no-untyped-def]
    order = list(range(len(graph.source)))
    random.shuffle(order)
    topology = Topology(graph.source[order], graph.target[order], graph.label[order], graph.nodes)
    runs = topology.runs
    values = np.arange(len(order), dtype=np.float32)
    assert runs.restored(runs.ordered(values)).tolist() == values.tolist()
    arcs = np.diff(runs.first)
    assert runs.ordered(topology.source).tolist() == np.repeat(runs.source, arcs).tolist()
    assert runs.ordered(topology.target).tolist() == np.repeat(runs.target, arcs).tolist()
    left: set[int] = set()
    for source, target in zip(runs.source.tolist(), runs.target.tolist(), strict=True):
        left.add(source)
        assert target not in left


@given(graphs(), graphs())
def test_labels_of_a_composition_are_those_of_the_arcs_it_was_made_from(left: Graph, right: Graph) -> None:
    made = compose(left, right)
    of_left, of_right = made.origins
    assert made.label.tolist() == [left.label[a] if a >= 0 else 0 for a in of_left]
    assert made.output.tolist() == [right.output[b] if b >= 0 else 0 for b in of_right]


@given(graphs(), graphs())
def test_a_batch_is_an_acceptor_where_all_its_graphs_are(one: Graph, other: Graph) -> None:
    both = batch([one, other])
    assert both.topology.is_acceptor == (one.topology.is_acceptor and other.topology.is_acceptor)
    assert project(both).topology.is_acceptor


def test_the_arc_that_goes_back_is_named() -> None:
    with pytest.raises(InputError, match="Arc 1 goes from node 2 back to node 1"):
        _ = Topology([0, 2], [1, 1], [1, 1], [0, 3]).sequence
