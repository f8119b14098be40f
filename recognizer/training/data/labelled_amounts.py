"""Folders of labelled amounts: ``labels.csv`` beside ``images/``, its columns file and text, and perhaps how the amount is written."""

import csv
import re
from pathlib import Path

from recognizer.errors import InputError
from recognizer.files import check_file
from recognizer.language.amount import value_of
from recognizer.language.money import DIGITS, RAISED

FEWEST = 50  # amounts that are worth training on
_LARGEST = 1_000_000_000  # bytes of a table


def labelled_files(data: Path) -> list[tuple[Path, str]]:
    """Image and text of every row of ``labels.csv`` in a folder, or of the table ``data`` itself, whose images lie beside it.

    Raises InputError where the table is missing, has no such columns or no heading, or names files outside of the folder.
    """
    table = table_of(data)
    folder = table.parent
    rows = rows_of(table)
    if len(rows) < 2 or any(len(row) < 2 for _, row in rows):
        raise InputError(f"{table} must have a heading and rows of two columns: file and text.")
    if (folder / "images" / rows[0][1][0]).is_file():
        raise InputError(f"{table} has no heading: its first line must name the columns, file and text.")
    return [(folder / "images" / inside(row[0], f"{table}, line {line}"), row[1]) for line, row in rows[1:]]


def table_of(data: Path) -> Path:
    """The table of labels in a folder, or ``data`` itself."""
    return data if data.is_file() else data / "labels.csv"


def as_written(data: Path) -> list[str] | None:
    """How the amount of every row is written, signs and all, where the table has a column ``written``."""
    (_, heading), *rows = rows_of(table_of(data))
    if "written" not in heading:
        return None
    column = heading.index("written")
    return [row[column] if len(row) > column else "" for _, row in rows]


def rows_of(table: Path) -> list[tuple[int, list[str]]]:
    """The rows of a table, its heading first, each with the line that it ends on.

    Raises InputError where it cannot be read, or a row has more columns than the heading.
    """
    check_file(table, _LARGEST)
    try:
        with table.open(newline="", encoding="utf-8-sig") as stream:
            reader = csv.reader(stream)
            rows = [(reader.line_num, row) for row in reader if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{table} cannot be read: {error}.") from error
    for line, row in rows:
        if len(row) > len(rows[0][1]):
            raise InputError(
                f"{table}, line {line}: {len(row)} columns where the heading has {len(rows[0][1])}. What holds a comma must stand in "
                'quotes, as "742,50".'
            )
    return rows


def inside(name: str, where: str) -> Path:
    """The path of a name, which stays below the folder that it is meant in. Raises InputError, naming ``where``, for others."""
    path = Path(name)
    if path.is_absolute() or path.drive or ".." in path.parts or "\0" in name:
        raise InputError(f"{where}: {name!r} leads out of the folder; images lie below it.")
    return path


def by_value(label: str) -> bool:
    """Is a label compared by its value? It is where it has a point with cents behind it; else only its digits are known."""
    return re.fullmatch(r".*[0-9]\.[0-9]{1,2}", label) is not None


def agrees(text: str, label: str) -> bool:
    """Does what a reader has read say what a label does?"""
    return value_of(text) == value_labelled(label) if by_value(label) else digits_of(text) == digits_of(label)


def value_labelled(label: str) -> str:
    """The value of a label that is compared by it, with two digits after the point."""
    dollars, _, cents = label.rpartition(".")
    return value_of(f"{digits_of(dollars)}.{digits_of(cents):0<2}")


def digits_of(text: str) -> str:
    """The digits of an amount, raised ones too; separators and fillers do not count."""
    return "".join(DIGITS[RAISED.index(each)] if each in RAISED else each for each in text if each in DIGITS + RAISED)
