"""The laws of the one way along origins; that there is no other: tests/recognizer/readers/test_trace.py."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recognizer.gtn import Graph, graph_of
from recognizer.gtn.origins import arcs_behind, arcs_made, made_as, made_through, renumbered


def chain_of(*origins: list[int]) -> list[Graph]:
    """Graphs of parallel arcs, each made from the one before it."""
    return [
        graph_of([0] * len(o), [1] * len(o), [1] * len(o), final=[1]).with_origins((np.array(o, np.int32),))
        for o in origins
    ]


@st.composite
def chains(draw: st.DrawFn) -> tuple[int, list[list[int]]]:
    """The number of arcs of the first graph's parent, and the origins of the graphs."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=2, max_size=5))
    return sizes[0], [draw(st.lists(st.integers(-1, m - 1), min_size=n, max_size=n)) for m, n in pairwise(sizes)]


def walked(origins: list[list[int]], arc: int) -> int:
    """The same by hand."""
    for of in reversed(origins):
        arc = of[arc] if arc >= 0 else -1
    return arc


@given(chains())
def test_back_is_one_step_after_the_other_and_none_stays_none(drawn: tuple[int, list[list[int]]]) -> None:
    _, origins = drawn
    graphs, count = chain_of(*origins), len(origins[-1])
    expected = [walked(origins, arc) for arc in range(count)]
    assert arcs_behind(*graphs).tolist() == expected
    assert arcs_behind(*graphs, arcs=np.array([-1, 0, -1])).tolist() == [-1, expected[0], -1]
    assert [int(arcs_behind(*graphs, arcs=np.asarray(arc))) for arc in range(count)] == expected


@given(chains())
def test_forward_is_the_inverse_of_back(drawn: tuple[int, list[list[int]]]) -> None:
    parents, origins = drawn
    graphs = chain_of(*origins)
    behind = arcs_behind(*graphs)
    for arc in range(parents):
        assert arcs_made(*graphs, arcs=np.asarray(arc)).tolist() == np.flatnonzero(behind == arc).tolist()
    some = np.array([parents - 1, -1, 0])
    assert arcs_made(*graphs, arcs=some).tolist() == np.flatnonzero(np.isin(behind, [0, parents - 1])).tolist()


def test_nothing_is_made_from_none_and_numbers_of_none_are_none() -> None:
    (graph,) = chain_of([-1, 0, -1])
    assert arcs_made(graph, arcs=np.array([-1])).tolist() == []
    assert renumbered(np.array([1, -1]), np.array([7, 5])).tolist() == [5, -1]
    assert renumbered(np.array([-1]), np.array([], np.int32)).tolist() == [-1]


def test_a_composition_is_made_through_its_left_side() -> None:
    left, found = chain_of([4, -1, 2], [0, 2, -1, 1])
    found = found.with_origins((found.origins[0], np.array([7, 8, 9, -1], np.int32)))
    behind, right = made_through(left, found).origins
    assert behind.tolist() == [4, 2, -1, -1]
    assert right.tolist() == [7, 8, 9, -1]


def test_a_part_is_made_from_all_that_the_whole_was_made_from() -> None:
    whole = graph_of([0, 0, 0], [1, 1, 1], [1, 2, 3], final=[1])
    whole = whole.with_origins((np.array([4, 5, -1], np.int32), np.array([7, 8, 9], np.int32)))
    (part,) = chain_of([2, 0])
    left, right = made_as(whole, part).origins
    assert left.tolist() == [-1, 4]
    assert right.tolist() == [9, 7]
