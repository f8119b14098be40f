"""What the model of the window imports; see also the contracts in pyproject.toml."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]


def imports(file: Path) -> set[str]:
    """All modules that a file may import, in functions and for types too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_the_model_has_no_widget() -> None:
    """Nor has anything of the window that it imports."""
    arrows = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts): imports(file) for file in (ROOT / "ui").rglob("*.py")
    }
    seen, ahead = set[str](), {name for name in arrows if name.startswith("ui.model")}
    while ahead:
        seen |= ahead
        ahead = {to for name in ahead for to in arrows[name] if to in arrows} - seen
    assert len(seen) > 40
    assert not [name for name in seen if "PySide6.QtWidgets" in arrows[name]]
