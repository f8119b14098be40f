"""The best paths in a list; the one that is chosen is lit in the lattice."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from ui.inspect.page import InspectorPage
from ui.labels import muted
from ui.language import numeral, tr
from ui.model.current_desk import CurrentDesk


class PathsPage(InspectorPage):
    """Texts and penalties of the best paths of a desk's answer."""

    def __init__(self, current: CurrentDesk) -> None:
        super().__init__(current)
        self.table = QTreeWidget()
        self.table.setColumnCount(3)
        self.table.setHeaderLabels([tr("Path that writes"), tr("Penalty"), tr("Behind")])
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setAccessibleName(tr("Best paths"))
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.table.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._hint = muted(
            tr("The likeliest paths come here, each with its sum of penalties [nats]. Choose one to see it lit.")
        )
        self.lay_out(self._hint, (self.table, 1))
        self.table.itemSelectionChanged.connect(self._on_chosen)
        self.watch()

    def refresh(self) -> None:
        """The paths of another answer."""
        answer = self.desk.answer
        paths = () if answer is None else answer.lattice.paths
        self.table.blockSignals(True)
        self.table.clear()
        for path in paths:
            row = QTreeWidgetItem(
                [path.text, numeral(path.penalty, ".2f"), numeral(path.penalty - paths[0].penalty, ".2f")]
            )
            for number in (1, 2):
                row.setTextAlignment(number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.addTopLevelItem(row)
        self.table.blockSignals(False)
        self.table.setVisible(bool(paths))

    def _on_chosen(self) -> None:
        chosen = self.table.selectedIndexes()
        answer = self.desk.answer
        if answer is not None:
            self.desk.highlight.follow(answer.lattice.paths[chosen[0].row()] if chosen else None)
