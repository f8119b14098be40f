"""The manual in the window: its pages, one of them, and a line to search all of them."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QTextCursor
from PySide6.QtWidgets import QLineEdit, QListWidgetItem, QSplitter, QTextEdit, QWidget

from ui.boxes import in_column
from ui.help.manual import FOLDER, ManualText, manual, pages_with
from ui.help.paper import PaperView
from ui.labels import muted
from ui.language import tr
from ui.rows import Rows
from ui.theme.theme import Theme

MOST_LIT = 500  # places of a page


class ManualPage(QWidget):
    """What is searched for is lit on the page; Return goes from place to place."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._pages = theme, manual()
        self._places: list[int] = []  # ends of what is lit, in the text that is shown
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search the manual"))
        self.search.setAccessibleName(tr("Search the manual"))
        self.search.setClearButtonEnabled(True)
        self.list = Rows()
        self.list.setAccessibleName(tr("Pages of the manual"))
        self.paper = PaperView(theme, tr("Manual"))
        self.paper.setOpenLinks(False)
        self.paper.anchorClicked.connect(self._follow)
        self._nothing = muted("")
        both = QSplitter()
        both.addWidget(self.list)
        both.addWidget(self.paper)
        both.setStretchFactor(1, 1)
        both.setChildrenCollapsible(False)
        self.list.setMaximumWidth(260)
        in_column(self.search, self._nothing, (both, 1), of=self, margins=(16, 14, 16, 14), spacing=10)
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self._go_on)
        self.list.currentItemChanged.connect(lambda item, _before: self._show(item))
        theme.changed.connect(self._light)
        self._find("")

    def shown(self) -> list[str]:
        """The titles of the pages that are listed."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def open_page(self, name: str) -> bool:
        """Show a page, of all of them; is there one of this name?"""
        if name not in [page.name for page in self._pages]:
            return False
        self.search.clear()
        self.list.setCurrentRow([page.name for page in self._pages].index(name))
        return True

    def _find(self, wanted: str) -> None:
        """List the pages that have all the words, the one that is looked at still in front if it has."""
        item = self.list.currentItem()
        before = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        pages = pages_with(self._pages, wanted)
        self.list.blockSignals(True)
        self.list.clear()
        for page in pages:
            entry = QListWidgetItem(page.title, self.list)
            entry.setData(Qt.ItemDataRole.UserRole, page)
        self.list.blockSignals(False)
        self._nothing.setText(tr("No page of the manual has: {wanted}", wanted=wanted))
        self._nothing.setVisible(not pages)
        if before in pages:
            self.list.blockSignals(True)
            self.list.setCurrentRow(pages.index(before))
            self.list.blockSignals(False)
            self._light()
        elif pages:
            self.list.setCurrentRow(0)

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        page: ManualText = item.data(Qt.ItemDataRole.UserRole)
        self.paper.tell(page.text, FOLDER)
        self.paper.verticalScrollBar().setValue(0)
        self._light()

    def _light(self) -> None:
        """Light what is searched for, and go to the first place."""
        lit: list[QTextEdit.ExtraSelection] = []
        for word in self.search.text().split():
            cursor = self.paper.document().find(word)
            while not cursor.isNull() and len(lit) < MOST_LIT:
                place = QTextEdit.ExtraSelection()
                place.cursor = cursor
                place.format.setBackground(QColor(self._theme.palette.lit))
                place.format.setForeground(QColor(self._theme.palette.paper))
                lit.append(place)
                cursor = self.paper.document().find(word, cursor)
        self.paper.setExtraSelections(lit)
        self._places = sorted(place.cursor.position() for place in lit)
        if lit:
            self._go_to(self._places[0])

    def _go_on(self) -> None:
        """To the next place, after the last one to the first."""
        if self._places:
            here = self.paper.textCursor().position()
            self._go_to(next((place for place in self._places if place > here), self._places[0]))

    def _go_to(self, place: int) -> None:
        cursor = QTextCursor(self.paper.document())
        cursor.setPosition(place)
        self.paper.setTextCursor(cursor)
        self.paper.ensureCursorVisible()

    def _follow(self, link: QUrl) -> None:
        """A page of the manual is shown here, anything else by the system."""
        if link.isRelative():
            name, _, ending = link.path().rpartition("/")[2].partition(".")
            if ending == "md" and self.open_page(name):
                return
        elif link.scheme() in ("http", "https"):
            QDesktopServices.openUrl(link)
