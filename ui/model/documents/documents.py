"""The way of work with documents, without widgets: the queue, the page that is looked at, and what can be undone."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from ui.language import tr
from ui.locations import Locations
from ui.model.background import Background
from ui.model.documents.acceptance import Trusts, thresholds
from ui.model.documents.amounts import amounts_are_known
from ui.model.documents.commands import ChangePage, Decide, RemovePages
from ui.model.documents.files import digest_of
from ui.model.documents.look import pages_of
from ui.model.documents.queue import Queue
from ui.model.documents.reader import page_result, text_result
from ui.model.documents.result import AMOUNT, CHEQUE, DocumentPage, State, Verdict
from ui.model.documents.thumbnails import Thumbnails
from ui.model.opening import OpenedPages
from ui.model.page.document import Box, PageDocument
from ui.model.readers import PAGE
from ui.model.reading import ReadingService
from ui.model.text.running import first_line
from ui.problems import Problems, describe
from ui.settings import MAX_ERROR

if TYPE_CHECKING:
    from recognizer.readers.reading import Reading

PATIENCE = 250  # ms for which another page than that of the chosen row may be seen
LOOK = "look"  # name of the job


class Documents(QObject):
    """``current`` is the page of the queue that is looked at, None where that is another one."""

    moved = Signal()  # another page is the current one
    shown = Signal(object)  # Box of the text on a page that has come into view, None: all over it
    unreadable = Signal(str)  # why the current page cannot be shown
    judged = Signal()  # a person has said something about the current page, or taken it back
    acceptance_changed = Signal()  # what was measured of the readers, or the share of wrong answers that is put up with

    def __init__(
        self,
        locations: Locations,
        reading: ReadingService,
        background: Background,
        pages: PageDocument,
        problems: Problems,
    ) -> None:
        super().__init__()
        self.queue = Queue(locations, reading.reader, problems.report, lambda: reading.beside(PAGE))
        self.thumbnails = Thumbnails(self._look_of)
        self.undo = QUndoStack()
        self.current: DocumentPage | None = None
        self.sought = ""  # what is looked for on pages of text
        self.trusts: Trusts = {}  # what was measured of the readers
        self.max_error = MAX_ERROR.default
        self._background, self.pages, self._problems = background, pages, problems
        self._shown: OpenedPages | None = None  # the file of the queue that was loaded last
        self._file, self._digest = Path(), ""  # that it was loaded from, and what that held
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(lambda: pages.show(None))
        pages.changed.connect(self._on_page)
        self.queue.revised.connect(self._on_revised)

    def measure_by(self, load: Callable[[], Trusts]) -> None:
        """Find out what was measured of the readers."""
        self._background.ask("trusts", load, self._trust, self._problems.report)
        self._background.ask("grammar", amounts_are_known, lambda _nothing: None, self._problems.report)

    def accept_within(self, max_error: float) -> None:
        """Put up with this share of wrong answers."""
        self.max_error = max_error
        self.queue.judge(thresholds(self.trusts, max_error))
        self.acceptance_changed.emit()

    def accepts(self, reading: "Reading") -> bool:
        """Is it sure enough?"""
        threshold = self.queue.thresholds.get(CHEQUE if reading.fields else AMOUNT)
        return reading.accepted if threshold is None else reading.confidence >= threshold

    def _trust(self, trusts: Trusts) -> None:
        self.trusts = trusts
        self.accept_within(self.max_error)

    def look_at(self, place: DocumentPage) -> None:
        """Show a page of the queue as soon as it is loaded."""
        if place == self.current:
            return
        self.current = place
        if self.is_shown and self._file == place.file:
            self._patience.stop()
            self._background.forget(LOOK)
            self.pages.turn_to(place.page - 1)
            self._tell_box()
        else:
            self._load(place.file)
        self.moved.emit()

    def decide(self, place: DocumentPage, verdict: Verdict) -> None:
        """A person says something about a page, now."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self.undo.push(Decide(self.queue, self.look_at, place, verdict._replace(when=now)))

    def decided(self) -> str:
        """What a person has said about the page that is looked at, as a sentence."""
        row = self.queue.find(self.current)
        if row is None or row.verdict is None:
            return ""
        said = row.verdict.state
        if said is State.CORRECTED:
            return tr("Corrected by a person: {text}", text=first_line(row.text))
        return tr("Confirmed by a person") if said is State.ACCEPTED else tr("Skipped by a person")

    def give_field(self, field: Box | None) -> None:
        """The amount of the page that is looked at stands here, or is to be found."""
        if self.pages.opened is not None and field != self.pages.field:
            doing = ("field of the amount", self.pages.give_field, self.queue.give_field, self.look_at, self._shows)
            self.undo.push(ChangePage(*doing, self.pages, self.current, (self.pages.field, field)))

    def turn(self, quarters: int) -> None:
        """Turn the page that is looked at so many quarters to the right; it is read so."""
        if self.pages.opened is not None:
            before = self.pages.turned
            doing = ("turn", self.pages.turn, self.queue.turn, self.look_at, self._shows)
            self.undo.push(ChangePage(*doing, self.pages, self.current, (before, (before + quarters) % 4)))

    def read_again(self) -> None:
        """Read the page that is looked at once more."""
        if self.current is not None:
            self.queue.read_again([self.current])
            self._load(self.current.file)

    def remove(self, places: Sequence[DocumentPage]) -> None:
        """Some pages are not wanted in the queue."""
        self.undo.push(RemovePages(self.queue, self.look_at, places))
        if self.queue.find(self.current) is None:
            self._leave()
            self.pages.show(None)

    def take_readings(self, readings: "Sequence[Reading]", is_text: bool) -> None:
        """The page that is looked at was read, text line by line; that of a row is its result from now on."""
        if self.is_shown:
            pages, place = self.pages, DocumentPage(self._file, self.pages.index + 1)
            result = (
                text_result(place, pages.count, readings) if is_text else page_result(place, pages.count, readings[0])
            )
            cheque = pages.page.cheque if pages.page is not None else None
            known = replace(result, digest=self._digest, field=pages.field, turned=pages.turned, cheque=cheque)
            self.queue.take(known)

    def clear(self) -> None:
        """Forget the queue."""
        self.undo.clear()
        self._leave()
        self.queue.clear()

    def close(self) -> None:
        """End the threads."""
        self.undo.blockSignals(True)  # its destructor would speak to a window that is gone
        self._patience.stop()
        self.thumbnails.stop()
        self.queue.close()

    @property
    def is_shown(self) -> bool:
        """Is what one sees a file of the queue?"""
        return self._shown is not None and self._shown is self.pages.opened

    def _load(self, file: Path) -> None:
        self._patience.start()
        self._background.ask(LOOK, lambda: (digest_of(file), pages_of(file)), partial(self._show, file), self._fail)

    def _shows(self, place: DocumentPage) -> bool:
        return self.is_shown and place == (self._file, self.pages.index + 1)

    def _show(self, file: Path, loaded: tuple[str, OpenedPages]) -> None:
        """What a person said of pages is of what the file held then."""
        assert self.current is not None
        self._patience.stop()
        digest, opened = loaded
        self._shown, self._file, self._digest = opened, file, digest
        places = [DocumentPage(file, number) for number in range(1, len(opened.pages) + 1)]
        found = [row.result for row in map(self.queue.find, places) if row is not None]
        known = {result.place.page - 1: result for result in found if result.digest == digest}
        turns = {index: result.turned for index, result in known.items()}
        fields = {index: result.field for index, result in known.items() if result.field}
        self.pages.show(opened, min(self.current.page, len(opened.pages)) - 1, turns, fields)
        self._tell_box()
        old = [result.place for result in found if result.digest != digest]
        if old:
            self.queue.read_again(old)

    def _on_revised(self, number: int) -> None:
        """The file that one sees may hold something else by now."""
        result = self.queue.rows[number].result
        if result.place != self.current:
            return
        self.judged.emit()
        if self.is_shown and result.digest not in ("", self._digest):
            self._load(result.place.file)

    def _look_of(self, place: DocumentPage) -> tuple[str, int]:
        row = self.queue.find(place)
        return (row.result.digest, row.result.turned) if row is not None else ("", 0)

    def _tell_box(self) -> None:
        """Only a cheque is so much larger than its amount that one must go near; and a line in which something is looked for is."""
        row = self.queue.find(self.current)
        line = row.result.line_with(self.sought) if row is not None and self.sought else None
        box = row.result.box if row is not None and row.result.kind == CHEQUE else None
        self.shown.emit(box if line is None else line.box)

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        self.pages.show(None)
        self.unreadable.emit(describe(error).sentence)

    def _on_page(self) -> None:
        """Turning pages turns rows; another document is none of the queue's."""
        if self.pages.opened is None or self.current is None:
            return
        if not self.is_shown:
            self._leave()
        elif self.current != (self._file, self.pages.index + 1):
            self.current = DocumentPage(self._file, self.pages.index + 1)
            self.moved.emit()

    def _leave(self) -> None:
        self._patience.stop()
        self._background.forget(LOOK)
        self.current = self._shown = None
        self.moved.emit()
