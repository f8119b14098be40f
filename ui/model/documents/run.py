"""One run over the files of a queue, in a thread of its own, until it is through or nobody wants it any more."""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recognizer.errors import Cancelled, NothingToRead
from recognizer.readers.protocol import Reader
from ui.language import tr
from ui.model.documents.files import files_in
from ui.model.documents.reader import read_file
from ui.model.documents.result import Result

WaitForReader = Callable[[str, Callable[[], None]], Reader[Any]]  # kind, and a check that may raise


@dataclass(frozen=True)
class Work:
    """What a run is to do. What is known is not read again: pages of files, or whole files, which are ``done``."""

    paths: tuple[Path, ...]  # files and folders to look into
    files: tuple[Path, ...]  # to go on with, before these
    pages: Mapping[Path, frozenset[int]]
    done: frozenset[Path]
    ink_kind: str  # what ink is read as


@dataclass(frozen=True)
class Found:
    """The files among and in the paths."""

    paths: tuple[Path, ...]
    files: list[Path]


@dataclass(frozen=True)
class Finished:
    """All pages of a file are read."""

    file: Path


@dataclass(frozen=True)
class Ended:
    """A run is through."""

    run: "Run"


News = Found | Result | Finished | Ended | Exception


class Run:
    """Tells its news from its thread."""

    def __init__(self, work: Work, reader_of: WaitForReader, tell: Callable[[News], None]) -> None:
        self._work, self._reader_of, self._tell = work, reader_of, tell
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._go, name="queue", daemon=True)

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self) -> None:
        """Read no further; a page that is being read is dropped."""
        self._stopped.set()

    def wait(self, seconds: float) -> None:
        """Until the thread has ended, but no longer than this."""
        self._thread.join(seconds)

    def _go(self) -> None:
        try:
            self._read(self._look())
        except Cancelled:
            return
        except Exception as error:
            self._tell(error)
        self._tell(Ended(self))

    def _look(self) -> list[Path]:
        paths = self._work.paths
        files = files_in(paths, self._check)
        self._tell(Found(paths, files))
        if paths and not files:
            raise NothingToRead(
                tr("There is nothing in {name} that can be read: no picture, PDF or InkML.", name=paths[0].name)
            )
        return files

    def _read(self, files: Iterable[Path]) -> None:
        work = self._work
        for file in dict.fromkeys([*work.files, *files]):
            if file in work.done:
                continue
            known = work.pages.get(file, frozenset())
            for result in read_file(file, known, work.ink_kind, self._reader, self._check):
                self._tell(result)
            self._tell(Finished(file))

    def _reader(self, kind: str) -> Reader[Any]:
        return self._reader_of(kind, self._check)

    def _check(self) -> None:
        if self._stopped.is_set():
            raise Cancelled
