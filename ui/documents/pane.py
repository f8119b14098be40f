"""The queue beside the page: what is shown of it, the table, and how the reading goes."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui.documents.documents import Documents
from ui.documents.result import State, Verdict
from ui.documents.standard_bar import StandardBar
from ui.documents.table import ANY_PICTURE, EVERY, FLAWED, TO_DO, ResultModel, wants_person
from ui.documents.view import ResultTable
from ui.labels import caption
from ui.theme.theme import Theme

TALLY = 150  # ms after a change


class QueuePane(QWidget):
    """Listens to the documents, and hands over what the keys say."""

    def __init__(self, documents: Documents, theme: Theme) -> None:
        super().__init__()
        self._documents, self._queue = documents, documents.queue
        self.model = ResultModel(documents.queue, documents.thumbnails)
        self.table = ResultTable(self.model, theme)
        self.search = QLineEdit(placeholderText="File or text\u2026", clearButtonEnabled=True)
        self.search.setAccessibleName("Show only rows with these words")
        self.search.setMaximumWidth(200)
        self.states = _choice("Show only rows of a state", (EVERY, TO_DO, *(state.value for state in State)))
        self.flaws = _choice("Show only rows whose picture has a flaw", (ANY_PICTURE, FLAWED))
        self.standard = StandardBar(documents)
        self.tally = caption("")
        self.keys = caption("Enter: right \u00b7 type: it says \u00b7 Space: skip")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedSize(140, 6)
        self._bar.setAccessibleName("Progress of the queue")
        self.progress = QLabel()
        self.cancel, self.resume = QPushButton("Stop"), QPushButton("Go on")
        self.cancel.setAccessibleName("Stop reading the queue")
        self.resume.setAccessibleName("Go on reading the queue")
        self._later = QTimer(self, singleShot=True, interval=TALLY)
        self._lay_out()
        self._connect()
        self._show_progress()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(10, 6, 10, 6)
        head.setSpacing(8)
        choices: tuple[QWidget, ...] = (self.search, self.states, self.flaws, self.tally)
        for widget in choices:
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.keys)
        course: tuple[QWidget, ...] = (self.progress, self._bar, self.cancel, self.resume)
        for widget in course:
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.standard)

    def _connect(self) -> None:
        queue, table = self._queue, self.table
        self.search.textChanged.connect(table.rows.search)
        self.states.currentTextChanged.connect(lambda words: table.rows.choose_state(_plain(words)))
        self.flaws.currentTextChanged.connect(lambda words: table.rows.choose_flaw(_plain(words)))
        self.search.returnPressed.connect(table.setFocus)
        table.selectionModel().currentRowChanged.connect(self._on_choice)
        table.accepted.connect(lambda: self._decide(Verdict(State.ACCEPTED)))
        table.skipped.connect(lambda: self._decide(Verdict(State.SKIPPED)))
        self.model.typed.connect(self._on_typed)
        self.cancel.clicked.connect(queue.cancel)
        self.resume.clicked.connect(queue.resume)
        self._documents.moved.connect(self._on_moved)
        queue.progressed.connect(self._show_progress)
        self._later.timeout.connect(self._sum_up)
        for signal in (queue.added, queue.revised, queue.judged, queue.replaced):
            signal.connect(lambda *_: self._later.start() if not self._later.isActive() else None)
        for signal in (table.rows.rowsInserted, table.rows.rowsRemoved, table.rows.modelReset):
            signal.connect(lambda *_: self._later.start() if not self._later.isActive() else None)

    def begin(self) -> None:
        """Go to the first row that wants a person, if none is chosen."""
        if self.table.place is None:
            self.table.choose(self.table.next_row())
        self.table.setFocus()

    def _on_choice(self) -> None:
        place = self.table.place
        if place is not None:
            self._documents.look_at(place)

    def _on_moved(self) -> None:
        current = self._documents.current
        if current != self.table.place:
            self.table.choose(None if current is None else self._queue.row_of(current))

    def _decide(self, verdict: Verdict) -> None:
        """Then the next row is chosen; the one that was decided on may be out of sight."""
        place, after = self.table.place, self.table.next_row()
        if place is None or (verdict.state is State.ACCEPTED and not self._can_be_right()):
            return
        self._documents.decide(place, verdict)
        if after is not None:
            self.table.choose(after)

    def _can_be_right(self) -> bool:
        return self.table.row is not None and bool(self.model.row(self.table.row).text)

    def _on_typed(self, row: int, text: str) -> None:
        """After the editor has closed: it would give the focus back to the row that it was for."""
        if not text or row != self.table.row:
            return
        same = text == self.model.row(row).result.text
        verdict = Verdict(State.ACCEPTED) if same else Verdict(State.CORRECTED, text)
        QTimer.singleShot(0, self, lambda: self._decide(verdict))

    def _show_progress(self) -> None:
        queue = self._queue
        self.cancel.setVisible(queue.running)
        self._bar.setVisible(queue.running)
        self.resume.setVisible(queue.unread and not queue.running)
        self._bar.setRange(0, queue.total)
        self._bar.setValue(queue.done)
        files = f"{queue.done:,} of {queue.total:,} {'file' if queue.total == 1 else 'files'} read"
        self.progress.setText("Looking for files\u2026" if queue.running and not queue.total else files)
        self.progress.setVisible(queue.running or queue.unread)
        self.keys.setVisible(not queue.running and not queue.unread)

    def _sum_up(self) -> None:
        """How many there are, and which flaws can be looked for."""
        for flaw in dict.fromkeys(flaw for row in self._queue.rows for flaw in row.result.flaws):
            if self.flaws.findText(_titled(flaw)) < 0:
                self.flaws.addItem(_titled(flaw))
        self.standard.refresh_promise()
        rows, shown = len(self._queue.rows), self.table.rows.rowCount()
        wanting = sum(wants_person(self._queue.state(row)) for row in range(rows))
        pages = "page" if rows == 1 else "pages"
        of = f"{shown:,} of {rows:,} {pages}" if shown < rows else f"{rows:,} {pages}"
        self.tally.setText(f"{of}, {wanting:,} for a person" if rows else "")


def _choice(name: str, words: tuple[str, ...]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItems(list(map(_titled, words)))
    return box


def _titled(words: str) -> str:
    return words[0].upper() + words[1:]


def _plain(words: str) -> str:
    """The word as the filter knows it."""
    return words if words in (EVERY, TO_DO, ANY_PICTURE, FLAWED) else words.lower()
