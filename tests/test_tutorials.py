"""The notebooks of the manual run from their first cell to their last, each in a process of its own, and hold what they claim."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "docs" / "tutorials").glob("*.ipynb"))


def cells(notebook: Path, kind: str) -> list[str]:
    every = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in every if cell["cell_type"] == kind]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(notebook: Path) -> None:
    code = "\n".join(cells(notebook, "code"))
    assert "assert " in code, "a tutorial that claims nothing cannot be wrong"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_what_it_printed(notebook: Path) -> None:
    every = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    assert every[0]["source"][0].startswith("# "), "a title"
    assert not [cell for cell in every if cell.get("outputs") or cell.get("execution_count")]
