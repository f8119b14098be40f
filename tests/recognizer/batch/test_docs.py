"""The page about batches says what is true of their columns."""

import re
from pathlib import Path

from recognizer.batch.columns import COLUMNS, NULLABLE, REASONS

PAGE = Path(__file__).parents[3] / "docs" / "batch.md"


def test_the_columns_and_reasons_stand_on_the_page() -> None:
    told: dict[str, str] = {}
    for names, kind in re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| (\w[\w ,]*) \|", PAGE.read_text(), re.MULTILINE):
        told |= dict.fromkeys(re.findall(r"\w+", names), kind)
    types = {name: kind + (", null" if name in NULLABLE else "") for name, kind in COLUMNS.items()}
    told = {name: kind.replace("list of str", "list") for name, kind in told.items()}
    assert [*told.items()] == [*types.items()]
    reasons = re.findall(r"^\| `(\w+)` \| ([^|]*) \|$", PAGE.read_text(), re.MULTILINE)
    assert [name for name, _ in reasons] == list(REASONS)
