"""The table of results as one hand on the keyboard uses it."""

from itertools import chain

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView

from ui.documents.arrangement import CONFIDENCE, FILE, PAGE, REMARKS, STATE, TEXT
from ui.documents.delegates import StateDelegate, TextDelegate
from ui.documents.table import ResultModel
from ui.language import titled, tr
from ui.model.documents.result import DocumentPage, State
from ui.model.documents.thumbnails import SIZE
from ui.theme.theme import Theme
from ui.typed import takes_key

ROW_HEIGHT, LEAST_HEIGHT = 40, 24  # px of a row: where there is room, and where there is little
NARROW, WIDE = 520, 740  # px: from the first on there is a column for the confidence, from the other on one for remarks
ROWS = 6  # are seen at least, if they can be that low
WIDTHS = {FILE: 230, TEXT: 170, CONFIDENCE: 98}  # px
WORDS = {
    PAGE: (tr("{number} of {count}", number=88, count=88), tr("cheque {number}", number=8)),
    STATE: tuple(titled(state.value) for state in State),
}
AROUND = {PAGE: 26, STATE: 50}  # px around the words of a column, and for its mark
ACCEPTS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
SKIPS = (Qt.Key.Key_Space,)


class ResultTable(QTableView):
    """Enter accepts, Space skips, typing and F2 change the text; Esc says nothing."""

    accepted = Signal()
    skipped = Signal()

    def __init__(self, model: ResultModel, theme: Theme) -> None:
        super().__init__()
        self._results = model
        self.setModel(model)
        self.setAccessibleName(tr("Results"))
        self.setAccessibleDescription(
            tr("Enter accepts the text, typing changes it, Space skips the page; then the next one is chosen.")
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setItemDelegateForColumn(TEXT, TextDelegate(self))
        self.setItemDelegateForColumn(STATE, StateDelegate(self, theme))
        self.setObjectName("results")
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setIconSize(SIZE)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(LEAST_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in WIDTHS.items():
            header.resizeSection(column, width)
        for column, words in WORDS.items():
            header.resizeSection(column, max(map(self.fontMetrics().horizontalAdvance, words)) + AROUND[column])
        header.setSectionResizeMode(REMARKS, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def least_height(self) -> int:
        """At which some rows are seen [px]."""
        return self.horizontalHeader().sizeHint().height() + ROWS * LEAST_HEIGHT + 2 * self.frameWidth()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room rows are lower, so that one sees some of them, and columns narrower or not there."""
        self._fit_columns()
        height = min(max(self.viewport().height() // ROWS, LEAST_HEIGHT), ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(height)
        self.setIconSize(SIZE * (height / ROW_HEIGHT))
        super().resizeEvent(event)

    def _fit_columns(self) -> None:
        room = self.viewport().width()
        self.setColumnHidden(CONFIDENCE, room < NARROW)
        self.setColumnHidden(REMARKS, room < WIDE)
        kept = sum(self.columnWidth(column) for column in (PAGE, CONFIDENCE, STATE) if not self.isColumnHidden(column))
        for column in (FILE, TEXT):
            width = WIDTHS[column] * (room - kept) // (WIDTHS[FILE] + WIDTHS[TEXT])
            self.setColumnWidth(column, min(width, WIDTHS[column]))

    @property
    def place(self) -> DocumentPage | None:
        """The chosen page."""
        index = self.currentIndex()
        return self._results.row(index.row()).result.place if index.isValid() else None

    def choose(self, place: DocumentPage | None) -> None:
        """Go to a page; one that is not shown, or none, leaves none chosen."""
        row = None if place is None else self._results.row_of(place)
        if row is None:
            self.selectionModel().clear()
        elif row != self.currentIndex().row():
            self.selectionModel().setCurrentIndex(
                self._results.index(row, TEXT),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )

    @property
    def typing(self) -> str:
        """What is being typed over the text of the chosen page; empty where nothing is, or what cannot be there."""
        editor = self.findChild(QLineEdit)
        typed = editor is not None and editor.isModified() and editor.hasAcceptableInput()
        return editor.text().strip() if editor is not None and typed else ""

    @property
    def is_typed_in(self) -> bool:
        """Is a text being typed?"""
        return self.state() == QAbstractItemView.State.EditingState

    def next_place(self) -> DocumentPage | None:
        """The page that comes after the chosen one: the next that wants a person, else the next of all."""
        count, now = self._results.rowCount(), self.currentIndex().row()
        others = chain(range(now + 1, count), range(max(now, 0)))
        row = next(filter(self._results.wants_person, others), now + 1)
        return self._results.row(row).result.place if row < count else None

    def place_to_check(self, step: int) -> DocumentPage | None:
        """The next page that wants a person (1) or the one before (-1), going round; None: no one does."""
        count, now = self._results.rowCount(), self.currentIndex().row()
        others = range(now + 1, now + 1 + count) if step > 0 else range(max(now, 0) - 1, max(now, 0) - 1 - count, -1)
        row = next((row % count for row in others if self._results.wants_person(row % count)), None)
        return None if row is None else self._results.row(row).result.place

    def beside(self) -> DocumentPage | None:
        """The page below the chosen one, else that above."""
        count, now = self._results.rowCount(), self.currentIndex().row()
        row = now + 1 if now + 1 < count else now - 1
        return self._results.row(row).result.place if row >= 0 else None

    def event(self, event: QEvent) -> bool:
        """What is typed here changes the text of the page."""
        if takes_key(event) and self.currentIndex().isValid():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide, or begin to type; arrows go up and down."""
        if self.is_typed_in:  # what the editor leaves over is for nobody
            super().keyPressEvent(event)
            return
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (*ACCEPTS, *SKIPS) and self.currentIndex().isValid():
            (self.accepted if event.key() in ACCEPTS else self.skipped).emit()
            return
        if self.currentIndex().isValid() and event.text().isprintable():  # it is for the text, whatever cell one is in
            self.setCurrentIndex(self.currentIndex().siblingAtColumn(TEXT))
        super().keyPressEvent(event)
