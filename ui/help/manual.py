"""The manual as text: its pages, which lie beside the program in every form that it is installed in, and where words stand in them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import recognizer
from ui.language import spoken
from ui.locations import RESOURCES

FOLDER = RESOURCES.parent / "docs"
# In the order of the site that `make docs` builds of the same files.
PAGES = (
    "first-ten-minutes",
    "writing",
    "cheques",
    "pages",
    "batch",
    "teaching",
    "lattice",
    "formats",
    "accepted",
    "limits",
    "models",
    "python",
    "graphs",
    "building",
    "glossary",
    "dependencies",
)
INCLUDED = re.compile(r'--8<-- "(.*)"')  # as the site's generator has it, by paths from where the package is


@dataclass(frozen=True)
class ManualText:
    """A page of Markdown, and the file's name without its ending."""

    name: str
    title: str
    text: str


def manual() -> list[ManualText]:
    """All pages, in the language that is spoken where they are written in it, else in English."""
    return [_page(name, _text(_file(name))) for name in PAGES]


def _file(name: str) -> Path:
    translated = FOLDER / spoken() / f"{name}.md"
    return translated if translated.exists() else FOLDER / f"{name}.md"


def _page(name: str, text: str) -> ManualText:
    title = text.partition("\n")[0].lstrip("# ").replace("`", "")
    return ManualText(name, title, text)


def _text(path: Path) -> str:
    root = Path(recognizer.__file__).resolve().parents[1]
    text = path.read_text(encoding="utf-8")
    return INCLUDED.sub(lambda found: (root / found[1]).read_text(encoding="utf-8"), text)


def pages_with(pages: Iterable[ManualText], wanted: str) -> list[ManualText]:
    """The pages that hold all the words, or parts of words."""
    words = wanted.casefold().split()
    return [page for page in pages if all(word in page.text.casefold() for word in words)]
