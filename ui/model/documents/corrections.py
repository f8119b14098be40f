"""Corrections of what was read on pages, collected for training: JSON lines, in the order in which they were made.

Each line is an object: ``file`` (path), ``page`` (from 1), ``kind`` (amount, cheque, text or number), ``read`` (what the reader
said), ``wanted`` (what the person said), ``when`` (ISO 8601, UTC) and ``digest`` (SHA-256 of what the file held). Of several lines
about a page the last one counts; ``wanted`` null takes it back.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from ui.model.documents.jsonl import append_lines, read_lines
from ui.model.documents.result import Result


@dataclass(frozen=True)
class CorrectionEntry:
    """One line of the file."""

    file: str
    page: int
    kind: str
    read: str
    wanted: str | None
    when: str
    digest: str = ""


def correction_of(result: Result, wanted: str | None) -> CorrectionEntry:
    """What a person says now about a result."""
    place, now = result.place, datetime.now(UTC).isoformat(timespec="seconds")
    return CorrectionEntry(str(place.file), place.page, result.kind, result.text, wanted, now, result.digest)


def append(path: Path, corrections: Sequence[CorrectionEntry]) -> None:
    """Add to the file. Raises OSError."""
    append_lines(path, map(asdict, corrections))


def load(path: Path) -> list[CorrectionEntry]:
    """The corrections that hold, in the order of pages' first lines; lines that are none are passed over. Raises OSError."""
    last: dict[tuple[str, str, int], CorrectionEntry] = {}
    for entry in read_lines(path):
        try:
            correction = CorrectionEntry(**entry)
            last[correction.file, correction.digest, correction.page] = correction
        except TypeError:
            continue
    return [correction for correction in last.values() if correction.wanted is not None]
