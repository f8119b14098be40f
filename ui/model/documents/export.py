"""The results of a queue for other programs: CSV, or JSON as ``main.py read`` gives it and more."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from recognizer.errors import InputError
from recognizer.files import write_file
from ui.language import tr
from ui.model.documents.result import Row, State

COLUMNS = (
    "file",
    "page",
    "kind",
    "read",
    "text",
    "value",
    "currency",
    "confidence",
    "accepted",
    "corrected",
    "state",
    "decided_by",
    "decided_at",
    "flaws",
    "error",
)
FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for something to compute

Entry = dict[str, Any]


def write_results(path: Path, rows: Sequence[Row], thresholds: Mapping[str, float]) -> None:
    """Write rows as what the file's ending says. Raises OSError, InputError."""
    encode = ENCODERS.get(path.suffix.lower())
    if encode is None:
        raise InputError(
            tr("Results are saved as {kinds}, not as {name}.", kinds=" or ".join(ENCODERS), name=path.name)
        )
    write_file(path, encode([_entry(row, thresholds) for row in rows]).encode("utf-8", "backslashreplace"))


def _entry(row: Row, thresholds: Mapping[str, float]) -> Entry:
    result, state = row.result, row.state(thresholds)
    return {
        "file": str(result.place.file),
        "page": result.place.page,
        "kind": result.kind,
        "read": result.text,
        "text": row.text,
        "value": row.value,
        "currency": result.currency,
        "confidence": result.confidence,
        "accepted": state in (State.ACCEPTED, State.CORRECTED),
        "corrected": state is State.CORRECTED,
        "state": state.value,
        "decided_by": row.decided_by(thresholds),
        "decided_at": row.verdict.when if row.verdict is not None else "",
        "flaws": list(result.flaws),
        "error": result.error,
    }


def _as_csv(entries: list[Entry]) -> str:
    """With the mark by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for entry in entries:
        writer.writerow({name: _cell(value) for name, value in entry.items()})
    return "\ufeff" + out.getvalue()


def _cell(value: Any) -> str:
    """What a spreadsheet shows as it is, and computes nothing from."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return ""
    if isinstance(value, list):
        value = ", ".join(value)
    words = str(value)
    return f"'{words}" if words.startswith(FORMULAS) else words


def _as_json(entries: list[Entry]) -> str:
    return json.dumps(entries, indent=1) + "\n"


ENCODERS: dict[str, Callable[[list[Entry]], str]] = {".csv": _as_csv, ".json": _as_json}
