"""The table of results as one hand on the keyboard uses it."""

from itertools import chain

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.documents.delegates import StateDelegate, TextDelegate
from ui.documents.result import Place
from ui.documents.table import CONFIDENCE, FILE, PAGE, REMARKS, STATE, TEXT, ResultFilter, ResultModel, wants_person
from ui.documents.thumbnails import SIZE
from ui.theme.theme import Theme

ROW_HEIGHT = 44  # px
WIDTHS = {FILE: 250, PAGE: 72, TEXT: 170, CONFIDENCE: 100, STATE: 116}  # px
ACCEPTS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
SKIPS = (Qt.Key.Key_Space, Qt.Key.Key_Escape)


class ResultTable(QTableView):
    """Enter accepts, Space and Esc skip, typing and F2 change the text."""

    accepted = Signal()
    skipped = Signal()

    def __init__(self, model: ResultModel, theme: Theme) -> None:
        super().__init__()
        self._results, self.rows = model, ResultFilter(model)
        self.setModel(self.rows)
        self.setAccessibleName("Results")
        self.setAccessibleDescription(
            "Enter accepts the text, typing changes it, Space skips the page; then the next one is chosen."
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
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in WIDTHS.items():
            header.resizeSection(column, width)
        header.setSectionResizeMode(REMARKS, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    @property
    def row(self) -> int | None:
        """The chosen row of the model."""
        index = self.currentIndex()
        return self.rows.mapToSource(index).row() if index.isValid() else None

    @property
    def place(self) -> Place | None:
        """The chosen page."""
        return None if self.row is None else self._results.row(self.row).result.place

    def choose(self, row: int | None) -> None:
        """Go to a row of the model; one that is not shown, or none, leaves none chosen."""
        index = QModelIndex() if row is None else self.rows.mapFromSource(self._results.index(row, TEXT))
        if not index.isValid():
            self.selectionModel().clear()
        elif index.row() != self.currentIndex().row():
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            )

    def next_row(self) -> int | None:
        """The row of the model that comes after the chosen one: the next that wants a person, else the next of all."""
        count, now = self.rows.rowCount(), self.currentIndex().row()
        others = chain(range(now + 1, count), range(max(now, 0)))
        wanting = (row for row in map(self._source_row, others) if wants_person(self._results.state(row)))
        return next(wanting, self._source_row(now + 1) if now + 1 < count else None)

    def _source_row(self, row: int) -> int:
        return self.rows.mapToSource(self.rows.index(row, TEXT)).row()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide, or begin to type; arrows go up and down."""
        if self.state() == QAbstractItemView.State.EditingState:  # what the editor leaves over is for nobody
            super().keyPressEvent(event)
            return
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (*ACCEPTS, *SKIPS) and self.currentIndex().isValid():
            (self.accepted if event.key() in ACCEPTS else self.skipped).emit()
            return
        if (
            self.currentIndex().isValid() and event.text().isprintable()
        ):  # what is typed is the text, whatever cell one is in
            self.setCurrentIndex(self.currentIndex().siblingAtColumn(TEXT))
        super().keyPressEvent(event)
