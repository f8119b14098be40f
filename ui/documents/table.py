"""The rows of a queue as a table. It arranges them itself: a proxy that asks for every cell would stop the window for seconds."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from recognizer.files import printable
from ui.documents.arrangement import (
    CONFIDENCE,
    EVERY,
    FILE,
    STATE,
    TEXT,
    Arrangement,
    arranged,
    place_for,
    remarks,
    wants_person,
)
from ui.labels import tip
from ui.language import titled, tr
from ui.lattice.describe import percent
from ui.model.documents.queue import Queue
from ui.model.documents.result import DocumentPage, Result, Row
from ui.model.documents.thumbnails import Thumbnails

COLUMNS = (tr("File"), tr("Page"), tr("Read"), tr("Confidence"), tr("State"), tr("Remarks"))
MEANINGS = (
    tr("The file"),
    tr("The page of the file"),
    tr("What was read, or what you say instead; type to change it"),
    tr("How sure the reader is"),
    tr("Accepted: trusted, or said to be right. Refused: a person should look"),
    tr("What is wrong with the picture, or why it was not read"),
)

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class ResultModel(QAbstractTableModel):
    """Shows rows as they are arranged. A row that is decided stays where it is, unless its state is not wanted any more.

    Typing into the text of a row tells ``typed``, and changes nothing by itself.
    """

    typed = Signal(object, str)  # Place, text

    def __init__(self, queue: Queue, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._queue, self._thumbnails = queue, thumbnails
        self.arrangement = Arrangement()
        self._shown: list[int] = []  # rows of the queue
        queue.added.connect(self._revise)
        queue.revised.connect(self._revise)
        queue.judged.connect(self._judge)
        queue.replaced.connect(lambda: self.arrange(self.arrangement))
        thumbnails.made.connect(self._show_thumbnails)
        self.arrange(self.arrangement)

    def arrange(self, arrangement: Arrangement) -> None:
        """Show other rows, or in another order."""
        self.beginResetModel()
        self.arrangement = arrangement
        self._shown = arranged(self._queue.rows, self._queue.thresholds, arrangement)
        self.endResetModel()

    def row(self, row: int) -> Row:
        """What a row of the table shows."""
        return self._queue.rows[self._shown[row]]

    def wants_person(self, row: int) -> bool:
        """Is it still to be decided by a person?"""
        return wants_person(self._queue.state(self._shown[row]))

    def row_of(self, place: DocumentPage) -> int | None:
        """The row of the table that shows a page."""
        number = self._queue.row_of(place)
        return self._shown.index(number) if number in self._shown else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """As many as are shown."""
        return 0 if parent.isValid() else len(self._shown)

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
        self.typed.emit(self.row(index.row()).result.place, str(value).strip())
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell, and for the screen reader with the name of its column; the State of a row, or all of it, as the user's data."""
        row, column = self.row(index.row()), index.column()
        if role == Qt.ItemDataRole.DecorationRole:
            return self._thumbnails.of(row.result.place) if column == FILE else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.UserRole:
            return {STATE: row.state(self._queue.thresholds), TEXT: row}.get(column)
        words = self._words(row)[column]
        return {
            Qt.ItemDataRole.DisplayRole: self._hit(row) or words if column == TEXT else words,
            Qt.ItemDataRole.EditRole: words,
            Qt.ItemDataRole.AccessibleTextRole: f"{COLUMNS[column]}: {words or tr('none')}",
            Qt.ItemDataRole.ToolTipRole: tip(str(row.result.place.file) if column == FILE else words),
        }.get(Qt.ItemDataRole(role))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; -1: as they were read."""
        falling = order == Qt.SortOrder.DescendingOrder
        self.arrange(replace(self.arrangement, column=None if column < 0 else column, falling=falling))

    def _hit(self, row: Row) -> str:
        """Of what is looked for in a page of text the line that may say it, and the chance that it does."""
        wanted = self.arrangement.words
        line = row.result.line_with(wanted) if wanted else None
        if line is None:
            return ""
        text = next(text for text, _ in line.texts if wanted in text.lower())
        return tr("{share}: {text}", share=percent(line.chance_of(wanted)), text=text)

    def _words(self, row: Row) -> tuple[str, ...]:
        result = row.result
        return (
            printable(result.place.file.name),
            _place(result),
            row.text,
            "" if result.error else percent(result.confidence),
            titled(row.state(self._queue.thresholds).value),
            remarks(row),
        )

    def _revise(self, number: int) -> None:
        """A row of the queue is new, or otherwise: it comes, goes or shows it."""
        rows, thresholds = self._queue.rows, self._queue.thresholds
        there, wanted = number in self._shown, self.arrangement.shows(rows[number], thresholds)
        if there and wanted:
            row = self._shown.index(number)
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))
        elif there:
            row = self._shown.index(number)
            self.beginRemoveRows(NOWHERE, row, row)
            del self._shown[row]
            self.endRemoveRows()
        elif wanted:
            row = place_for(number, self._shown, rows, thresholds, self.arrangement)
            self.beginInsertRows(NOWHERE, row, row)
            self._shown.insert(row, number)
            self.endInsertRows()

    def _judge(self) -> None:
        """All states may be others."""
        if self.arrangement.state != EVERY:
            self.arrange(self.arrangement)
        elif self._shown:
            self.dataChanged.emit(self.index(0, STATE), self.index(len(self._shown) - 1, STATE))

    def _show_thumbnails(self, places: Any) -> None:
        for row in map(self.row_of, places):
            if row is not None:
                self.dataChanged.emit(self.index(row, FILE), self.index(row, FILE), [Qt.ItemDataRole.DecorationRole])


def _place(result: Result) -> str:
    """Where in its file a page stands. Cheques on one picture are no pages to who has laid them there."""
    if result.cheque is not None:
        return tr("cheque {number}", number=result.cheque[0])
    if result.pages > 1:
        return tr("{number} of {count}", number=result.place.page, count=result.pages)
    return str(result.place.page)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == CONFIDENCE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
