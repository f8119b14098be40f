"""A function is read without scrolling, a file in one sitting."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FUNCTION, KERNEL, FILE = 60, 80, 400  # lines at most
KERNELS = {"kernel", "in_place", "inlined", "njit"}  # decorators of compiled loops, which calls would make slow


def _is_kernel(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    calls = (d.func if isinstance(d, ast.Call) else d for d in function.decorator_list)
    return any(isinstance(name, ast.Name) and name.id in KERNELS for name in calls)


def too_long(path: str, text: str) -> list[str]:
    """The file, and its functions, that have too many lines."""
    found = [path] if len(text.splitlines()) > FILE else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > (KERNEL if _is_kernel(node) else FUNCTION):
                found.append(f"{path} {node.name}")
    return found


@pytest.mark.parametrize(
    ("decorator", "most"), [("", FUNCTION), ("@kernel\n", KERNEL), ("@njit(cache=True)\n", KERNEL)]
)
def test_a_line_too_many_is_found(decorator: str, most: int) -> None:
    def lines(count: int) -> str:
        return f"{decorator}def work():\n" + "    pass\n" * (count - 1)

    assert too_long("a.py", lines(most)) == []
    assert too_long("a.py", lines(most + 1)) == ["a.py work"]
    assert too_long("a.py", "x = 1\n" * (FILE + 1)) == ["a.py"]


def test_no_function_and_no_file_is_long() -> None:
    files = [path for room in ("recognizer", "ui", "tests") for path in sorted((ROOT / room).rglob("*.py"))]
    assert [name for path in files for name in too_long(path.relative_to(ROOT).as_posix(), path.read_text())] == []
