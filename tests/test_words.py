"""One word for one thing: what the glossary of the manual says not to use names nothing in the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def unwanted() -> set[str]:
    """The words, in small letters, of the glossary's last column; a name of several words counts as a whole."""
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    rows = [line.rstrip("| ").rsplit(" | ", 1)[-1] for line in glossary.splitlines() if line.startswith("| ")]
    return {word for row in rows for word in re.findall(r"`(\w+)`", row)}


def names(tree: ast.AST) -> Iterator[str]:
    """What a file itself names: classes, functions, arguments, variables."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def test_no_name_uses_a_word_that_the_glossary_rules_out() -> None:
    words = unwanted()
    assert len(words) >= 10
    found = []
    for path in sorted([ROOT / "main.py", *(ROOT / "recognizer").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]):
        for name in {path.stem, *names(ast.parse(path.read_text()))}:
            parts = {part.lower() for part in WORD.findall(name)}
            if words & parts or name.lower() in words:
                found.append(f"{path.relative_to(ROOT)}: {name}")
    assert found == []


def test_a_class_has_a_name_of_its_own() -> None:
    """But for the settings that each recipe has, and what only one file knows."""
    homes: dict[str, list[str]] = {}
    for path in sorted([*(ROOT / "recognizer").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert len(homes.pop("Settings")) > 10
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}


def test_a_name_is_taken_apart_into_its_words() -> None:
    tree = ast.parse("class HTMLShelf:\n    def best_route(self, MOST: int): self.standardText = 1")
    parts = {part.lower() for name in names(tree) for part in WORD.findall(name)}
    assert {"html", "shelf", "best", "route", "most", "standard", "text"} <= parts
