"""Folders of labelled amounts: ``labels.csv`` beside ``images/``, its columns file and text."""

import csv
from pathlib import Path

from recognizer.errors import InputError
from recognizer.language.money import DIGITS, RAISED

FEWEST = 50  # amounts that are worth training on


def labelled_files(data: Path) -> list[tuple[Path, str]]:
    """Image and text of every row of ``labels.csv`` in a folder, or of the table ``data`` itself, whose images lie beside it.

    Raises InputError where the table is missing or has no such columns.
    """
    table, folder = (data, data.parent) if data.is_file() else (data / "labels.csv", data)
    try:
        with table.open(newline="", encoding="utf-8") as stream:
            rows = [row for row in csv.reader(stream) if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{table} cannot be read: {error}.") from error
    if len(rows) < 2 or any(len(row) < 2 for row in rows):
        raise InputError(f"{table} must have a heading and rows of two columns: file and text.")
    return [(folder / "images" / row[0], row[1]) for row in rows[1:]]


def digits_of(text: str) -> str:
    """The digits of an amount, raised ones too; separators and fillers do not count."""
    return "".join(DIGITS[RAISED.index(each)] if each in RAISED else each for each in text if each in DIGITS + RAISED)
