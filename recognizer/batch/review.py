"""What people decide about refused pages: asked for by whoever shows them, and taken into the results by the next run."""

import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from recognizer.batch.columns import DOUBTFUL, STATES, Row, is_row, row
from recognizer.batch.folder import load_manifest
from recognizer.batch.listing import is_remote
from recognizer.batch.parts import Parts

DECISIONS = "decisions.jsonl"  # lines are added at its end; the last one about a page counts
DECIDED = ("accepted", "corrected", "skipped")


def refused_files(folder: Path) -> list[Path]:
    """The files of this machine that hold pages which the reader has refused, whatever a person has decided since; each once.

    Raises InputError, OSError.
    """
    seen = dict[str, None]()
    for _number, rows in Parts(folder, load_manifest(folder)["format"]):
        seen |= dict.fromkeys(row["file"] for row in rows if row["reason"] == DOUBTFUL and not is_remote(row["file"]))
    return [Path(file) for file in seen]


def decision(file: Path, page: int, state: str | None, text: str, value: str | None) -> dict[str, Any]:
    """A line of the file of decisions: a page is ``accepted`` or ``corrected``, with what it says, or ``skipped``; None takes that
    back. It holds for the file as it is now. Raises OSError."""
    status = os.stat(file)
    when = datetime.now(UTC).isoformat(timespec="seconds")
    known = {"file": str(file), "size": status.st_size, "stamp": str(status.st_mtime_ns), "page": page}
    return known | {"state": state, "text": text, "value": value, "when": when}


def take_decisions(folder: Path, parts: Parts) -> None:
    """Bring the rows of refused pages to what was decided. Raises OSError."""
    decided = _decisions(folder / DECISIONS)
    if not decided:
        return
    for number, rows in parts:
        after = [_decided(row, decided.get(_place(row))) for row in rows]
        if after != rows:
            parts.replace(number, after)


def _decisions(path: Path) -> dict[tuple[Any, ...], Row]:
    """The last line about each page; a line that is none is passed over."""
    found: dict[tuple[Any, ...], Row] = {}
    if not path.is_file():
        return found
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            with suppress(ValueError, KeyError, TypeError, RecursionError):
                said = json.loads(line)
                decided = {name: said[name] for name in ("state", "text", "value")}
                if is_row(row(**decided | {"state": STATES[0]})):
                    found[_place(said)] = decided
    return found


def _place(row: Row) -> tuple[Any, ...]:
    return row["file"], row["size"], row["stamp"], row["page"]


def _decided(row: Row, said: Row | None) -> Row:
    if said is None or row["state"] not in ("refused", *DECIDED):
        return row
    if said["state"] not in DECIDED:  # taken back: the line says what the reader had said
        return row | said | {"state": "refused", "accepted": False, "corrected": False}
    known = {} if said["state"] == "skipped" else {"text": said["text"], "value": said["value"]}
    state = said["state"]
    return row | known | {"state": state, "accepted": state != "skipped", "corrected": state == "corrected"}
