"""Folders of images of writing with their texts: ``labels.csv`` (file, text, ..., perhaps split) beside ``images/``, of lines; or
pictures beside ``.txt`` of the same names, of pages."""

from dataclasses import dataclass
from pathlib import Path

from recognizer.errors import InputError
from recognizer.files import PAGE_ENDINGS, check_file
from recognizer.training.data.labelled_amounts import inside, rows_of

_LARGEST = 1_000_000  # bytes of the text of a page


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
    heading, *others = [row for _, row in rows_of(table)] or [[]]
    rows = [dict(zip(heading, row, strict=False)) for row in others]
    if not rows or not all({"file", "text"} <= row.keys() for row in rows):
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
    texts = {path.stem: path for path in data.glob("*.txt")}
    pictures = sorted(path for path in data.glob("*") if path.suffix.lower() in PAGE_ENDINGS and path.stem in texts)
    if not pictures:
        raise InputError(
            f"{data} has neither labels.csv beside images/ nor pictures with texts (.txt) of the same names."
        )
    return [LabelledImage(picture, _text(texts[picture.stem])) for picture in pictures]


def _text(path: Path) -> str:
    check_file(path, _LARGEST)
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The text {path} cannot be read: {error}.") from error
