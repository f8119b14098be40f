"""No circle of imports between the files of the program; imports inside functions and those for types alone count too."""

import ast
from pathlib import Path

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

ROOT = Path(__file__).parents[1]


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(tree: ast.AST, modules: set[str] | dict[str, ast.Module]) -> set[str]:
    """The modules that a file names in its imports, wherever they stand in it."""
    named: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            inside = {alias.name: f"{node.module}.{alias.name}" for alias in node.names}
            named |= {full if full in modules else node.module for full in inside.values()}
    return {name for name in named if name in modules}


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """The strongly connected components of two files or more."""
    names = sorted(graph)
    number = {name: k for k, name in enumerate(names)}
    edges = [(number[a], number[b]) for a, found in graph.items() for b in found]
    rows, columns = np.array(edges, np.int32).reshape(-1, 2).T
    links = coo_matrix((np.ones(len(rows)), (rows, columns)), (len(names), len(names)))
    count, component = connected_components(links, connection="strong")
    members = [[name for name, k in zip(names, component, strict=True) if k == c] for c in range(count)]
    return [m for m in members if len(m) > 1]


def test_a_circle_is_found_wherever_its_imports_stand() -> None:
    sources = {
        "a": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from b import Thing",
        "b": "def work():\n    import c",
        "c": "from a import other",
        "d": "import a",
    }
    graph = {name: imports(ast.parse(text), set(sources)) for name, text in sources.items()}
    assert circles(graph) == [["a", "b", "c"]]


def test_no_file_imports_itself_by_way_of_others() -> None:
    files = [path for room in ("recognizer", "ui") for path in (ROOT / room).rglob("*.py")]
    trees = {_name(path): ast.parse(path.read_text()) for path in files}
    graph = {name: imports(tree, trees) for name, tree in trees.items()}
    assert circles(graph) == []
