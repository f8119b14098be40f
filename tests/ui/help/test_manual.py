"""The manual in the program is that of the site, page by page."""

from pathlib import Path
from typing import Any

import yaml
from PySide6.QtGui import QTextDocument

from ui.help.manual import FOLDER, PAGES, manual, pages_with

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
