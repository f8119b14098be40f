"""One run over the files of a queue, in a thread of its own, until it is through or nobody wants it any more."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from recognizer import platform
from recognizer.errors import Cancelled, InputError, NothingToRead
from recognizer.files import is_ink
from recognizer.readers.protocol import Reader
from ui.language import tr
from ui.model.documents.beside import Beside
from ui.model.documents.files import digest_of, files_in
from ui.model.documents.in_order import InOrder
from ui.model.documents.reader import read_file
from ui.model.documents.result import DocumentPage, Result
from ui.problems import log

# A process takes as long to start as to read fifty cheques, and 0.4 GB: it has to pay.
PATIENCE = 5.0  # s that this process reads alone
FEW = 8  # files for each process, at least, and more than that which are left then
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

    run: "QueueRun"


News = Found | Result | Finished | Ended | Exception


class QueueRun:
    """Tells its news from its thread."""

    def __init__(
        self,
        work: Work,
        reader_of: WaitForReader,
        beside: Callable[[], Beside | None],
        tell: Callable[[News], None],
    ) -> None:
        self._work, self._reader_of, self._beside, self._tell = work, reader_of, beside, tell
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._go, name="queue", daemon=True)
        self._readers: list[threading.Thread] = []

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self) -> None:
        """Read no further; a page that is being read is dropped."""
        self._stopped.set()

    def wait(self, seconds: float) -> None:
        """Until its threads have ended, but for none of them longer than this."""
        for thread in (self._thread, *self._readers):
            thread.join(seconds)

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

    def _read(self, found: Sequence[Path]) -> None:
        """By this process, and where that takes long by others beside it; this one reads until they are ready."""
        done = self._work.done.difference(found)
        files = [file for file in dict.fromkeys([*self._work.files, *found]) if file not in done]
        count = min(platform.cores(), len(files) // FEW)
        beside = self._beside() if count else None
        order, ready = InOrder[News](files, 1 + count, self._check), threading.Event()
        news_of = partial(self._news_of, frozenset(found))
        works = [partial(order.work, partial(news_of, None), lambda: not ready.is_set())]
        if beside is not None:
            works += [partial(self._work_beside, beside, order, partial(news_of, beside), ready)] * count
        self._readers = [threading.Thread(target=work, name="queue reading", daemon=True) for work in works]
        for thread in self._readers:
            thread.start()
        try:
            for news in order.news():
                self._tell(news)
        finally:
            self._stopped.set()  # nobody waits for more

    def _work_beside(
        self, beside: Beside, order: InOrder[News], news_of: Callable[[Path], Iterator[News]], ready: threading.Event
    ) -> None:
        if not beside.ready and (self._stopped.wait(PATIENCE) or order.left <= FEW):
            return
        try:
            beside.warm()
        except (InputError, OSError) as error:
            log.info("%s", error)  # this process reads on
            return
        ready.set()
        order.work(news_of)

    def _news_of(self, found: frozenset[Path], beside: Beside | None, file: Path) -> Iterator[News]:
        """What is not known of a file. What failed is tried again where somebody has just opened it; an empty page stays empty."""
        self._check()
        work, digest = self._work, digest_of(file)
        before = {page: result for page, result in work.known.get(file, {}).items() if result.digest == digest}
        wanted = {place.page for place in work.again if place.file == file}
        if file in found:
            wanted |= {place.page for place in work.removed if place.file == file}
            wanted |= {page for page, result in before.items() if result.error and not result.blank}
        known = frozenset(before.keys() - wanted)
        if not digest or len(known) < max((result.pages for result in before.values()), default=1):
            for result in self._results(beside if digest else None, file, known, before):
                was = before.get(result.place.page, result)
                yield replace(result, digest=digest, field=was.field, turned=was.turned or result.turned)
        yield Finished(file, digest)

    def _results(
        self, beside: Beside | None, file: Path, known: frozenset[int], before: Mapping[int, Result]
    ) -> Iterator[Result]:
        """Processes know nothing of what a person has said of pages, nor how ink is to be read."""
        anew = before.keys() == known == set(range(1, len(known) + 1))
        if beside is not None and anew and not is_ink(file):
            try:
                yield from beside.results(file, len(known), self._check)
                return
            except (InputError, OSError) as error:
                log.info("%s", error)
        yield from read_file(file, known, before, self._work.ink_kind, self._reader, self._check)

    def _reader(self, kind: str) -> Reader[Any]:
        return self._reader_of(kind, self._check)

    def _check(self) -> None:
        if self._stopped.is_set():
            raise Cancelled
