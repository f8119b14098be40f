"""One run over the files of a queue, in a thread of its own, until it is through or nobody wants it any more."""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from recognizer.errors import Cancelled, NothingToRead
from recognizer.readers.protocol import Reader
from ui.language import tr
from ui.model.documents.files import digest_of, files_in
from ui.model.documents.reader import read_file
from ui.model.documents.result import DocumentPage, Result

WaitForReader = Callable[[str, Callable[[], None]], Reader[Any]]  # kind, and a check that may raise


@dataclass(frozen=True)
class Work:
    """What a run is to do. What is ``known`` is not read again, as long as the file holds what it held and nobody wants it ``again``."""

    paths: tuple[Path, ...]  # files and folders to look into
    files: tuple[Path, ...]  # to go on with, before these
    known: Mapping[Path, Mapping[int, Result]]  # of their pages
    removed: frozenset[DocumentPage]  # of what is known; they are wanted again where somebody opens their files again
    again: frozenset[DocumentPage]
    done: frozenset[Path]  # not looked into, unless somebody opens them again
    ink_kind: str  # what ink is read as


@dataclass(frozen=True)
class Found:
    """The files among and in the paths."""

    paths: tuple[Path, ...]
    files: list[Path]


@dataclass(frozen=True)
class Finished:
    """All pages of a file are read that there are."""

    file: Path
    digest: str


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
        found = set(files)
        for file in dict.fromkeys([*self._work.files, *files]):
            if file in self._work.done and file not in found:
                continue
            self._check()
            digest = digest_of(file)
            self._read_file(file, digest, opened=file in found)
            self._tell(Finished(file, digest))

    def _read_file(self, file: Path, digest: str, opened: bool) -> None:
        """What is not known of it. What failed is tried again where somebody has ``opened`` the file; an empty page stays empty."""
        work = self._work
        before = {page: result for page, result in work.known.get(file, {}).items() if result.digest == digest}
        wanted = {place.page for place in work.again if place.file == file}
        if opened:
            wanted |= {place.page for place in work.removed if place.file == file}
            wanted |= {page for page, result in before.items() if result.error and not result.blank}
        known = before.keys() - wanted
        if digest and len(known) >= max((result.pages for result in before.values()), default=1):
            return
        for result in read_file(file, frozenset(known), before, work.ink_kind, self._reader, self._check):
            was = before.get(result.place.page, result)
            self._tell(replace(result, digest=digest, field=was.field, turned=was.turned))

    def _reader(self, kind: str) -> Reader[Any]:
        return self._reader_of(kind, self._check)

    def _check(self) -> None:
        if self._stopped.is_set():
            raise Cancelled
