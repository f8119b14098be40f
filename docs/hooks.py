"""What the manual is made of beside its pages: the reference, a page for each room of `recognizer`, and the notebooks."""

import ast
import json
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[1]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made."""
    pages = {f"reference/{name}.md": reference(name, modules) for name, modules in rooms().items()}
    notebooks = sorted((ROOT / "docs" / "tutorials").glob("*.ipynb"))
    tutorials = {f"tutorials/{path.stem}.md": as_markdown(path.read_text(encoding="utf-8")) for path in notebooks}
    for name, text in (pages | tutorials).items():
        files.append(File.generated(config, name, content=text))
    picture = ROOT / "resources" / "pictures" / "window.png"
    files.append(File.generated(config, f"pictures/{picture.name}", abs_src_path=str(picture)))
    if config.nav is not None:
        config.nav += [{"Tutorials": [*tutorials]}] if tutorials else []
        config.nav += [{"Reference": [{Path(name).stem: name} for name in pages]}]
    return files


def rooms() -> dict[str, list[str]]:
    """The modules of each room of `recognizer`, and of what its rooms share."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "recognizer").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        room = "recognizer" if len(parts) == 2 else ".".join(parts[:2])
        if room == "recognizer" or path.name != "__init__.py" or defines(path):
            found.setdefault(room, []).append(name)
    return found


def defines(path: Path) -> bool:
    """Whether a file has names of its own, and does not only hand on those of others."""
    nodes = ast.parse(path.read_text(encoding="utf-8")).body
    return any(isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_" for node in nodes)


def reference(room: str, modules: list[str]) -> str:
    """A page that asks for the docstrings of each module."""
    return "\n\n".join([f"# {room}", *(f"## {module}\n\n::: {module}" for module in modules)])


def as_markdown(notebook: str) -> str:
    """The cells of a notebook one after the other."""
    cells = json.loads(notebook)["cells"]
    texts = [("".join(cell["source"]), cell["cell_type"]) for cell in cells]
    return "\n\n".join(text if kind == "markdown" else f"```python\n{text}\n```" for text, kind in texts)
