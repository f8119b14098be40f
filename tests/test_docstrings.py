"""Public docstrings are complete: what arrays hold, in which shape, and what is raised."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHAPE = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
ARRAYS = re.compile(r"np\.ndarray|\bArray\b|\bTensor\b|\bPenalties\b")
SENTENCES = {"InputError", "NothingToRead", "Blank", "Unfit"}  # errors that are a person's, not the program's


def _named(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """The public classes and functions of a module, and of a class."""
    for part in getattr(node, "body", ()):
        if isinstance(part, ast.FunctionDef | ast.ClassDef) and not part.name.startswith("_"):
            yield part.name, part
            if isinstance(part, ast.ClassDef):
                yield from ((f"{part.name}.{name}", each) for name, each in _named(part))


def _public() -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef, str]]:
    """Each public name of `recognizer`, but for what is only timed, with its node and
    the docstrings around it: its own, its class's and its module's."""
    for path in sorted(set((ROOT / "recognizer").rglob("*.py")) - set((ROOT / "recognizer" / "bench").iterdir())):
        module = ast.parse(path.read_text(encoding="utf-8"))
        classes = {}
        for name, node in _named(module):
            assert isinstance(node, ast.FunctionDef | ast.ClassDef)
            if isinstance(node, ast.ClassDef):
                classes[name] = ast.get_docstring(node) or ""
            around = [ast.get_docstring(module) or "", classes.get(name.rpartition(".")[0], "")]
            if node.name == "forward":  # of a module of torch, which its class describes
                continue
            yield f"{path.relative_to(ROOT)}: {name}", node, "\n".join([ast.get_docstring(node) or "", *around])


def _is_compiled(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """A loop that is compiled has the arrays of the function that calls it."""
    return any("kernel" in ast.unparse(each) or "in_place" in ast.unparse(each) for each in node.decorator_list)


def test_every_public_name_has_a_docstring() -> None:
    assert [name for name, node, _ in _public() if not ast.get_docstring(node)] == []


def test_functions_of_arrays_give_shapes() -> None:
    lacking = []
    for name, node, words in _public():
        if isinstance(node, ast.FunctionDef) and not _is_compiled(node):
            arguments = [each.annotation for each in (*node.args.args, *node.args.kwonlyargs) if each.annotation]
            types = [ast.unparse(each) for each in (*arguments, node.returns) if each is not None]
            if any(map(ARRAYS.search, types)) and not SHAPE.search(words):
                lacking.append(name)
    assert lacking == []


def test_functions_say_what_sentences_they_raise() -> None:
    silent = []
    for name, node, words in _public():
        if isinstance(node, ast.FunctionDef):
            raised = {
                ast.unparse(each.exc.func)
                for each in ast.walk(node)
                if isinstance(each, ast.Raise) and isinstance(each.exc, ast.Call)
            }
            silent += [f"{name}: {error}" for error in raised & SENTENCES if error not in words]
    assert silent == []
