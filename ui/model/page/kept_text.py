"""What a person has said of words on pages of text, kept from session to session: JSON lines, the last one about a word counts.

Each line is an object: ``digest`` (SHA-256 of what the file holds), ``page`` (from 1), ``turned`` (quarters to the right by which the
page was turned), ``box`` (around the ink of the word: left, top, right, foot in px of the page so), ``text`` (null takes it back).
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from ui.model.documents.jsonl import append_lines, read_lines
from ui.model.page.document import Box, PagePlace

Said = tuple[Box, str | None]  # around a word, and what it says; None: what was read


class _Entry(NamedTuple):
    digest: str
    page: int
    turned: int
    box: tuple[float, ...]
    text: str | None


class KeptText(QObject):
    """The file, which is read and written in a thread of its own."""

    told = Signal(
        object, object
    )  # PagePlace, and what holds of what was said there, in the order of saying: dict of Box and str

    def __init__(self, path: Path, on_error: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._path, self._on_error = path, on_error
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="keeping text")
        self._closed = False

    def ask(self, place: PagePlace) -> None:
        """``told`` tells what was said of a page."""
        self._do(lambda: self.told.emit(place, said_in(self._path, place)))

    def say(self, place: PagePlace, said: Sequence[Said]) -> None:
        """Keep it."""
        entries = [_Entry(*place, box, text)._asdict() for box, text in said]
        self._do(lambda: append_lines(self._path, entries))

    def close(self) -> None:
        """All that was said is on the disk then."""
        self._closed = True
        self._worker.shutdown()

    def _do(self, act: Callable[[], object]) -> None:
        def run() -> None:
            try:
                act()
            except OSError as error:
                self._on_error(error)

        if not self._closed:  # what is read later is asked for the next time
            self._worker.submit(run)


def said_in(path: Path, place: PagePlace) -> dict[Box, str]:
    """What holds of what a file tells of a page; lines that are none are passed over. Raises OSError."""
    said: dict[Box, str] = {}
    for entry in read_lines(path):
        kept = _entry_from(entry)
        if kept is None or (kept.digest, kept.page, kept.turned) != place:
            continue
        left, top, right, foot = kept.box
        said.pop((left, top, right, foot), None)
        if kept.text is not None:
            said[left, top, right, foot] = kept.text
    return said


def _entry_from(entry: Any) -> _Entry | None:
    try:
        kept = _Entry(**entry)
        box = tuple(map(float, kept.box))
    except (TypeError, ValueError):
        return None
    fits = len(box) == 4 and all(map(isfinite, box)) and isinstance(kept.text, str | None)
    return kept._replace(box=box) if fits else None
