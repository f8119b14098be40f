"""Folders of images of lines with their texts: ``labels.csv`` (file, text, ..., perhaps split) beside ``images/``."""

import csv
from dataclasses import dataclass
from pathlib import Path

from recognizer.errors import InputError


@dataclass(frozen=True)
class LabelledLine:
    """An image of one line, and what it says."""

    file: Path
    text: str


def labelled_lines(data: Path, split: str) -> list[LabelledLine]:
    """The lines of ``split`` in a folder, all where its table names no splits or ``split`` is "all".

    Raises InputError where the table is missing or has no columns file and text, or none of the split.
    """
    table = data / "labels.csv"
    try:
        with table.open(newline="", encoding="utf-8") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{table} cannot be read: {error}.") from error
    if not rows or any(row.get("file") is None or row.get("text") is None for row in rows):
        raise InputError(f"{table} must have a heading and rows with the columns file and text.")
    found = [
        LabelledLine(data / "images" / row["file"], row["text"])
        for row in rows
        if split == "all" or row.get("split", split) == split
    ]
    if not found:
        raise InputError(f"There is no split '{split}' in {table}; use all.")
    return found
