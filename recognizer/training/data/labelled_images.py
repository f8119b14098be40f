"""Folders of images of writing with their texts: ``labels.csv`` (file, text, ..., perhaps split) beside ``images/``, of lines; or
pictures beside ``.txt`` of the same names, of pages."""

import csv
from dataclasses import dataclass
from pathlib import Path

from recognizer.errors import InputError
from recognizer.training.data.labelled_amounts import inside


@dataclass(frozen=True)
class LabelledImage:
    """An image of writing, and what it says."""

    file: Path
    text: str


def labelled_images(data: Path, split: str) -> list[LabelledImage]:
    """The images of ``split`` in a folder, all where its table names no splits or ``split`` is "all".

    Raises InputError where table and texts are missing, the table has no columns file and text, or there are none of the split.
    """
    table = data / "labels.csv"
    if not table.exists():
        return _pages(data)
    try:
        with table.open(newline="", encoding="utf-8-sig") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{table} cannot be read: {error}.") from error
    if not rows or any(row.get("file") is None or row.get("text") is None for row in rows):
        raise InputError(f"{table} must have a heading and rows with the columns file and text.")
    found = [
        LabelledImage(data / "images" / inside(row["file"], str(table)), row["text"])
        for row in rows
        if split == "all" or row.get("split", split) == split
    ]
    if not found:
        raise InputError(f"There is no split '{split}' in {table}; use all.")
    return found


def _pages(data: Path) -> list[LabelledImage]:
    """Every picture of a folder that has a text beside it."""
    texts = sorted(data.glob("*.txt"))
    pages = [(picture, text) for text in texts for picture in sorted(data.glob(f"{text.stem}.*")) if picture != text]
    if not pages:
        raise InputError(
            f"{data} has neither labels.csv beside images/ nor pictures with texts (.txt) of the same names."
        )
    try:
        return [LabelledImage(picture, text.read_text("utf-8")) for picture, text in pages]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"A text in {data} cannot be read: {error}.") from error
