"""The corrections in a list, latest first: what was read, what it should be, and how it is read after teaching."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from ui.teach.collection import Correction
from ui.teach.picture import ink_picture
from ui.theme.theme import Theme

PICTURE = QSize(96, 30)
MOST = 300  # rows; older corrections are learnt and not shown
HEADS = ("Ink", "Read as", "Should be", "Reads now")
ASKED = "\u2013"  # in place of what was read, where the word was asked for


class CorrectionList(QTreeWidget):
    """Shows a collection; Delete takes the chosen ones out."""

    deleted = Signal(list)  # Correction

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[Correction, ...] = ()
        self._now: dict[Correction, str] = {}
        self.setColumnCount(len(HEADS))
        self.setHeaderLabels(list(HEADS))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setIconSize(PICTURE)
        self.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.setAccessibleName("Corrections")
        self.header().setStretchLastSection(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((PICTURE.width() + 16, 110, 110)):
            self.setColumnWidth(column, width)
        theme.changed.connect(self._fill)

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
        self.addTopLevelItems(self._rows(self._shown[::-1][:MOST]))

    def _rows(self, corrections: Sequence[Correction]) -> list[QTreeWidgetItem]:
        rows = []
        for correction in corrections:
            row = QTreeWidgetItem(["", correction.read or ASKED, correction.wanted, self._now.get(correction, "")])
            row.setIcon(0, QIcon(ink_picture(correction.ink, PICTURE, self.devicePixelRatioF(), self._theme.palette)))
            row.setData(0, Qt.ItemDataRole.UserRole, correction)
            row.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"ink of {correction.wanted}")
            rows.append(row)
        return rows
