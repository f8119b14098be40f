"""The manual in the program is that of the site, page by page; in other languages some pages are translated."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from PySide6.QtGui import QTextDocument

from ui.help.manual import FOLDER, PAGES, manual, pages_with
from ui.language import ENGLISH, NAMES, speak, translations

ROOT = Path(__file__).parents[3]


def _names(nav: Any) -> list[str]:
    if isinstance(nav, str):
        return [nav.removesuffix(".md")]
    values = nav.values() if isinstance(nav, dict) else nav
    return [name for value in values for name in _names(value)]


def test_its_pages_are_those_of_the_site_in_their_order() -> None:
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    assert list(PAGES) == [name for name in _names(nav) if name != "index"]


def test_every_page_has_a_title_and_its_text_and_pictures_that_are_there() -> None:
    pages = manual()
    assert len({page.title for page in pages}) == len(pages)
    for page in pages:
        assert 0 < len(page.title) < 50
        assert "--8<--" not in page.text
        document = QTextDocument()
        document.setMarkdown(page.text)
        assert document.toPlainText().startswith(page.title)
        for part in page.text.split("](pictures/")[1:]:
            assert (FOLDER / "pictures" / part.partition(")")[0]).is_file()


def test_pages_are_found_by_all_words() -> None:
    pages = manual()
    assert pages_with(pages, "") == pages
    for wanted in ("acceptance", "CHEQUE amount", "safetensors"):
        found = pages_with(pages, wanted)
        assert 0 < len(found) < len(pages)
        words = wanted.casefold().split()
        assert all((page in found) == all(word in page.text.casefold() for word in words) for page in pages)


TRANSLATED = sorted(file for language in NAMES for file in (FOLDER / language).glob("*.md"))


@pytest.mark.parametrize("file", TRANSLATED, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_translated_page_has_the_parts_of_the_english_one(file: Path) -> None:
    assert _parts(file.read_text(encoding="utf-8")) == _parts((FOLDER / file.name).read_text(encoding="utf-8"))


def _parts(text: str) -> dict[str, object]:
    """What is the same in every language: how many headings, rows, points, blocks of code and commands, which pictures and pages."""
    counted = {name: len(re.findall(form, text, re.MULTILINE)) for name, form in _FORMS.items()}
    return counted | {"pictures": re.findall(r"\]\(pictures/(.*?)\)", text)}


_FORMS = {"headings": r"^#+ ", "rows": r"^\|", "points": r"^- ", "code": r"^```", "commands": r"^inklattice "}


def test_the_window_shows_pages_in_its_language_where_there_are_any() -> None:
    english = {page.name: page.title for page in manual()}
    speak("de")
    try:
        german = {page.name: page.title for page in manual()}
    finally:
        speak(ENGLISH)
    assert {name for name in PAGES if german[name] != english[name]} == {file.stem for file in TRANSLATED}
    assert german["cheques"] == "Schecks und Stapel"


@pytest.mark.parametrize(
    "file", [*sorted(FOLDER.glob("*.md")), *TRANSLATED], ids=lambda file: f"{file.parent.name}-{file.stem}"
)
def test_commands_that_a_page_names_are_those_of_the_window(file: Path) -> None:
    texts = json.loads(translations("de").read_text(encoding="utf-8"))["texts"]
    known = {re.sub("[&…]", "", text) for text in (texts.values() if file.parent.name == "de" else texts)}
    menus = {
        "File",
        "Edit",
        "View",
        "Reading",
        "Documents",
        "Help",
        "Datei",
        "Bearbeiten",
        "Ansicht",
        "Lesen",
        "Dokumente",
        "Hilfe",
    }
    found = re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", file.read_text(encoding="utf-8"))
    named = [" ".join(name.split()).split(", ", 1) for name in found]
    assert [path for path in named if path[0] in menus and not set(path) <= known] == []
