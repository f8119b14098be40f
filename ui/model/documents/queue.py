"""The queue: the rows that come of reading many files, what people say about them, and how far the reading is."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from recognizer.batch.processes import Processes
from recognizer.batch.settings import Settings
from recognizer.errors import InputError
from ui.language import tr
from ui.locations import Locations
from ui.model.documents import corrections
from ui.model.documents.batches import Batches
from ui.model.documents.beside import Beside
from ui.model.documents.corrections import correction_of
from ui.model.documents.journal import Journal, Kept
from ui.model.documents.result import DocumentPage, Result, Row, State, Verdict
from ui.model.documents.run import Ended, Finished, Found, News, QueueRun, WaitForReader, Work
from ui.model.page.document import Box

STOP_SECONDS = 10.0  # how long the closed program waits for a page that is being read


class Queue(QObject):
    """Rows in the order of reading. What is kept is written in a thread of its own."""

    added = Signal(int)  # row
    revised = Signal(int)  # row
    replaced = Signal()  # all rows at once
    asked = Signal()  # somebody wants files to be read
    begun = Signal()  # there are rows where there were none
    judged = Signal()  # all states may be others: the thresholds are
    progressed = Signal()  # files, files that are done, running
    _kept = Signal(object)  # Kept
    _news = Signal(object, object)  # the life of the queue in which a run was begun, and its news

    def __init__(
        self,
        locations: Locations,
        reader_of: WaitForReader,
        on_error: Callable[[BaseException], None],
        beside: Callable[[], Settings | None] = lambda: None,
    ) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.thresholds: Mapping[str, float] = {}  # confidence from which on a kind is accepted
        self._row_of: dict[DocumentPage, int] = {}
        self._files: dict[Path, None] = {}
        self._asked: list[Path] = []  # files and folders that have not been looked at
        self._finished: set[Path] = set()
        self._removed: dict[DocumentPage, Result] = {}  # of pages that are not wanted, of files that are
        self._again: set[DocumentPage] = set()  # to be read once more
        self._ink_kind = ""  # what ink is read as
        self._reader_of, self._on_error = reader_of, on_error
        self._beside, self._processes = beside, Processes()
        self._journal, self._corrections = Journal(locations.queue), locations.page_corrections
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="queue keeping")
        self._batches = Batches()
        self._closed = False
        self._run: QueueRun | None = None
        self._life = object()  # another one after the queue was emptied
        self._kept.connect(self._take_kept)
        self._news.connect(self._hear)

    @property
    def running(self) -> bool:
        """Is something being read?"""
        return self._run is not None

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

    def row_of(self, place: DocumentPage) -> int | None:
        """The number of the row of a page."""
        return self._row_of.get(place)

    def find(self, place: DocumentPage | None) -> Row | None:
        """The row of a page."""
        row = None if place is None else self._row_of.get(place)
        return None if row is None else self.rows[row]

    def state(self, row: int) -> State:
        """The state of a row under the thresholds."""
        return self.rows[row].state(self.thresholds)

    def restore(self) -> None:
        """Take up what the last session left, as soon as it is loaded; it is not gone on with unasked."""
        self._keep(lambda: self._kept.emit(self._journal.load()))

    def add(self, paths: Sequence[Path], ink_kind: str) -> None:
        """Read these files, and those in these folders, too; what has been read is not read again. ``ink_kind``: what ink is read as."""
        self._ink_kind = ink_kind
        self._asked += paths
        self.cancel()
        self.asked.emit()
        self.resume()

    def resume(self) -> None:
        """Read the rest."""
        if self.unread and self._run is None:
            self._run = QueueRun(self._rest(), self._reader_of, self._read_beside, partial(self._news.emit, self._life))
            self._run.start()
            self.progressed.emit()

    def cancel(self) -> None:
        """Stop reading; what is read stays."""
        if self._run is not None:
            self._run.stop()
            self._run = None
            self.progressed.emit()

    def clear(self) -> None:
        """Forget all of it; collected corrections stay."""
        self.cancel()
        self._life = object()
        self.rows, self._asked = [], []
        self._files.clear()
        self._row_of.clear()
        self._finished.clear()
        self._removed.clear()
        self._again.clear()
        self._keep(self._journal.clear)
        self.replaced.emit()
        self.progressed.emit()

    def judge(self, thresholds: Mapping[str, float]) -> None:
        """Accept from other confidences on."""
        if thresholds != self.thresholds:
            self.thresholds = dict(thresholds)
            self.judged.emit()

    def take(self, result: Result) -> None:
        """A page was read, perhaps not for the first time."""
        self._removed.pop(result.place, None)
        row = self._row_of.get(result.place)
        if row is None:
            self._row_of[result.place] = row = len(self.rows)
            self.rows.append(Row(result))
            self.added.emit(row)
            if row == 0:
                self.begun.emit()
        elif (after := self.rows[row].read_again(result)) != self.rows[row]:
            self.rows[row] = after
            self.revised.emit(row)
        else:
            return
        self._keep(self._journal.add_result, result)

    def read_again(self, places: Iterable[DocumentPage]) -> None:
        """Read these pages once more."""
        self._again.update(places)
        self._finished -= {place.file for place in self._again}
        self.cancel()
        self.resume()

    def read_failed_again(self) -> None:
        """Read all pages that could not be read once more; that they were empty is known."""
        self.read_again(row.result.place for row in self.rows if row.result.error and not row.result.blank)

    def turn(self, place: DocumentPage, turned: int) -> None:
        """A person has turned a page so many quarters to the right; what was read stays until it is read again."""
        row = self.find(place)
        if row is not None:
            self.take(replace(row.result, turned=turned, field=None, box=None))

    def remove(self, places: Sequence[DocumentPage]) -> None:
        """These pages are not wanted, nor files without others; only commands call this."""
        self._remove(places)
        for file in dict.fromkeys(place.file for place in places):
            gone = [place for place in places if place.file == file]
            whole = all(place.file != file for place in self._row_of)
            if whole:
                self._files.pop(file, None)
                self._finished.discard(file)
                self._removed = {place: result for place, result in self._removed.items() if place.file != file}
            self._keep(self._journal.remove, gone, file if whole else None)
        self.progressed.emit()

    def bring_back(self, rows: Mapping[int, Row]) -> None:
        """Rows that were removed are where they were; only commands call this."""
        files = self._add_files([row.result.place.file for row in rows.values()])
        self._finished.update(files)
        self._keep(self._journal.add_files, files)
        for number, row in sorted(rows.items()):
            self.rows.insert(number, row)
            self._removed.pop(row.result.place, None)
            self._keep(self._journal.add_result, row.result)
            self._keep(self._journal.add_verdict, row.result.place, row.verdict)
        self._number()
        self.progressed.emit()

    def _remove(self, places: Iterable[DocumentPage]) -> None:
        gone = set(places)
        self._removed.update((row.result.place, row.result) for row in self.rows if row.result.place in gone)
        self.rows = [row for row in self.rows if row.result.place not in gone]
        self._again -= gone
        self._number()

    def _number(self) -> None:
        """Rows have come or gone in the middle."""
        self._row_of = {row.result.place: number for number, row in enumerate(self.rows)}
        self.replaced.emit()

    def give_field(self, place: DocumentPage, field: Box | None) -> None:
        """A person says where the text of a page stands; what was read elsewhere stays until it is read again."""
        row = self.find(place)
        if row is not None:
            self.take(replace(row.result, field=field))

    def decide(self, place: DocumentPage, verdict: Verdict | None) -> None:
        """A person says something about a page, or takes it back; only commands call this."""
        number = self._row_of[place]
        row = self.rows[number]
        self.rows[number] = replace(row, verdict=verdict)
        self._keep(self._journal.add_verdict, place, verdict)
        self._keep(self._batches.tell, self.rows[number])
        wanted = _wanted(verdict)
        if wanted != _wanted(row.verdict):
            self._keep(corrections.append, self._corrections, [correction_of(row.result, wanted)])
        self.revised.emit(number)

    def close(self) -> None:
        """End the threads; all that is to be kept is written then."""
        run = self._run
        self.cancel()
        self._processes.end()
        if run is not None:
            run.wait(STOP_SECONDS)
        self._keep(self._journal.close)
        self._closed = True
        self._writer.shutdown()

    def _read_beside(self) -> Beside | None:
        """In the thread of a run: what processes are to read with, where they can."""
        settings = self._beside()
        return None if settings is None else Beside(self._processes, settings)

    def _rest(self) -> Work:
        known: dict[Path, dict[int, Result]] = defaultdict(dict)
        for result in (*self._removed.values(), *(row.result for row in self.rows)):
            known[result.place.file][result.place.page] = result
        removed, again, done = frozenset(self._removed), frozenset(self._again), frozenset(self._finished)
        return Work(tuple(self._asked), tuple(self._files), known, removed, again, done, self._ink_kind)

    def _hear(self, life: object, news: News) -> None:
        """What a run tells; what was told before it was stopped counts, unless the queue was emptied meanwhile."""
        if life is not self._life:
            return
        match news:
            case Result():
                self._again.discard(news.place)
                self.take(news)
            case Found():
                self._asked = [path for path in self._asked if path not in news.paths]
                self._keep(self._journal.add_files, self._add_files(news.files))
                self._keep(self._batches.open, news.paths, frozenset(self._files), tuple(self.rows))
                self._finished.difference_update(news.files)
            case Finished():
                self._finish(news)
            case Ended():
                if news.run is self._run:
                    self._run = None
            case Exception():
                self._on_error(news)
        if not isinstance(news, Result):
            self.progressed.emit()

    def _finish(self, news: Finished) -> None:
        """All that is known of a file is of what it holds now."""
        self._finished.add(news.file)
        old = [
            row.result.place
            for row in self.rows
            if news.digest and row.result.place.file == news.file and row.result.digest != news.digest
        ]
        if old:
            self.remove(old)

    def _take_kept(self, kept: Kept) -> None:
        """Before what was asked for meanwhile."""
        if not kept.whole:
            self._on_error(InputError(tr("Parts of the kept queue are damaged and were set aside; the rest is here.")))
        rows = {row.result.place: row for row in (*kept.rows, *self.rows)}
        self.rows = list(rows.values())
        self._row_of = {place: number for number, place in enumerate(rows)}
        self._add_files(kept.files)
        pages = {row.result.place.file: row.result.pages for row in self.rows}
        self._removed = {result.place: result for result in kept.removed if result.place not in rows}
        counts = Counter(place.file for place in (*rows, *self._removed))
        self._finished |= {file for file, count in pages.items() if counts[file] >= count}
        self.replaced.emit()
        if self.rows:
            self.begun.emit()
        self.progressed.emit()

    def _add_files(self, files: Iterable[Path]) -> list[Path]:
        """Those of the files that are new."""
        new = [file for file in files if file not in self._files]
        self._files.update(dict.fromkeys(new))
        return new

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
