"""The rows of a queue as a table, sorted and filtered."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal

from ui.documents.queue import Queue
from ui.documents.result import Row, State
from ui.documents.thumbnails import Thumbnails
from ui.lattice.describe import percent

FILE, PAGE, TEXT, CONFIDENCE, STATE, REMARKS = range(6)
COLUMNS = ("File", "Page", "Read", "Confidence", "State", "Remarks")
MEANINGS = (
    "The file",
    "The page of the file",
    "What was read, or what you say instead; type to change it",
    "How sure the reader is",
    "Accepted: trusted, or said to be right. Refused: a person should look",
    "What is wrong with the picture, or why it was not read",
)
SORTED_BY = Qt.ItemDataRole.UserRole  # role of what a cell is sorted by
RANK = {state: rank for rank, state in enumerate((State.REFUSED, State.FAILED, *State))}
EVERY, TO_DO = "All", "For a person"  # choices beside the states
ANY_PICTURE, FLAWED = "Any picture", "With a flaw"

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


def remarks(row: Row) -> str:
    """The flaws of the picture, or why there is no text, in plain words."""
    if row.result.error:
        return row.result.error
    return f"The picture is {' and '.join(row.result.flaws)}." if row.result.flaws else ""


class ResultModel(QAbstractTableModel):
    """Rows in the order of reading. Typing into the text of a row tells ``typed``, and changes nothing by itself."""

    typed = Signal(int, str)  # row, text

    def __init__(self, queue: Queue, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._queue, self._thumbnails = queue, thumbnails
        self._count = len(queue.rows)
        queue.added.connect(self._add)
        queue.revised.connect(lambda row: self._tell(row, row, 0, len(COLUMNS) - 1))
        queue.judged.connect(lambda: self._tell(0, self._count - 1, STATE, STATE))
        queue.replaced.connect(self._replace)
        thumbnails.made.connect(self._show_thumbnails)

    def row(self, row: int) -> Row:
        """What a row shows."""
        return self._queue.rows[row]

    def state(self, row: int) -> State:
        """Its state."""
        return self._queue.state(row)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """As many as pages that were read."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Of COLUMNS."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names and meanings of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        named = {Qt.ItemDataRole.DisplayRole: COLUMNS, Qt.ItemDataRole.ToolTipRole: MEANINGS}.get(Qt.ItemDataRole(role))
        return named[section] if named else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Texts can be typed over."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == TEXT else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed."""
        if role != Qt.ItemDataRole.EditRole or index.column() != TEXT:
            return False
        self.typed.emit(index.row(), str(value).strip())
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell, and for the screen reader with the name of its column."""
        row, column = self._queue.rows[index.row()], index.column()
        if role == SORTED_BY:
            return self._key(row, column)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._thumbnails.of(row.result.place) if column == FILE else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        words = self._words(row)[column]
        return {
            Qt.ItemDataRole.DisplayRole: words,
            Qt.ItemDataRole.EditRole: words,
            Qt.ItemDataRole.AccessibleTextRole: f"{COLUMNS[column]}: {words or 'none'}",
            Qt.ItemDataRole.ToolTipRole: str(row.result.place.file) if column == FILE else words,
        }.get(Qt.ItemDataRole(role))

    def _words(self, row: Row) -> tuple[str, ...]:
        result = row.result
        return (
            result.place.file.name,
            f"{result.place.page} of {result.pages}" if result.pages > 1 else str(result.place.page),
            row.text,
            "" if result.error else percent(result.confidence),
            row.state(self._queue.thresholds).value.capitalize(),
            remarks(row),
        )

    def _key(self, row: Row, column: int) -> Any:
        """Numbers by size, states by how much they want a person, the rest as one reads it."""
        if column == PAGE:
            return row.result.place.page
        if column == CONFIDENCE:
            return row.result.confidence
        if column == STATE:
            return RANK[row.state(self._queue.thresholds)]
        if column == TEXT:
            return _number(row.text)
        return self._words(row)[column].lower()

    def _add(self, row: int) -> None:
        self.beginInsertRows(NOWHERE, row, row)
        self._count = row + 1
        self.endInsertRows()

    def _replace(self) -> None:
        self.beginResetModel()
        self._count = len(self._queue.rows)
        self.endResetModel()

    def _tell(self, first: int, last: int, left: int, right: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, left), self.index(last, right))

    def _show_thumbnails(self, places: Any) -> None:
        for row in map(self._queue.row_of, places):
            if row is None:
                continue
            self.dataChanged.emit(self.index(row, FILE), self.index(row, FILE), [Qt.ItemDataRole.DecorationRole])


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == CONFIDENCE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _number(text: str) -> str:
    """Amounts sort by value among texts that sort as they are."""
    try:
        return f"{float(text):020.4f}"
    except ValueError:
        return text.lower()


class ResultFilter(QSortFilterProxyModel):
    """The rows that are wanted, in the order that is wanted."""

    def __init__(self, model: ResultModel) -> None:
        super().__init__()
        self._model = model
        self._state, self._flaw, self._search = EVERY, ANY_PICTURE, ""
        self.setSourceModel(model)
        self.setSortRole(SORTED_BY)
        self.setDynamicSortFilter(True)

    def choose_state(self, choice: str) -> None:
        """Only rows of a state, by its word, or EVERY, or TO_DO."""
        self.beginFilterChange()
        self._state = choice
        self.endFilterChange()

    def choose_flaw(self, choice: str) -> None:
        """Only rows whose picture has a flaw, by its word, or any (FLAWED), or all rows (ANY_PICTURE)."""
        self.beginFilterChange()
        self._flaw = choice
        self.endFilterChange()

    def search(self, words: str) -> None:
        """Only rows with these words in the name of the file or in the text."""
        self.beginFilterChange()
        self._search = words.strip().lower()
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, _parent: Index) -> bool:
        """Is it wanted?"""
        shown, state = self._model.row(row), self._model.state(row)
        flaws = shown.result.flaws
        return (
            (
                self._state == EVERY or wants_person(state)
                if self._state in (EVERY, TO_DO)
                else self._state == state.value
            )
            and (self._flaw == ANY_PICTURE or (bool(flaws) if self._flaw == FLAWED else self._flaw in flaws))
            and (self._search in shown.text.lower() or self._search in shown.result.place.file.name.lower())
        )


def wants_person(state: State) -> bool:
    """Is it still to be decided by a person?"""
    return state in (State.REFUSED, State.FAILED)
