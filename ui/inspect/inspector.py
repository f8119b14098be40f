"""The pages beside the lattice: each looks at the same desk from another side."""

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QTabWidget, QToolButton

from ui.boxes import FLUSH, in_column
from ui.inspect.page import InspectorPage
from ui.language import tr
from ui.model.current_desk import CurrentDesk


class Inspector(InspectorPage):
    """Pages with their titles and what they are for; without an answer there is nothing to inspect and nothing to see."""

    def __init__(self, current: CurrentDesk, pages: Sequence[tuple[str, str, InspectorPage]]) -> None:
        super().__init__(current)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(tr("Inspect"))
        bar = self.tabs.tabBar()
        bar.setUsesScrollButtons(True)
        bar.setExpanding(False)
        bar.setDrawBase(False)
        for number, (title, purpose, page) in enumerate(pages):
            self.tabs.addTab(page, title)
            self.tabs.setTabToolTip(number, purpose)
            bar.setAccessibleTabName(number, purpose)
        for button, name in zip(bar.findChildren(QToolButton), (tr("Pages before"), tr("Further pages")), strict=False):
            button.setAccessibleName(name)
        self.tabs.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._pages = [page for _, _, page in pages]
        self.tabs.currentChanged.connect(self._make_room)
        self._make_room()
        in_column(self.tabs, of=self, margins=FLUSH)
        self.watch()

    def _make_room(self) -> None:
        """Only for the page that is looked at: one would scroll to where there is nothing."""
        for page in self._pages:
            wanted = QSizePolicy.Policy.Preferred if page is self.tabs.currentWidget() else QSizePolicy.Policy.Ignored
            page.setSizePolicy(QSizePolicy.Policy.Preferred, wanted)

    def refresh(self) -> None:
        """Is there something to inspect?"""
        self.tabs.setVisible(self.desk.answer is not None)
