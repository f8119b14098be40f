"""The one way along origins: its laws, and that there is no other."""

import ast
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.gtn import Graph, graph_of
from recognizer.readers.origins import arcs_behind, arcs_made, renumbered
from recognizer.readers.reading import STAGES, Reading

ROOT = Path(__file__).parents[3]
# Who may look at origins beside the one follower and the engine, whose backward passes they are, and why.
ALLOWED = {
    "recognizer/readers/origins.py": "follows them",
    "recognizer/language/text.py": "knows what the arcs of a language say, through compositions with it",
    "recognizer/readers/rescoring.py": "takes the second parent, beside the one that is followed",
    "recognizer/readers/chosen_field.py": "asks which arcs `keep` has left, to number them anew",
}


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


def test_a_trace_is_followed_between_any_two_stages(reading: Reading) -> None:
    trace = reading.trace
    assert trace.names == tuple(name for name in STAGES if name in trace.names)
    for k, start in enumerate(trace.names):
        graph = trace.graph(start)
        everything = np.arange(len(graph.source))
        np.testing.assert_array_equal(trace.follow(start, start), everything)
        for end in trace.names[:k]:
            behind = trace.follow(start, end)
            assert behind.shape == everything.shape
            for arc in np.unique(behind[behind >= 0]).tolist():
                assert trace.follow(end, start, arc).tolist() == np.flatnonzero(behind == arc).tolist()
            thread = trace.thread(start)[trace.names.index(end)]
            assert thread.tolist() == behind[behind >= 0].tolist()


def test_a_stage_put_anew_forgets_what_was_made_from_the_old_one(reading: Reading) -> None:
    trace = reading.trace.with_stage("interpretation", reading.trace.interpretation)
    assert trace.names == reading.trace.names[:-1]
    again = trace.with_stage("best path", reading.trace.best_path)
    assert [stage.graph for stage in again.stages] == [stage.graph for stage in reading.trace.stages]


def _reads_origins(file: Path) -> bool:
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return any(isinstance(node, ast.Attribute) and node.attr == "origins" for node in nodes)


def test_nobody_else_walks_along_origins() -> None:
    files = [*(ROOT / "recognizer").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    walking = {file.relative_to(ROOT).as_posix() for file in files if _reads_origins(file)}
    assert {file for file in walking if not file.startswith("recognizer/gtn/")} == ALLOWED.keys()


@pytest.mark.parametrize("folder", ["recognizer", "ui"])
def test_stages_are_asked_for_by_name(folder: str) -> None:
    """Nobody counts them, which are more on cheques."""
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            counted = isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant | ast.UnaryOp)
            if counted and isinstance(node.value, ast.Attribute | ast.Name):
                name = node.value.attr if isinstance(node.value, ast.Attribute) else node.value.id
                assert name != "stages", f"{file.relative_to(ROOT)}:{node.lineno}"
