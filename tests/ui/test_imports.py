"""What holds for the imports of the window's files, those in functions and for types included."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[2]


def imports(package: str) -> dict[str, set[str]]:
    """What each module of a package imports, by name."""
    files = [ROOT / package, *(ROOT / package).rglob("*.py")]
    names = {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}
    return {name: _imported(file, set(names)) - {name} for name, file in names.items() if file.is_file()}


def _imported(file: Path, modules: set[str]) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (inner & modules) or {node.module}
    return found


def test_no_files_import_each_other_in_a_circle() -> None:
    arrows = imports("ui")
    list(TopologicalSorter({name: to & set(arrows) for name, to in arrows.items()}).static_order())


def test_the_model_has_no_widget() -> None:
    """Nor has anything that it imports."""
    arrows = imports("ui")
    seen, ahead = set(), {name for name in arrows if name.startswith("ui.model")}
    while ahead:
        seen |= ahead
        ahead = {to for name in ahead for to in arrows.get(name, ())} - seen
    assert not [name for name in seen if "PySide6.QtWidgets" in arrows.get(name, ())]
    assert len(seen) > 40
