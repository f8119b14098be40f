"""The page about batches says what is true of their columns."""

import re
from pathlib import Path

from recognizer.batch.columns import COLUMNS, NULLABLE, REASONS

PAGE = (Path(__file__).parents[3] / "docs" / "batch.md").read_text()
_ROW = re.compile(r"^\| (`\w+`(?:, `\w+`)*) \| ([^|]*) \|", re.MULTILINE)


def _table(heading: str) -> list[tuple[str, str]]:
    """First and second column of the table below a heading; several names in one cell are a row each."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [(name, second) for names, second in _ROW.findall(section) for name in re.findall(r"\w+", names)]


def test_the_columns_stand_on_the_page() -> None:
    types = [(name, kind + (", null" if name in NULLABLE else "")) for name, kind in COLUMNS.items()]
    assert [(name, kind.replace("list of str", "list")) for name, kind in _table("Columns")] == types


def test_the_reasons_stand_on_the_page() -> None:
    assert [name for name, _ in _table("What goes wrong with a page")] == list(REASONS)
