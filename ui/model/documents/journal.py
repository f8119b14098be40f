"""The file that a queue is kept in from session to session: what is to be read, what was read, and what a person said."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QLockFile

from ui.model.documents.jsonl import append_lines, read_lines
from ui.model.documents.result import DocumentPage, Result, Row, State, Verdict, as_json, from_json

MOST_SESSIONS = 100  # at once; beyond, or where nothing can be locked, they share the last file


class Kept(NamedTuple):
    """A queue as it was left."""

    files: tuple[Path, ...] = ()
    rows: tuple[Row, ...] = ()


class Journal:
    """A file of a folder that no other session uses; entries are added at its end, and the last one about a page counts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path: Path | None = None
        self._lock: QLockFile | None = None

    def load(self) -> Kept:
        """What the last session left. Raises OSError."""
        files: dict[Path, None] = {}
        rows: dict[DocumentPage, Row] = {}
        for entry in read_lines(self._file()):
            with suppress(KeyError, TypeError, ValueError):  # what another version wrote
                if "files" in entry:
                    files.update(dict.fromkeys(map(Path, entry["files"])))
                elif "result" in entry:
                    result = from_json(entry["result"])
                    before = rows.get(result.place)
                    rows[result.place] = Row(result, before.verdict if before else None)
                else:
                    place = DocumentPage(Path(entry["place"][0]), entry["place"][1])
                    rows[place] = replace(rows[place], verdict=_verdict_from(entry["verdict"]))
        return Kept(tuple(files), tuple(rows.values()))

    def add_files(self, files: Iterable[Path]) -> None:
        """These are to be read too. Raises OSError, as those below do."""
        self._append({"files": [str(file) for file in files]})

    def add_result(self, result: Result) -> None:
        """A page was read."""
        self._append({"result": as_json(result)})

    def add_verdict(self, place: DocumentPage, verdict: Verdict | None) -> None:
        """A person said something, or took it back."""
        said = None if verdict is None else [verdict.state.value, verdict.text]
        self._append({"place": [str(place.file), place.page], "verdict": said})

    def clear(self) -> None:
        """Nothing of all this is wanted any more."""
        self._file().unlink(missing_ok=True)

    def close(self) -> None:
        """Leave the file to a later session."""
        if self._lock is not None:
            self._lock.unlock()

    def _append(self, entry: dict[str, Any]) -> None:
        append_lines(self._file(), [entry])

    def _file(self) -> Path:
        """The first one that is free."""
        if self._path is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            for number in count(1):
                path = self._folder / f"queue-{number}.jsonl"
                self._lock = QLockFile(f"{path}.lock")
                self._lock.setStaleLockTime(0)
                if self._lock.tryLock(0) or number == MOST_SESSIONS:
                    self._path = path
                    break
        assert self._path is not None
        return self._path


def _verdict_from(said: list[str] | None) -> Verdict | None:
    return None if said is None else Verdict(State(said[0]), said[1])
