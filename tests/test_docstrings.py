"""Public docstrings are complete: what arrays hold, in which shape, and what is raised."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
IN_BRACKETS = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
MOST_WORDS = 3  # of a dimension
ARRAYS = re.compile(r"np\.ndarray|\bArray\b|\bTensor\b|\bPenalties\b")
# Where the 1998 paper has what a file is about.
PAPER = {
    "comparison/linear.py": "section III-C-1",
    "comparison/local.py": "section III-C-8",
    "comparison/neighbours.py": "section III-C-2",
    "comparison/support.py": "section III-C-5",
    "gtn/compose.py": "section VIII",
    "gtn/criteria.py": "section VI",
    "gtn/forward.py": "section VI-C",
    "gtn/graph.py": "section IV-C",
    "gtn/transduction.py": "section VIII",
    "gtn/viterbi.py": "section V-B",
    "ink/amap.py": "section IX-A",
    "ink/lines.py": "section IX-A",
    "ink/word_amap.py": "section IX-A",
    "language/amount.py": "section X-A",
    "networks/curvature.py": "appendix C",
    "networks/displacement.py": "section VII",
    "networks/layers.py": "appendix A",
    "networks/lenet1.py": "section III-C-7",
    "networks/lenet4.py": "section III-C-8",
    "networks/lenet5.py": "section II-B",
    "networks/levenberg.py": "appendix C",
    "networks/losses.py": "section II-C",
    "page/fields.py": "section X-B",
    "readers/cheque.py": "section X",
    "readers/displacement.py": "section VII",
    "readers/learning.py": "section VI",
    "readers/trust.py": "section III-D",
    "segments.py": "section V-A",
    "training/learning/by_pattern.py": "appendix C",
    "training/learning/globally.py": "section VI",
}
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


def _gives_a_shape(words: str) -> bool:
    """Is there a pair of brackets with dimensions, of which "..." are any? A shape has a comma: (n,), (H, W)."""
    inside = [found.split(",") for found in IN_BRACKETS.findall(words) if "," in found or "..." in found]
    return any(all(len(dimension.split()) <= MOST_WORDS for dimension in dimensions) for dimensions in inside)


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
            if any(map(ARRAYS.search, types)) and not _gives_a_shape(words):
                lacking.append(name)
    assert lacking == []


def test_functions_say_what_they_raise() -> None:
    """Of those that raise an error of their own; what only a subclass would do is none."""
    silent = []
    for name, node, words in _public():
        if isinstance(node, ast.FunctionDef):
            found = [each.exc for each in ast.walk(node) if isinstance(each, ast.Raise) and each.exc is not None]
            named = {ast.unparse(each.func if isinstance(each, ast.Call) else each) for each in found}
            errors = {each for each in named if each[0].isupper()} - {"NotImplementedError"}
            within = {
                ast.unparse(each.type)
                for each in ast.walk(node)
                if isinstance(each, ast.ExceptHandler) and each.type is not None
            }
            caught = errors - SENTENCES if "Exception" in within else errors & within
            silent += [f"{name}: {error}" for error in errors - caught if error not in words]
    assert silent == []


def test_what_is_of_the_paper_says_where_it_stands_there() -> None:
    lacking = []
    for file, section in PAPER.items():
        module = ast.parse((ROOT / "recognizer" / file).read_text(encoding="utf-8"))
        told = [ast.get_docstring(module) or "", *(ast.get_docstring(node) or "" for _name, node in _named(module))]
        lacking += [file] if not any(section in words for words in told) else []
    assert lacking == []
