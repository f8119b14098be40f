"""The queue: files that are read one after the other in a thread of its own, and the rows that come of them."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from recognizer.errors import Cancelled, NothingToRead
from ui.documents import corrections
from ui.documents.corrections import correction_of
from ui.documents.files import files_in
from ui.documents.journal import Journal, Kept
from ui.documents.reader import read_file
from ui.documents.result import Place, Result, Row, State, Verdict
from ui.page.document import Box
from ui.places import Places
from ui.reading import Reader

WaitForReader = Callable[[str, Callable[[], None]], Reader]  # kind, and a check that may raise
Known = Mapping[Path, frozenset[int] | None]  # pages of files that are read
ALL = None

STOP_SECONDS = 10.0  # how long the closed program waits for a page that is being read


class Queue(QObject):
    """Rows in the order of reading. Signals arrive in the GUI thread; what is kept is written in a thread of its own."""

    added = Signal(int)  # row
    revised = Signal(int)  # row
    replaced = Signal()  # all rows at once
    begun = Signal()  # there are rows where there were none
    judged = Signal()  # all states may be others: the thresholds are
    progressed = Signal()  # files, files that are done, running
    _kept = Signal(object)  # Kept
    _found = Signal(object, object)  # paths, the files among and in them
    _read = Signal(object)  # Result
    _done = Signal(object)  # file
    _ended = Signal(object)  # the token of the run

    def __init__(self, places: Places, reader_of: WaitForReader, on_error: Callable[[BaseException], None]) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.ink_kind = ""  # what ink is read as
        self.thresholds: Mapping[str, float] = {}  # confidence from which on a kind is accepted
        self._row_of: dict[Place, int] = {}
        self._files: dict[Path, None] = {}
        self._asked: list[Path] = []  # files and folders that have not been looked at
        self._finished: set[Path] = set()
        self._reader_of, self._on_error = reader_of, on_error
        self._journal, self._corrections = Journal(places.queue), places.answers
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="queue keeping")
        self._closed = False
        self._running: threading.Event | None = None  # set: stop
        self._thread: threading.Thread | None = None
        self._kept.connect(self._take_kept)
        self._found.connect(self._take_files)
        self._read.connect(self.take)
        self._done.connect(self._finish)
        self._ended.connect(self._end)

    @property
    def running(self) -> bool:
        """Is something being read?"""
        return self._running is not None

    @property
    def done(self) -> int:
        """How many files are read."""
        return len(self._finished)

    @property
    def total(self) -> int:
        """How many files there are."""
        return len(self._files)

    @property
    def unread(self) -> bool:
        """Are there files to go on with?"""
        return bool(self._asked) or self.done < self.total

    def restore(self) -> None:
        """Take up what the last session left, as soon as it is loaded; it is not gone on with unasked."""
        self._keep(lambda: self._kept.emit(self._journal.load()))

    def add(self, paths: Sequence[Path], ink_kind: str) -> None:
        """Read these files, and those in these folders, too; what has been read is not read again. ``ink_kind``: what ink is read as."""
        self.ink_kind = ink_kind
        self._asked += paths
        self.cancel()
        self.resume()

    def resume(self) -> None:
        """Read the rest."""
        if not self.unread or self._running is not None:
            return
        self._running = threading.Event()
        work = (self._running, tuple(self._asked), tuple(self._files), self._known())
        self._thread = threading.Thread(target=self._work, args=work, name="queue", daemon=True)
        self._thread.start()
        self.progressed.emit()

    def cancel(self) -> None:
        """Stop reading; what is read stays."""
        if self._running is not None:
            self._running.set()
            self._running = None
            self.progressed.emit()

    def clear(self) -> None:
        """Forget all of it; collected corrections stay."""
        self.cancel()
        self.rows, self._asked = [], []
        self._files.clear()
        self._row_of.clear()
        self._finished.clear()
        self._keep(self._journal.clear)
        self.replaced.emit()
        self.progressed.emit()

    def row_of(self, place: Place) -> int | None:
        """The row of a page."""
        return self._row_of.get(place)

    def state(self, row: int) -> State:
        """The state of a row under the thresholds."""
        return self.rows[row].state(self.thresholds)

    def judge(self, thresholds: Mapping[str, float]) -> None:
        """Accept from other confidences on."""
        if thresholds != self.thresholds:
            self.thresholds = dict(thresholds)
            self.judged.emit()

    def take(self, result: Result) -> None:
        """A page was read, perhaps not for the first time."""
        row = self._row_of.get(result.place)
        if row is None:
            self._row_of[result.place] = row = len(self.rows)
            self.rows.append(Row(result))
            self.added.emit(row)
            if row == 0:
                self.begun.emit()
        elif result != self.rows[row].result:
            self.rows[row] = replace(self.rows[row], result=result)
            self.revised.emit(row)
        else:
            return
        self._keep(self._journal.add_result, result)

    def give_field(self, place: Place, field: Box | None) -> None:
        """A person says where the text of a page stands; what was read elsewhere stays until it is read again."""
        row = self._row_of.get(place)
        if row is not None:
            self.take(replace(self.rows[row].result, field=field))

    def decide(self, row: int, verdict: Verdict | None) -> None:
        """A person says something about a row, or takes it back; only commands call this."""
        before, result = self.rows[row].verdict, self.rows[row].result
        self.rows[row] = replace(self.rows[row], verdict=verdict)
        self._keep(self._journal.add_verdict, result.place, verdict)
        wanted = _wanted(verdict)
        if wanted != _wanted(before):
            self._keep(corrections.append, self._corrections, [correction_of(result, wanted)])
        self.revised.emit(row)

    def close(self) -> None:
        """End the threads; all that is to be kept is written then."""
        self.cancel()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)
        self._keep(self._journal.close)
        self._closed = True
        self._writer.shutdown()

    def _work(self, token: threading.Event, paths: tuple[Path, ...], files: tuple[Path, ...], known: Known) -> None:
        def check() -> None:
            if token.is_set():
                raise Cancelled

        def reader_of(kind: str) -> Reader:
            return self._reader_of(kind, check)

        try:
            found = files_in(paths, check)
            self._found.emit(paths, found)
            if paths and not found:
                self._on_error(
                    NothingToRead(f"There is nothing in {paths[0].name} that can be read: no picture, PDF or InkML.")
                )
            for file in dict.fromkeys([*files, *found]):
                if file in known and known[file] is ALL:
                    continue
                for result in read_file(file, known.get(file) or frozenset(), self.ink_kind, reader_of, check):
                    self._read.emit(result)
                self._done.emit(file)
        except Cancelled:
            return
        except Exception as error:
            self._on_error(error)
        self._ended.emit(token)

    def _known(self) -> Known:
        """What need not be read."""
        pages: dict[Path, set[int]] = {}
        for place in self._row_of:
            pages.setdefault(place.file, set()).add(place.page)
        known = {file: frozenset(numbers) for file, numbers in pages.items()}
        return known | dict.fromkeys(self._finished, ALL)

    def _take_kept(self, kept: Kept) -> None:
        """Before what was asked for meanwhile."""
        rows = {row.result.place: row for row in (*kept.rows, *self.rows)}
        self.rows = list(rows.values())
        self._row_of = {place: number for number, place in enumerate(rows)}
        self._add_files(kept.files)
        pages = {row.result.place.file: row.result.pages for row in self.rows}
        counts = Counter(place.file for place in rows)
        self._finished |= {file for file, count in pages.items() if counts[file] >= count}
        self.replaced.emit()
        if self.rows:
            self.begun.emit()
        self.progressed.emit()

    def _take_files(self, paths: tuple[Path, ...], files: list[Path]) -> None:
        """What is to be read is known now."""
        for path in paths:
            if path in self._asked:
                self._asked.remove(path)
        new = self._add_files(files)
        if new:
            self._keep(self._journal.add_files, new)
        self.progressed.emit()

    def _add_files(self, files: Iterable[Path]) -> list[Path]:
        new = [file for file in dict.fromkeys(files) if file not in self._files]
        self._files.update(dict.fromkeys(new))
        return new

    def _finish(self, file: Path) -> None:
        if file in self._files:  # else the queue was cleared meanwhile
            self._finished.add(file)
            self.progressed.emit()

    def _end(self, token: threading.Event) -> None:
        if token is self._running:
            self._running = None
            self.progressed.emit()

    def _keep(self, write: Callable[..., object], *what: object) -> None:
        """In the thread that writes; a failure is told."""

        def run() -> None:
            try:
                write(*what)
            except Exception as error:
                self._on_error(error)

        if not self._closed:  # what arrives later is read again the next time
            self._writer.submit(run)


def _wanted(verdict: Verdict | None) -> str | None:
    return verdict.text if verdict is not None and verdict.state is State.CORRECTED else None
