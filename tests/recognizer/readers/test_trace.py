"""A trace is followed from any stage to any other, and nobody walks along origins beside that."""

import ast
from pathlib import Path

import numpy as np
import pytest

from recognizer.readers.reading import STAGES, Reading

ROOT = Path(__file__).parents[3]
# Who may look at origins beside the one follower and the engine, whose backward passes they are, and why.
ALLOWED = {
    "recognizer/language/text.py": "knows what the arcs of a language say, through compositions with it",
    "recognizer/readers/rescoring.py": "takes the second parent, beside the one that is followed",
    "recognizer/readers/chosen_field.py": "asks which arcs `keep` has left, to number them anew",
}


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
