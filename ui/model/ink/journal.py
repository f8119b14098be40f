"""A sheet of ink as a journal of its changes: what is kept costs what has changed, however large the sheet is.

The file is JSON lines. Each is an object that says what took the place of a part of the row of strokes: ``at`` and ``out``, where
the part begins and how many strokes it has; ``in``, the strokes that come there, each the number of one that was told before, or an
object with a number (``id``), ``points`` (base64 of n x 3 float32: x right [px], y down [px], t [s]), ``pressures`` (likewise, n;
or null), ``writing``, and the ``pen`` as its colour and width where it is not the usual one. And ``words``, where the user says
what some write: pairs of numbers of strokes and a text, or null where that was taken back. A crash costs the line that was being
written and no other.
"""

import json
import os
import re
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from recognizer.files import make_private, read_source, settle, unfinished
from ui.model.ink.document import USUAL, WIDTHS, Content, Pen, Stroke

ENDING = ".journal"
MOST_BYTES = 100_000_000
MOST_STROKES, MOST_LINES = 100_000, 1_000_000  # of a file that is read: some dozens of pages
MOST_MOVED = 1_000_000_000  # strokes, by all changes that are made before the end of the row
MOST_OF_WORD, MOST_TEXT = 1_000, 10_000  # strokes of a corrected word, and characters of what it says
LEAST_FOLDED = 1 << 16  # bytes of changes that are worth folding
GROWTH = 2  # a journal is folded once it is so many times as long as it was when it was folded last


class InkJournal:
    """The file of one sheet. What is written outlives the program at once, and a power cut once it is settled; a disk may take
    seconds for that, so that another thread may do it while this one writes on. What fails is as if it had not been tried."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._said: _Changes | None = None  # nothing that is known
        self._content = Content()  # what was written last
        self._writing, self._settling = threading.Lock(), threading.Lock()

    def write(self, content: Content) -> None:
        """Let the file say this. Raises OSError."""
        with self._writing:
            if self._said is not None and self._said.is_there():
                self._said.add(content)
            else:
                with _beside(self.path) as changes:
                    changes.add(content)
                    changes.take_place_of(self.path)
                self._said = changes
            self._content = content

    def settle(self) -> bool:
        """What was written before this is on the disk after it, folded where it has grown too long; or else it must be written
        again. Raises OSError."""
        with self._settling:
            with self._writing:
                said, content = self._said, self._content
            if said is None:
                return not content.strokes
            try:
                if said.is_long():
                    self._fold(said, content)
                else:
                    said.settle()
            except FileNotFoundError:  # it was retired meanwhile
                return False
            except OSError:
                with self._writing:
                    self._said = None  # nobody knows what became of it: all of it is written anew
                raise
            return True

    def retire(self, path: Path) -> None:
        """Put the file elsewhere, if there is one. Raises OSError."""
        with self._writing:
            self._said, self._content = None, Content()
            if self.path.exists():
                os.replace(self.path, path)

    def _fold(self, long: "_Changes", content: Content) -> None:
        """All of it in one change, in place of the changes that led to it; the changes that come meanwhile after it."""
        with _beside(self.path) as changes:
            changes.add(content)
            changes.folded = changes.length
            changes.settle()
            with self._writing:
                if self._said is long and long.is_there():
                    changes.add(self._content)
                    changes.take_place_of(self.path)
                    self._said = changes


class _Changes:
    """A file, and what it says."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # Bytes that are known to be in the file: now, when folded, on the disk.
        self.length = self.folded = self._settled = 0
        self._row: tuple[Stroke, ...] = ()
        self._numbers: dict[Stroke, int] = {}
        self._words: dict[frozenset[Stroke], str] = {}

    def is_there(self) -> bool:
        return self._path.is_file() and self._path.stat().st_size >= self.length

    def is_long(self) -> bool:
        return self.length > GROWTH * self.folded + LEAST_FOLDED

    def add(self, content: Content) -> None:
        """What has changed, at the end of what is known to be there. Raises OSError."""
        new = dict.fromkeys(stroke for stroke in content.strokes if stroke not in self._numbers)
        numbers = {stroke: number for number, stroke in enumerate(new, len(self._numbers))}
        words = _known(content, {*content.strokes, *self._numbers})
        entry = _change(self._row, content.strokes, self._numbers, numbers)
        said = {word: words.get(word) for word in {**self._words, **words} if words.get(word) != self._words.get(word)}
        if self.length and not entry and not said:
            return
        line = _line(entry, said, {**self._numbers, **numbers} if said else {})
        with self._path.open("r+b") as file:
            file.truncate(self.length)
            file.seek(self.length)
            file.write(line)
        self.length += len(line)
        self._numbers.update(numbers)
        self._row, self._words = content.strokes, words

    def settle(self) -> None:
        """Raises OSError."""
        length = self.length
        if length > self._settled:
            with self._path.open("r+b") as file:
                os.fsync(file.fileno())
            settle(self._path.parent)
            self._settled = length

    def take_place_of(self, path: Path) -> None:
        """Raises OSError."""
        os.replace(self._path, path)
        self._path = path


@contextmanager
def _beside(path: Path) -> Iterator[_Changes]:
    """Changes in a file that may take the place of this one, or else is gone. Raises OSError."""
    helper = unfinished(path)
    try:
        make_private(helper)
        yield _Changes(helper)
    finally:
        with suppress(OSError):
            helper.unlink()


def is_journal(path: Path) -> bool:
    """Is it one, by its name, or the last version of one?"""
    return path.name.removesuffix("~").endswith(ENDING)


def read_journal(path: Path) -> tuple[Content, bool]:
    """The sheet as it was at last, and whether all lines could be read but a last one that was broken off. What is damaged is left
    out. Raises InputError where there is no such file."""
    data, _name = read_source(path, MOST_BYTES, "ink")
    lines = data.split(b"\n", MOST_LINES)
    reader = _Reader()
    damaged = [line for line in lines[:-1] if not reader.take(line)]
    reader.take(lines[-1])
    return Content(tuple(reader.row), reader.words), not damaged and len(lines) <= MOST_LINES


def _known(content: Content, strokes: "set[Stroke] | dict[Stroke, int]") -> dict[frozenset[Stroke], str]:
    """The corrections of words whose strokes have numbers."""
    return {word: text for word, text in content.corrections.items() if word and all(s in strokes for s in word)}


def _change(
    before: tuple[Stroke, ...], after: tuple[Stroke, ...], old: Mapping[Stroke, int], new: Mapping[Stroke, int]
) -> dict[str, Any]:
    """The part of the row that is another; strokes that are ``new`` are told."""
    shorter = min(len(before), len(after))
    start = next((k for k in range(shorter) if before[k] is not after[k]), shorter)
    left = shorter - start
    end = next((k for k in range(left) if before[-1 - k] is not after[-1 - k]), left)
    if start == len(before) == len(after):
        return {}
    come = after[start : len(after) - end]
    written: set[Stroke] = set()
    entries: list[Any] = []
    for stroke in come:
        entries.append(
            old.get(stroke, new.get(stroke)) if stroke in old or stroke in written else _entry(stroke, new[stroke])
        )
        written.add(stroke)
    return {"at": start, "out": len(before) - start - end, "in": entries}


def _entry(stroke: Stroke, number: int) -> dict[str, Any]:
    import numpy as np

    pressures = None if stroke.pressures is None else b64encode(np.asarray(stroke.pressures, "<f4").tobytes()).decode()
    points = b64encode(np.asarray(stroke.points, "<f4").tobytes()).decode()
    entry = {"id": number, "points": points, "pressures": pressures, "writing": stroke.writing}
    return entry if stroke.pen == USUAL else entry | {"pen": stroke.pen}


def _line(entry: dict[str, Any], words: Mapping[frozenset[Stroke], str | None], numbers: Mapping[Stroke, int]) -> bytes:
    said = [[sorted(numbers[stroke] for stroke in word), text] for word, text in words.items()]
    return json.dumps(entry | ({"words": said} if said else {}), separators=(",", ":")).encode() + b"\n"


def _is_bounded(line: bytes) -> bool:
    """Is what JSON makes of a line no more than a sheet?"""
    return line.count(b"{") + line.count(b"[") <= 4 * MOST_STROKES and line.count(b",") <= 20 * MOST_STROKES


class _Reader:
    """Goes through the changes of a journal, and leaves out what no sheet needs."""

    def __init__(self) -> None:
        self.row: list[Stroke] = []
        self.words: dict[frozenset[Stroke], str] = {}
        self._strokes: dict[int, Stroke] = {}
        self._moved = 0

    def take(self, line: bytes) -> bool:
        """Make the change of a line, or as much of it as can be read; was that all?"""
        if not line.strip():
            return True
        try:
            if not _is_bounded(line):
                return False
            entry = json.loads(line)
            start, out = int(entry.get("at", 0)), int(entry.get("out", 0))
            come = [self._stroke(each) for each in entry.get("in", ())]
            words = [([self._strokes.get(number) for number in word], text) for word, text in entry.get("words", ())]
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            return False
        known = [stroke for stroke in come if stroke is not None]
        fits = self._has_room(start, out, len(known))
        if fits:
            self.row[start : start + out] = known
        said = [
            self._say(frozenset(stroke for stroke in strokes if stroke is not None), text) for strokes, text in words
        ]
        return fits and all(said) and len(known) == len(come)

    def _has_room(self, start: int, out: int, new: int) -> bool:
        behind = max(len(self.row) - start, 0)
        self._moved += behind
        return (
            min(start, out) >= 0
            and len(self.row) - min(out, behind) + new <= MOST_STROKES
            and self._moved <= MOST_MOVED
        )

    def _say(self, word: frozenset[Stroke], text: object) -> bool:
        if len(word) > MOST_OF_WORD or (isinstance(text, str) and len(text) > MOST_TEXT):
            return False
        if isinstance(text, str):
            self.words[word] = text
        else:
            self.words.pop(word, None)
        return True

    def _stroke(self, entry: Any) -> Stroke | None:
        """None where it is none."""
        if isinstance(entry, int):
            return self._strokes.get(entry)
        if len(self._strokes) >= 2 * MOST_STROKES:
            return None
        try:
            stroke = _stroke_of(entry)
        except (ValueError, TypeError, KeyError):
            return None
        self._strokes[int(entry["id"])] = stroke
        return stroke


def _stroke_of(entry: dict[str, Any]) -> Stroke:
    """Raises ValueError, TypeError, KeyError, and InputError (a ValueError) where no canvas could hold it."""
    import numpy as np

    from recognizer.ink import Ink

    def array(text: str) -> np.ndarray:
        return np.frombuffer(b64decode(text, validate=True), "<f4").astype(np.float32)

    points = array(entry["points"]).reshape(-1, 3)
    pressures = None if entry["pressures"] is None else (array(entry["pressures"]),)
    ink = Ink((points,), pressures)
    int(entry["id"])
    pressed = None if ink.pressures is None else ink.pressures[0]
    return Stroke(ink.strokes[0], pressed, entry["writing"] is True, _pen_of(*entry.get("pen", USUAL)))


def _pen_of(colour: object, width: object) -> Pen:
    """Raises ValueError where it is none."""
    if not (
        isinstance(colour, str)
        and re.fullmatch("(#[0-9a-f]{6})?", colour)
        and isinstance(width, int | float)
        and width > 0
    ):
        raise ValueError
    return Pen(colour, min(max(float(width), WIDTHS[0]), WIDTHS[1]))
