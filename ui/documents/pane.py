"""The queue beside the page: what is shown of it, the table, and how the reading goes."""

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from ui.boxes import FLUSH, in_column, in_row
from ui.documents.acceptance_bar import AcceptanceBar
from ui.documents.arrangement import ANY_PICTURE, EVERY, FLAWED, TO_DO, wants_person
from ui.documents.table import ResultModel
from ui.documents.view import ResultTable
from ui.empty import EmptyState
from ui.labels import caption, text_label, tip
from ui.language import titled, tr
from ui.model.documents.documents import Documents
from ui.model.documents.result import DocumentPage, State, Verdict
from ui.theme.theme import Theme

TALLY = 150  # ms after a change
WIDE = 560  # px: room for all of the head
GAP = 8  # px between its parts
SAVE_WIDE = 200  # px more, where all is done and the results are to be saved
SAVE = tr("Save results as\u2026")
LEAST = 320  # px of width, in which the head above the table may be cut off


class QueuePane(QWidget):
    """Listens to the documents, and hands over what the keys say."""

    message = Signal(str)  # what there is to say about what somebody has tried
    save = Signal()  # somebody wants to save the results

    def __init__(self, documents: Documents, theme: Theme) -> None:
        super().__init__()
        self.setMinimumWidth(LEAST)
        self._documents, self._queue = documents, documents.queue
        self.model = ResultModel(documents.queue, documents.thumbnails)
        self.table = ResultTable(self.model, theme)
        self.search = QLineEdit(placeholderText=tr("File or text\u2026"), clearButtonEnabled=True)
        self.search.setAccessibleName(tr("Show only rows with these words"))
        self.search.setToolTip(
            tip(tr("Finds words on pages of text too where they are only one of the ways to read a line"))
        )
        self.search.setMaximumWidth(200)
        self.search.setMinimumWidth(90)
        self.states = _choice(tr("Show only rows of a state"), (EVERY, TO_DO, *(state.value for state in State)))
        self.flaws = _choice(tr("Show only rows whose picture has a flaw"), (ANY_PICTURE, FLAWED))
        self.acceptance = AcceptanceBar(documents)
        self.tally = caption("")
        self.keys = caption(tr("\u00b7 Enter: right \u00b7 Space: skip \u00b7 or type"))
        self.keys.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # where there is room
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedSize(140, 6)
        self._bar.setAccessibleName(tr("Progress of the queue"))
        self.progress = text_label()
        self.cancel, self.resume = QPushButton(tr("Stop")), QPushButton(tr("Go on"))
        self.cancel.setAccessibleName(tr("Stop reading the queue"))
        self.resume.setAccessibleName(tr("Go on reading the queue"))
        self.all_done = QPushButton()
        self.all_done.setAccessibleName(SAVE)
        self._none = EmptyState(
            self.table.viewport(), tr("No page matches"), "", [(tr("Show all pages"), self.show_all)]
        )
        self._tally: tuple[str, ...] = ()  # how many pages there are, and how many are left
        self._sought: DocumentPage | None = None  # the page that was gone to because files were opened
        self._seeking = False  # until somebody goes elsewhere
        self._later = QTimer(self, singleShot=True, interval=TALLY)
        self._lay_out()
        self._connect()
        self._show_progress()
        self._sum_up()

    def _lay_out(self) -> None:
        choices = (self.search, self.states, self.flaws, self.tally, (self.keys, 1), self.all_done)
        course = (self.progress, self._bar, self.cancel, self.resume)
        head = in_row(*choices, *course, margins=(10, 4, 10, 4), spacing=GAP)
        in_column(head, (self.table, 1), self.acceptance, of=self, margins=FLUSH, spacing=0)

    def make_room(self, wanted: bool) -> None:
        """Some rows are to be seen, or nothing is while something else is looked at."""
        self.table.setMinimumHeight(self.table.least_height() if wanted else 0)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Where it is narrow only what finds pages stands above them."""
        self.flaws.setVisible(self.width() >= WIDE)
        self._show_tally()

    def _connect(self) -> None:
        queue, table = self._queue, self.table
        self.search.textChanged.connect(self._look_for)
        self.states.currentTextChanged.connect(lambda: self._arrange(state=self.states.currentData()))
        self.flaws.currentTextChanged.connect(lambda: self._arrange(flaw=self.flaws.currentData()))
        self.search.returnPressed.connect(table.setFocus)
        table.selectionModel().currentRowChanged.connect(self._on_choice)
        table.accepted.connect(self._accept)
        table.skipped.connect(self._skip)
        self.model.typed.connect(self._on_typed)
        self.cancel.clicked.connect(queue.cancel)
        self.resume.clicked.connect(queue.resume)
        self._documents.moved.connect(self._on_moved)
        self.all_done.clicked.connect(self.save)
        queue.asked.connect(self._expect)
        queue.added.connect(self._seek)
        queue.judged.connect(self._seek)
        queue.replaced.connect(self._seek)
        queue.progressed.connect(self._show_progress)
        self._later.timeout.connect(self._sum_up)
        for signal in (queue.added, queue.revised, queue.judged, queue.replaced):
            signal.connect(self._sum_up_soon)
        self.model.modelReset.connect(self._on_arranged)

    def begin(self) -> None:
        """Go to the first row that wants a person, if none is chosen."""
        if self.table.place is None:
            self.table.choose(self.table.next_place())
        self.table.setFocus()

    def go_to_check(self, step: int) -> None:
        """The next page that wants a person (1), or the one before (-1); nothing is said about this one."""
        place = self.table.place_to_check(step)
        if place is None:
            self.message.emit(tr("No page is left to check."))
            return
        self.table.choose(place)
        self.table.setFocus()

    def remove(self) -> None:
        """The chosen page is not wanted; the next one is chosen."""
        if self.table.place is not None:
            after = self.table.beside()
            self._documents.remove([self.table.place])
            self.table.choose(after)

    def show_all(self) -> None:
        """Whatever was looked for."""
        self.search.clear()
        self.states.setCurrentIndex(0)
        self.flaws.setCurrentIndex(0)
        self.table.setFocus()

    def _expect(self) -> None:
        """Of what somebody has just opened the first page that wants a person is looked at, until they go elsewhere."""
        self._seeking, self._sought = True, self.table.place
        self._seek()

    def _seek(self, new: int | None = None) -> None:
        """Any page will do until one is known that wants a person, perhaps a ``new`` one."""
        queue, table = self._queue, self.table
        self._seeking &= table.place == self._sought and not table.is_typed_in
        now = self._sought and queue.row_of(self._sought)
        if not self._seeking or (now is not None and wants_person(queue.state(now))):
            return
        rows = range(len(queue.rows)) if new is None else (new,)
        first = 0 if now is None and queue.rows else None
        row = next((row for row in rows if wants_person(queue.state(row))), first)
        if row is not None:
            table.choose(queue.rows[row].result.place)
            table.setFocus()
            self._sought = table.place

    def _on_choice(self) -> None:
        place = self.table.place
        if place is not None:
            self._documents.look_at(place)

    def _on_moved(self) -> None:
        if self._documents.current != self.table.place:
            self.table.choose(self._documents.current)

    def _look_for(self, words: str) -> None:
        """The pages that say it, or may, and on each the line."""
        self._documents.sought = words.strip().lower()
        self._arrange(words=self._documents.sought)

    def _arrange(self, **wanted: str) -> None:
        self.model.arrange(replace(self.model.arrangement, **wanted))  # type: ignore[arg-type]

    def _on_arranged(self) -> None:
        """The row that was chosen is somewhere else now."""
        self.table.choose(self._documents.current)
        self._sum_up_soon()

    def _accept(self) -> None:
        """What was not read cannot be right."""
        row = self._queue.find(self.table.place)
        if row is not None and row.text:
            self._decide(row.result.place, Verdict(State.ACCEPTED))

    def _skip(self) -> None:
        if self.table.place is not None:
            self._decide(self.table.place, Verdict(State.SKIPPED))

    def _on_typed(self, place: DocumentPage, text: str) -> None:
        """After the editor has closed: it would give the focus back to the row that it was for."""
        verdict = self._verdict_of(place, text)
        if verdict is not None:
            QTimer.singleShot(0, self, lambda: self._decide(place, verdict))

    def _verdict_of(self, place: DocumentPage, text: str) -> Verdict | None:
        """What a person who types a text says of a page."""
        row = self._queue.find(place)
        if not text or row is None:
            return None
        return Verdict(State.ACCEPTED) if text == row.result.text else Verdict(State.CORRECTED, text)

    def finish(self) -> None:
        """The window closes: what is being typed counts as if it were typed to its end."""
        place = self.table.place
        verdict = None if place is None else self._verdict_of(place, self.table.typing)
        if place is not None and verdict is not None:
            self._documents.decide(place, verdict)

    def _decide(self, place: DocumentPage, verdict: Verdict) -> None:
        """Then the next page is chosen, unless one has gone elsewhere already; the one that was decided on may be out of sight."""
        stays, after = place == self.table.place, self.table.next_place()
        self._documents.decide(place, verdict)
        if stays and after is not None:
            self.table.choose(after)

    def _show_progress(self) -> None:
        queue = self._queue
        self.cancel.setVisible(queue.running)
        self._bar.setVisible(queue.running)
        self.resume.setVisible(queue.unread and not queue.running)
        self._bar.setRange(0, queue.total)
        self._bar.setValue(queue.done)
        files = (
            tr("{done:,} of 1 file read", done=queue.done)
            if queue.total == 1
            else tr("{done:,} of {total:,} files read", done=queue.done, total=queue.total)
        )
        self.progress.setText(tr("Looking for files\u2026") if queue.running and not queue.total else files)
        self.progress.setVisible(queue.running or queue.unread)
        self._show_keys()

    def _sum_up_soon(self) -> None:
        if not self._later.isActive():
            self._later.start()

    def _sum_up(self) -> None:
        """How many there are, and which flaws can be looked for."""
        for flaw in dict.fromkeys(flaw for row in self._queue.rows for flaw in row.result.flaws):
            if self.flaws.findData(flaw) < 0:
                self.flaws.addItem(titled(flaw), flaw)
        self.acceptance.refresh_promise()
        rows, shown = len(self._queue.rows), self.model.rowCount()
        wanting = sum(wants_person(self._queue.state(row)) for row in range(rows))
        pages = tr("1 page") if rows == 1 else tr("{count:,} pages", count=rows)
        of = tr("{shown:,} of {pages}", shown=shown, pages=pages) if shown < rows else pages
        left = tr("{count:,} to check", count=wanting) if wanting else tr("all are checked")
        self._tally = (of, left) if rows else ()
        self.all_done.setVisible(bool(rows) and not wanting and not self._queue.unread)
        self._show_tally()
        self._none.setVisible(bool(rows) and not shown)
        self._none.place()

    def _show_tally(self) -> None:
        """Only what is left to do where it is narrow."""
        wide = self.width() >= WIDE + (0 if self.all_done.isHidden() else SAVE_WIDE)
        self.tally.setText(", ".join(self._tally if wide else self._tally[1:]))
        self.all_done.setText(SAVE if wide else tr("Save\u2026"))
        self._show_keys()

    def _show_keys(self) -> None:
        """Where there is room for all of them, and something to do with them."""
        choices = (self.search, self.states, self.flaws, self.tally, self.all_done)
        others = (*choices, self.progress, self._bar, self.cancel, self.resume)
        widths = (min(each.sizeHint().width(), each.maximumWidth()) for each in others if not each.isHidden())
        taken = sum(width + GAP for width in widths)
        room = self.width() - taken - 2 * GAP
        self.keys.setVisible(self.all_done.isHidden() and room >= self.keys.sizeHint().width())


def _choice(name: str, words: tuple[str, ...]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for word in words:
        box.addItem(titled(word), word)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(9)
    return box
