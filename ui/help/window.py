"""The window of help: the manual, and a page for the keys, the study, the models, the licences."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QMainWindow, QTabWidget, QVBoxLayout, QWidget

from ui.boxes import give_size, in_column
from ui.help.about import about
from ui.help.licences import LicencePage
from ui.help.manual_page import ManualPage
from ui.help.pages import translated_page
from ui.help.paper import PaperView
from ui.help.shortcuts import ShortcutPage
from ui.language import tr, translated
from ui.locations import RESOURCES
from ui.theme.theme import Theme

STUDY = RESOURCES / "study"
STUDY_PAGE = STUDY / "README.md"
SIZE = (900, 720)  # px


class HelpWindow(QDialog):
    """Stands beside the main window; a page is made when it is first looked at."""

    def __init__(self, window: QMainWindow, theme: Theme) -> None:
        super().__init__(window)
        self.setWindowTitle(tr("Help \u2013 Inklattice"))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(tr("Pages of help"))
        self.tabs.tabBar().setDrawBase(False)
        self.pages: dict[str, QWidget] = {}
        self._makers: dict[str, Callable[[], QWidget]] = {
            "manual": lambda: ManualPage(theme),
            "shortcuts": lambda: ShortcutPage(window.menuBar()),
            "study": lambda: _paper(
                theme, tr("The study"), translated_page(STUDY_PAGE.read_text(encoding="utf-8"), translated)
            ),
            "about": lambda: _paper(theme, tr("About Inklattice"), about()),
            "licences": LicencePage,
        }
        self._places: list[QVBoxLayout] = []  # of the pages
        for title in (tr("Manual"), tr("Shortcuts"), tr("Study"), tr("About"), tr("Licences")):
            holder = QWidget()
            self._places.append(QVBoxLayout(holder))
            self._places[-1].setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(holder, title)
        self.tabs.currentChanged.connect(self._make)
        in_column(self.tabs, of=self, margins=(0, 6, 0, 0))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        give_size(self, *SIZE)

    def open_at(self, name: str) -> None:
        """Show a page, in front."""
        number = list(self._makers).index(name)
        self.tabs.setCurrentIndex(number)
        self._make(number)
        self.show()
        self.raise_()
        self.activateWindow()
        page = self.pages[name]
        (page.search if isinstance(page, ManualPage | ShortcutPage) else page).setFocus()

    def _make(self, number: int) -> None:
        name = list(self._makers)[number]
        if name not in self.pages:
            self.pages[name] = self._makers[name]()
            self._places[number].addWidget(self.pages[name])


def _paper(theme: Theme, name: str, text: str) -> PaperView:
    paper = PaperView(theme, name)
    paper.tell(text, STUDY)
    return paper
