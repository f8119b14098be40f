"""The file that a queue is kept in from session to session: what is to be read, what was read, and what a person said."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from recognizer.files import set_aside
from ui.model.documents.jsonl import append_lines, read_lines
from ui.model.documents.result import DocumentPage, Result, Row, State, Verdict, as_json, from_json, place_from
from ui.model.lock import Lock

MOST_SESSIONS = 100  # at once; beyond, or where nothing can be locked, they share the last file
BROKEN = ".broken"  # ends the name of a file that holds lines that could not be read


class Kept(NamedTuple):
    """A queue as it was left."""

    files: tuple[Path, ...] = ()
    rows: tuple[Row, ...] = ()
    removed: tuple[Result, ...] = ()  # of pages that are not wanted
    whole: bool = True  # False: some of it could not be read and was set aside


class Journal:
    """A file of a folder that no other session uses; entries are added at its end, and the last one about a page counts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path: Path | None = None
        self._lock: Lock | None = None

    def load(self) -> Kept:
        """What all sessions left that have ended; their files become this session's. Raises OSError."""
        queue = _Contents()
        whole = _take_file(queue, self._file())
        if not whole:
            set_aside(self._file(), BROKEN)
            append_lines(self._file(), queue.entries)
        for path in sorted(self._folder.glob("queue-*.jsonl")):
            lock = Lock(path)
            if path == self._file() or not lock.take():
                continue
            try:
                begin = len(queue.entries)
                readable = _take_file(queue, path)
                append_lines(self._file(), queue.entries[begin:])
                if readable:
                    path.unlink()
                else:
                    set_aside(path, BROKEN)
                whole &= readable
            finally:
                lock.forget()
        return Kept(tuple(queue.files), tuple(queue.rows.values()), tuple(queue.removed.values()), whole)

    def add_files(self, files: Iterable[Path]) -> None:
        """These are to be read too. Raises OSError, as those below do."""
        self._append({"files": [str(file) for file in files]})

    def add_result(self, result: Result) -> None:
        """A page was read."""
        self._append({"result": as_json(result)})

    def add_verdict(self, place: DocumentPage, verdict: Verdict | None) -> None:
        """A person said something, or took it back."""
        said = None if verdict is None else [verdict.state.value, verdict.text, verdict.when]
        self._append({"place": [str(place.file), place.page], "verdict": said})

    def remove(self, places: Iterable[DocumentPage], file_too: Path | None) -> None:
        """These pages are not wanted, nor that file."""
        removed = [[str(place.file), place.page] for place in places]
        self._append({"removed": removed, "file": str(file_too) if file_too else None})

    def clear(self) -> None:
        """Nothing of all this is wanted any more."""
        self._file().unlink(missing_ok=True)

    def close(self) -> None:
        """Leave the file to a later session."""
        if self._lock is not None:
            self._lock.forget()

    def _append(self, entry: dict[str, Any]) -> None:
        append_lines(self._file(), [entry])

    def _file(self) -> Path:
        """The first one that is free."""
        if self._path is None:
            for number in count(1):
                path = self._folder / f"queue-{number}.jsonl"
                self._lock = Lock(path)
                if self._lock.take() or number == MOST_SESSIONS:
                    self._path = path
                    break
        assert self._path is not None
        return self._path


class _Contents:
    """What the entries of journals say, one after the other."""

    def __init__(self) -> None:
        self.files: dict[Path, None] = {}
        self.rows: dict[DocumentPage, Row] = {}
        self.removed: dict[DocumentPage, Result] = {}
        self.entries: list[dict[str, Any]] = []

    def take(self, entry: Any) -> bool:
        """Heed an entry; could it be understood?"""
        try:
            if "files" in entry:
                self.files.update(dict.fromkeys(place_from([name, 1]).file for name in entry["files"]))
            elif "result" in entry:
                result = from_json(entry["result"])
                before = self.rows.get(result.place)
                self.rows[result.place] = before.read_again(result) if before else Row(result)
                self.removed.pop(result.place, None)
            elif "removed" in entry:
                self._remove([place_from(place) for place in entry["removed"]], entry["file"])
            else:
                place = place_from(entry["place"])
                if place in self.rows:  # its result may be what could not be read
                    self.rows[place] = replace(self.rows[place], verdict=_verdict_from(entry["verdict"]))
        except (LookupError, TypeError, ValueError, AttributeError):
            return False
        self.entries.append(entry)
        return True

    def _remove(self, places: list[DocumentPage], file: str | None) -> None:
        for place in places:
            row = self.rows.pop(place, None)
            if row is not None:
                self.removed[place] = row.result
        if file is not None:
            gone = place_from([file, 1]).file
            self.files.pop(gone, None)
            self.removed = {place: result for place, result in self.removed.items() if place.file != gone}


def _take_file(queue: _Contents, path: Path) -> bool:
    """Heed all that a file holds; could all of it be understood?"""
    return not [entry for entry in read_lines(path) if not queue.take(entry)]


def _verdict_from(said: list[str] | None) -> Verdict | None:
    if said is None:
        return None
    state, *words = said
    if not words or not all(isinstance(each, str) for each in words):
        raise ValueError(said)
    return Verdict(State(state), *words)
