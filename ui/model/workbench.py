"""What the window works on, without widgets: documents, desks, reading, opening, keeping. Changes flow from here to the views."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from recognizer.errors import InputError, Unfit
from ui.language import tr
from ui.locations import SAMPLES, Locations, command_line
from ui.model import choice as choices
from ui.model.answer import Answered
from ui.model.background import Background
from ui.model.choice import Choice, page_choice, possible
from ui.model.current_desk import CurrentDesk
from ui.model.desk import Desk
from ui.model.documents.documents import Documents
from ui.model.documents.export import write_results
from ui.model.documents.labelled import labelled_in, write_labelled
from ui.model.documents.result import NUMBER, TEXT
from ui.model.ink.commands import ClearInk, CorrectWord, InsertStrokes, ReplaceInk
from ui.model.ink.document import Content, InkDocument, Stroke
from ui.model.ink.leaves import Leaves, parted
from ui.model.ink.pens import Pens
from ui.model.ink.player import Player
from ui.model.ink.selection import Selection
from ui.model.keeping import InkKeeper
from ui.model.opening import OpenedInk, OpenedPages, Opener, Source
from ui.model.page.document import PageDocument
from ui.model.page.text import PageText
from ui.model.page.written import page_of
from ui.model.progress import ReadingProgress
from ui.model.readers import INK, PAGE
from ui.model.reading import Kind, ReadingService
from ui.model.teach.collecting import Collector
from ui.model.teach.collection import Collection
from ui.model.text.copying import copy
from ui.model.text.export import write_text
from ui.problems import Offer, Problems, describe

if TYPE_CHECKING:
    from recognizer.page import Page

INKML = ".inkml"
DEBOUNCE = 60  # ms from the last change of the ink to its reading


class Workbench(QObject):
    """The state of one window."""

    status = Signal(str)
    offered = Signal(object)  # Offer
    ink_opened = Signal()
    choice_changed = Signal()
    file_changed = Signal()  # that the ink is kept in, or whether it holds all of it

    def __init__(self, locations: Locations, kinds: Mapping[str, Kind], problems: Problems) -> None:
        super().__init__()
        self.problems = problems
        self.ink, self.undo, self.pages = InkDocument(), QUndoStack(), PageDocument()
        self.selection, self.player = Selection(self.ink), Player(self.ink)
        self.pens = Pens(self.ink, self.undo, self.selection)
        self.desks = {INK: Desk(INK), PAGE: Desk(PAGE)}
        self.leaves = Leaves(self.ink, self.undo, self.desks[INK].viewport)
        self.current = CurrentDesk(self.desks)
        self.choice = Choice()
        self._kinds = kinds
        self.opener = Opener()
        self.reading = ReadingService(kinds)
        self.background = Background()
        self.documents = Documents(locations, self.reading, self.background, self.pages, problems)
        self.undos = {INK: self.undo, PAGE: self.documents.undo}
        self.keeper = InkKeeper(locations.data, self.ink, problems.report)
        self.collection = Collection(locations.corrections, problems.report)
        self._collector = Collector(self.ink, self.collection)
        self._restoring: Path | None = None
        self._saved_at = -1
        self.file: Path | None = None  # of the user's, that the ink is from or in
        self.keeper.saved.connect(self._on_saved)
        self.undo.cleanChanged.connect(lambda _clean: self.file_changed.emit())
        self._debounce = QTimer(self, singleShot=True, interval=DEBOUNCE)
        self._debounce.timeout.connect(lambda: self.reading.ask(INK, self.ink.strokes))
        self.ink.changed.connect(self._on_ink)
        self.ink.corrected.connect(lambda: self.desks[INK].correct(self.ink.corrections))
        self._page: Page | None = None  # that is to be read
        self.pages.changed.connect(self._on_page)
        self.pages.field_changed.connect(self._read_page)
        self.desks[PAGE].accepts, self.desks[PAGE].decided = self.documents.accepts, self.documents.decided
        services = self.background, self.status.emit, problems.report
        self.page_text = PageText(self.desks[PAGE], self.pages, locations.page_text, *services)
        self.desks[INK].notes = lambda: possible(self.choice).reads == choices.TEXT
        for signal in (self.documents.acceptance_changed, self.documents.judged):
            signal.connect(self.desks[PAGE].changed)
        self.documents.queue.begun.connect(self._measure)
        self.documents.unreadable.connect(self.desks[PAGE].show_nothing)
        self.opener.opened.connect(self._on_opened)
        self.opener.failed.connect(self._on_open_failed)
        self.progress = ReadingProgress(self.reading, lambda kind: kind != PAGE or self._page is not None)
        self.progress.said.connect(self.status)
        self.reading.progressed.connect(self._on_progress)
        self.reading.answered.connect(self._on_answer)
        self.reading.failed.connect(self._on_failure)

    @property
    def desk(self) -> Desk:
        """The desk that is looked at."""
        return self.current.desk

    def choose(self, choice: Choice) -> None:
        """Read ink and pages so from now on, or as nearly so as can be; what is there is read again."""
        before, self.choice = self.choice, choice
        self.reading.choose(INK, possible(choice))
        if self.ink.strokes:
            self._on_ink()
        if page_choice(choice) != page_choice(before):
            self.reading.choose(PAGE, page_choice(possible(choice)))
            if self.pages.page is not None:
                self._read_page()
        self._measure()
        self.choice_changed.emit()

    def open(self, source: Source, name: str) -> None:
        """Open a file or pasted bytes off the GUI thread."""
        self.opener.open(source, name)

    def open_many(self, paths: Sequence[Path]) -> None:
        """Read files and folders one after the other, in the background."""
        self.current.look_at(PAGE)
        self.documents.queue.add(paths, TEXT if possible(self.choice).reads == choices.TEXT else NUMBER)

    def _measure(self) -> None:
        """What was measured of the readers is wanted as soon as there is a queue."""
        choice = possible(self.choice)
        if self.documents.queue.rows:
            self.documents.measure_by(
                lambda: {**self._kinds[INK].trusts(choice), **self._kinds[PAGE].trusts(page_choice(choice))}
            )

    @property
    def is_saved(self) -> bool:
        """Is all ink in its file, or is there none?"""
        return self.undo.isClean() or not (self.ink.strokes or self.file)

    def begin_new(self) -> None:
        """An empty sheet; ink that is in no file of the user's is kept as a sheet of its own."""
        self.current.look_at(INK)
        if self.ink.strokes or self.file is not None:
            self._take_ink(Content(), "new", None)

    def save_text(self, path: Path, joined: bool) -> None:
        """Save the text of the desk that is looked at, its lines kept or ``joined``, off the GUI thread."""
        text = self.desk.passage.text
        if self.current.kind == INK:
            text = parted(text, [answer.source for answer in self.desk.answers])
        self.background.ask(
            "text",
            lambda: write_text(path, text, joined),
            lambda _nothing: self.status.emit(tr("Saved as {name}", name=path.name)),
            self.problems.report,
        )

    def clear(self) -> None:
        """Empty the canvas."""
        if self.ink.strokes:
            self.undo.push(ClearInk(self.ink))

    def insert(self, strokes: tuple[Stroke, ...], text: str) -> None:
        """Copied strokes come onto the canvas, selected."""
        if strokes:
            self.undo.push(InsertStrokes(self.ink, self.selection, strokes, text))

    def correct(self, strokes: frozenset[Stroke], text: str) -> None:
        """The user says what a word's strokes write."""
        if self.current.kind == PAGE:
            self.undos[PAGE].push(CorrectWord(self.page_text, strokes, text))
            return
        self._collector.expect(strokes, self.desks[INK].read_of(strokes), text)
        self.undo.push(CorrectWord(self.ink, strokes, text))

    def save(self, path: Path) -> None:
        """Save the ink as InkML, or a picture of it, off the GUI thread; a picture does not count as saved."""
        if path.suffix.lower() == INKML:
            self._saved_at = self.undo.index()
        self.keeper.save_as(path)

    def save_results(self, path: Path) -> None:
        """Save the results of the queue as CSV or JSON, off the GUI thread."""
        rows, thresholds = tuple(self.documents.queue.rows), self.documents.queue.thresholds
        self.background.ask(
            "results",
            lambda: write_results(path, rows, thresholds),
            lambda _nothing: self.status.emit(tr("Saved as {name}", name=path.name)),
            self.problems.report,
        )

    def save_labelled(self, folder: Path) -> None:
        """Save the amounts that a person has read for `train amounts`, off the GUI thread, and say how that is done."""
        amounts = labelled_in(self.documents.queue.rows)
        if not amounts:
            self.status.emit(tr("No amount has been corrected or said to be right yet."))
            return
        self.background.ask(
            "amounts",
            lambda: write_labelled(folder, amounts),
            lambda count: self._tell_training(folder, count),
            self.problems.report,
        )

    def _tell_training(self, folder: Path, count: int) -> None:
        from recognizer.training.data.labelled_amounts import FEWEST

        sentence = tr("1 amount was saved.") if count == 1 else tr("{count:,} amounts were saved.", count=count)
        if count < FEWEST:
            more = tr("{fewest} are needed to train on: read more, and save all of them again.", fewest=FEWEST)
            self.offered.emit(Offer(f"{sentence} {more}", ((tr("Close"), lambda: None),)))
            return
        command = command_line("train", "amounts", "--data", str(folder))
        more = tr("This fits the reader to them, in some minutes: {command}", command=command)
        copied = (tr("Copy the command"), lambda: copy(command, self.status.emit))
        self.offered.emit(Offer(f"{sentence} {more}", (copied, (tr("Close"), lambda: None))))

    def offer_left_over(self) -> None:
        """Offer the ink of earlier sessions; the files stay until the user has decided."""
        files = self.keeper.left_over()
        if not files:
            return
        several = tr(" ({count} sheets)", count=len(files)) if len(files) > 1 else ""
        self.offered.emit(
            Offer(
                tr("Ink from last time was recovered{several}.", several=several),
                (
                    (tr("Restore"), lambda: self.restore(files[0])),
                    (tr("Delete"), lambda: delete(files)),
                    (tr("Not now"), lambda: None),
                ),
            )
        )

    def offer_to_clear(self) -> None:
        """Offer to empty the queue."""
        rows = len(self.documents.queue.rows)
        pages = tr("1 page") if rows == 1 else tr("{count:,} pages", count=rows)
        choices = ((tr("Empty"), self.documents.clear), (tr("Keep"), lambda: None))
        self.offered.emit(
            Offer(tr("Empty the queue of {pages}? Files and collected corrections stay.", pages=pages), choices)
        )

    def close(self) -> None:
        """End the threads and keep the ink."""
        self._debounce.stop()
        self.undo.blockSignals(True)  # its destructor would speak to a window that is gone
        self.opener.cancel()
        self.documents.close()
        self.page_text.close()
        self.keeper.close(saved=self.undo.isClean())
        self.reading.stop()
        self.background.stop()
        self.collection.close()

    def restore(self, path: Path) -> None:
        """Bring kept ink back onto the canvas."""
        self._restoring = path
        self.open(path, path.name)

    def _on_saved(self, path: Path, error: Exception | None) -> None:
        if error is not None:
            self.problems.report(error)
            return
        if path.suffix.lower() == INKML:
            self._name(path)
            if self._saved_at == self.undo.index():
                self.undo.setClean()
        self.status.emit(tr("Saved as {name}", name=path.name))

    def _show_ink(self, opened: OpenedInk) -> None:
        """Ink from a file comes under the pen; what was there and is in no file of the user's is kept as a sheet of its own."""
        self.current.look_at(INK)
        restored = opened.path is not None and opened.path == self._restoring
        content = opened.content if restored else opened.usual
        is_mine = not restored and opened.path is not None and opened.path.parent != SAMPLES
        self._take_ink(content, f"open {opened.name}", opened.path if is_mine else None, clean=not restored)
        if restored and opened.path is not None:
            self.keeper.take_over(opened.path)
            self._restoring = None
        if not opened.whole:
            damaged = tr("Parts of {name} are damaged and were left out.", name=opened.name)
            self.problems.report(InputError(damaged), of_file=True)
        self.ink_opened.emit()

    def _take_ink(self, content: Content, words: str, file: Path | None, clean: bool = True) -> None:
        """Other ink, which is in a file or in none of the user's; it is ``clean`` where it needs none."""
        if not self.is_saved:
            self.keeper.set_aside()
        self.undo.push(ReplaceInk(self.ink, content, words, self._name, (self.file, file)))
        if clean:
            self.undo.setClean()

    def _name(self, file: Path | None) -> None:
        self.file = file
        self.file_changed.emit()

    def _on_opened(self, opened: OpenedInk | OpenedPages) -> None:
        if isinstance(opened, OpenedInk):
            self._show_ink(opened)
        else:
            self.current.look_at(PAGE)
            self.pages.show(opened)

    def _on_open_failed(self, name: str, error: BaseException) -> None:
        self.status.emit(tr("{name} was not opened", name=name))
        self.problems.report(error, of_file=True)

    def _on_ink(self) -> None:
        self.reading.cancel(INK)
        if self.ink.strokes:
            self.desks[INK].expect()
            self._debounce.start()
        else:
            self._debounce.stop()
            self.desks[INK].show_nothing()

    def _on_page(self) -> None:
        self._page = None
        self.progress.end("")  # what was told was of another page
        self.reading.cancel(PAGE)
        self.desks[PAGE].show_nothing()
        if self.pages.unread:
            self.desks[PAGE].show_nothing(self.pages.unread)
        elif self.pages.page is not None:
            self._read_page()

    def _read_page(self) -> None:
        self._page = self.pages.page
        self.progress.expect()
        self.desks[PAGE].expect()
        self.reading.ask(PAGE, self._page)

    def _on_progress(self, kind: str, came: Answered) -> None:
        """Some lines of a page are read."""
        if came.answers and page_of(came.answers[0].source) is self._page:
            self.desks[kind].show_more(*came.answers)
            self.page_text.follow()

    def stop_reading(self) -> None:
        """Nobody wants the rest of the page."""
        self.reading.cancel(PAGE)
        self._page = None
        self.progress.end(tr("Stopped"))

    def _on_answer(self, kind: str, came: Answered) -> None:
        if kind == PAGE and page_of(came.answers[0].source) is not self._page:
            return  # another page is looked at by now
        if kind == PAGE and self.pages.field is None:
            self.pages.find(came.answers[0].reading.fields)
        if kind == PAGE:
            self.desks[kind].show_more(*came.answers)
            self.page_text.follow()
            self.documents.take_readings([answer.reading for answer in came.answers], self.page_text.is_shown)
        else:
            self.desks[kind].show(*came.answers, aside=came.aside)
        self.progress.answered(came)

    def _on_failure(self, kind: str, error: BaseException) -> None:
        """Blank or unreadable input is told in place of the answer; anything else also in the bar. Without a personal model that
        cannot be read with, it is read as the program came."""
        if isinstance(error, Unfit):
            self.problems.report(error)
            self.choose(replace(self.choice, personal=""))
            return
        self.desks[kind].show_nothing(describe(error).sentence)
        self.progress.end(tr("Not read"))
        if not isinstance(error, InputError):
            self.problems.report(error, of_file=kind == PAGE)


def delete(files: list[Path]) -> None:
    """Kept ink goes for good, as the user has asked."""
    for path in files:
        path.unlink(missing_ok=True)
