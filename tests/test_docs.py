"""The manual: it is built without a warning, holds every public name, and the README is short and leads to it."""

import ast
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_README = 6_000  # bytes


def public_names() -> Iterator[str]:
    """The classes and functions of `recognizer`, and the methods of the classes, whose names begin with no underscore."""
    for path in sorted((ROOT / "recognizer").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                yield f"{module}.{node.name}"
                for part in node.body if isinstance(node, ast.ClassDef) else ():
                    if isinstance(part, ast.FunctionDef) and not part.name.startswith("_"):
                        yield f"{module}.{node.name}.{part.name}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_public_name_stands_in_the_reference(site: Path) -> None:
    _, listed = (site / "objects.inv").read_bytes().split(b"zlib.\n", 1)
    known = {line.split(" ")[0] for line in zlib.decompress(listed).decode().splitlines()}
    names = set(public_names())
    assert len(names) > 1000
    assert names - known == set()


def test_every_page_is_found_by_its_words(site: Path) -> None:
    index = (site / "search" / "search_index.json").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert f'"{page.stem}.html"' in index


def test_the_readme_is_short_and_its_links_lead_somewhere() -> None:
    readme = (ROOT / "README.md").read_bytes()
    assert len(readme) <= LONGEST_README
    links = re.findall(r"\]\(([^)#]+)\)", readme.decode())
    assert len(links) > 10
    assert not [link for link in links if not (ROOT / link).exists()]


def test_the_manual_has_no_picture_that_is_not_shown() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md"))
    assert not [picture for picture in (ROOT / "docs" / "pictures").iterdir() if picture.name not in pages]
