"""The corrections in a list, latest first: what was read, what it should be, and how it is read after teaching."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from ui.language import tr
from ui.model.teach.collection import Correction
from ui.teach.picture import ink_picture
from ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex

PICTURE = QSize(96, 30)
HEADS = (tr("Ink"), tr("Read as"), tr("Should be"), tr("Reads now"))
ASKED = "\u2013"  # in place of what was read, where the word was asked for


class InkDelegate(QStyledItemDelegate):
    """Draws the ink of the rows that are seen, each once."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pictures: dict[Correction, QPixmap] = {}
        theme.changed.connect(self._pictures.clear)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Room for the picture."""
        return PICTURE + QSize(8, 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell, and ink on it."""
        super().paint(painter, option, index)
        correction, ratio = index.data(Qt.ItemDataRole.UserRole), painter.device().devicePixelRatioF()
        if correction not in self._pictures:
            self._pictures[correction] = ink_picture(correction.ink, PICTURE, ratio, self._theme.palette)
        painter.drawPixmap(option.rect.topLeft() + QPoint(4, 4), self._pictures[correction])


class CorrectionList(QTreeWidget):
    """Shows a collection; Delete takes the chosen ones out."""

    deleted = Signal(list)  # Correction

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._shown: tuple[Correction, ...] = ()
        self._now: dict[Correction, str] = {}
        self.setColumnCount(len(HEADS))
        self.setHeaderLabels(list(HEADS))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemDelegateForColumn(0, InkDelegate(theme, self))
        self.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.setAccessibleName(tr("Corrections"))
        self.header().setStretchLastSection(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((PICTURE.width() + 16, 110, 110)):
            self.setColumnWidth(column, width)
        theme.changed.connect(self.viewport().update)

    def show_corrections(self, corrections: tuple[Correction, ...], now: dict[Correction, str]) -> None:
        """``now``: how they are read after teaching, as far as that is known."""
        if corrections != self._shown or now != self._now:
            self._shown, self._now = corrections, now
            self._fill()

    @property
    def chosen(self) -> list[Correction]:
        """The corrections whose rows are selected."""
        return [item.data(0, Qt.ItemDataRole.UserRole) for item in self.selectedItems()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete deletes."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.chosen:
            self.deleted.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        self.clear()
        self.setColumnHidden(3, not self._now)
        self.addTopLevelItems([self._row(correction) for correction in self._shown[::-1]])

    def _row(self, correction: Correction) -> QTreeWidgetItem:
        row = QTreeWidgetItem(["", correction.read or ASKED, correction.wanted, self._now.get(correction, "")])
        row.setData(0, Qt.ItemDataRole.UserRole, correction)
        row.setData(0, Qt.ItemDataRole.AccessibleTextRole, tr("ink of {wanted}", wanted=correction.wanted))
        return row
