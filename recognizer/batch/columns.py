"""The columns of results: a contract that other programs depend on (docs/batch.md says the same in a table)."""

import re
from typing import Any, Literal

Row = dict[str, Any]
Type = Literal["str", "int", "float", "bool", "list"]

# A name that is added goes to the end; none is taken away or changes its meaning without another number in the manifest.
CONTRACT = 1
COLUMNS: dict[str, Type] = {
    "file": "str",
    "page": "int",
    "kind": "str",
    "text": "str",
    "value": "str",
    "currency": "str",
    "confidence": "float",
    "accepted": "bool",
    "corrected": "bool",
    "state": "str",
    "reason": "str",
    "flaws": "list",
    "error": "str",
    "pages": "int",
    "left": "float",
    "top": "float",
    "right": "float",
    "foot": "float",
    "seconds": "float",
    "models": "str",
    "size": "int",
    "stamp": "str",
}
NULLABLE = frozenset({"value", "currency", "left", "top", "right", "foot"})
FORMATS = ("parquet", "jsonl", "csv")  # of the files that hold them
STATES = ("accepted", "refused", "corrected", "skipped", "blank", "failed")

DOUBTFUL = "doubtful"  # why a page was refused, which stays when a person has decided
# Why a page has failed. What could not be reached is tried again by the next run.
UNREACHABLE = "unreachable"
REASONS = {
    UNREACHABLE: "the file cannot be opened",
    "unreadable": "it is no picture, or a damaged one",
    "nothing": "no writing was found",
    "fault": "the program failed on it",
    "deadline": "reading took too long",
    "memory": "reading took too much memory",
    "crash": "reading it ended the process",
}

_HALF = re.compile("[\ud800-\udfff]")  # of a character: no file or table holds one
_TYPES: dict[Type, tuple[type, ...]] = {"int": (int,), "float": (float, int), "bool": (bool,)}
_EMPTY: dict[Type, Any] = {"str": "", "int": 0, "float": 0.0, "bool": False, "list": []}


def row(**known: Any) -> Row:
    """A row of all columns in their order; what is not known of it is empty."""
    empty = {name: None if name in NULLABLE else _EMPTY[kind] for name, kind in COLUMNS.items()}
    return empty | known


def is_row(entry: Any) -> bool:
    """Is this a row, of all columns and with values that can be counted and written?"""
    if not isinstance(entry, dict) or entry.keys() != COLUMNS.keys():
        return False
    fits = all(_fits(entry[name], kind) or (entry[name] is None and name in NULLABLE) for name, kind in COLUMNS.items())
    return fits and entry["state"] in STATES and (entry["state"] != "failed" or entry["reason"] in REASONS)


def _fits(value: Any, kind: Type) -> bool:
    if kind == "str":
        return isinstance(value, str) and not _HALF.search(value)
    if kind == "list":
        return isinstance(value, list) and all(_fits(each, "str") for each in value)
    return type(value) in _TYPES[kind] and (kind != "int" or abs(value) < 1 << 63)


def failed(page: int, reason: str, error: str, **known: Any) -> Row:
    """The row of a page that there is no answer for."""
    return row(page=page, state="failed", reason=reason, error=error, **({"pages": page} | known))
