"""The arcs of a stage as a table: for the screen reader, for sorting, and for who likes numbers better than lines."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QItemSelection, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableView

from ui.inspect.page import InspectorPage
from ui.labels import muted
from ui.language import numeral, titled, tr
from ui.lattice.describe import percent
from ui.model.answer import Answer
from ui.model.current_desk import CurrentDesk
from ui.model.lattice.steps import StageArc

if TYPE_CHECKING:
    import numpy as np

    from ui.model.lattice.stage import StageGraph

COLUMNS = (tr("Arc"), tr("From"), tr("To"), tr("Penalty"), tr("Share"), tr("Behind"))
MEANINGS = (
    tr("What the arc writes or reads; \u2713: on the best path"),
    tr("Node that it leaves"),
    tr("Node that it enters"),
    tr("Its own penalty [nats]"),
    tr("Share of all paths of this graph that lead over it"),
    tr("By how much the best path over it is worse than the best path [nats]"),
)
USUAL = 1  # the stage that is shown first: recognition
HEIGHT = 320  # px, least
WIDEST = ("junk", tr("From"), "0000", "-00.00", "> 99 %", tr("Behind"))  # what columns must have room for
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class ArcModel(QAbstractTableModel):
    """Rows are arcs, the likeliest first until they are sorted otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self._stage: StageGraph | None = None
        self._arcs: np.ndarray | None = None  # by row

    def show_stage(self, stage: "StageGraph | None") -> None:
        """The arcs of another stage that any path leads over."""
        from math import inf

        self.beginResetModel()
        self._stage = stage
        self._arcs = None
        if stage is not None:
            arcs = stage.within(inf)
            self._arcs = arcs[stage.detour[arcs] < inf]
        self.endResetModel()

    def arc(self, row: int) -> int:
        """The arc of a row."""
        assert self._arcs is not None
        return int(self._arcs[row])

    def row_of(self, arc: int) -> int | None:
        """The row of an arc."""
        if self._arcs is None:
            return None
        rows = (self._arcs == arc).nonzero()[0]
        return int(rows[0]) if len(rows) else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """As many as arcs."""
        return 0 if self._arcs is None or parent.isValid() else len(self._arcs)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Of COLUMNS."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names and meanings of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        return {Qt.ItemDataRole.DisplayRole: COLUMNS, Qt.ItemDataRole.ToolTipRole: MEANINGS}.get(
            Qt.ItemDataRole(role), [None] * len(COLUMNS)
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell, and for the screen reader the arc as a sentence."""
        if self._stage is None:
            return None
        arc, column = self.arc(index.row()), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(self._stage, arc)[column]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{COLUMNS[column]}: {self._words(self._stage, arc)[column]}"
        if role == Qt.ItemDataRole.TextAlignmentRole and column > 0:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @staticmethod
    def _words(stage: "StageGraph", arc: int) -> tuple[str, ...]:
        name = "ink" if stage.pictured else stage.label(arc)
        return (
            f"{name} \u2713" if arc in stage.best else name,
            str(int(stage.first[arc]) + 1),
            str(int(stage.last[arc]) + 1),
            numeral(float(stage.penalty[arc]), ".2f"),
            percent(float(stage.shares[arc])),
            numeral(float(stage.detour[arc]), ".2f"),
        )

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; equal ones by likelihood."""
        if self._stage is None or self._arcs is None or column < 0:
            return
        import numpy as np

        stage, arcs = self._stage, self._arcs
        if column == 0:
            values = np.unique(stage.labels(arcs), return_inverse=True)[1].astype(float)
        else:
            values = (stage.first, stage.last, stage.penalty, stage.shares, stage.detour)[column - 1][arcs].astype(
                float
            )
        values = values if order == Qt.SortOrder.AscendingOrder else -values
        self.beginResetModel()
        self._arcs = arcs[np.lexsort((stage.detour[arcs], values))]
        self.endResetModel()


class TablePage(InspectorPage):
    """The arcs of one stage of a desk's answer; the chosen row is the chosen arc."""

    def __init__(self, current: CurrentDesk) -> None:
        super().__init__(current)
        self._answer: Answer | None = None
        self.model = ArcModel()
        self.stage = QComboBox()
        self.stage.setAccessibleName(tr("Stage"))
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr("Arcs of the stage"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setMinimumHeight(HEIGHT)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(24)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.table.horizontalHeader()
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for number, widest in enumerate(WIDEST[1:], 1):
            header.resizeSection(number, self.fontMetrics().horizontalAdvance(widest) + 14)
        self.count = muted("")
        self.lay_out(self.stage, (self.table, 1), self.count)
        self.stage.currentIndexChanged.connect(self._on_stage)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.setSortingEnabled(True)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.watch()

    def refresh(self) -> None:
        """Another answer."""
        answer = self.desk.answer
        if answer is self._answer:
            return
        self._answer = answer
        names = [] if answer is None else [titled(stage.name) for stage in answer.lattice.stages]
        chosen = self.stage.currentText()
        self.stage.blockSignals(True)
        self.stage.clear()
        self.stage.addItems(names)
        self.stage.setCurrentIndex(max(self.stage.findText(chosen), min(USUAL, len(names) - 1)) if names else -1)
        self.stage.blockSignals(False)
        self._on_stage()

    def on_light(self) -> None:
        """Another arc is chosen: show its row."""
        at = self.desk.highlight.chosen_at
        if at is None or at.stage != self.stage.currentIndex() or not self.isVisible():
            return
        row, now = self.model.row_of(at.arc), self.table.currentIndex()
        if row is not None and row != now.row():
            self.table.selectRow(row)

    def _on_stage(self) -> None:
        answer, number = self.desk.answer, self.stage.currentIndex()
        stage = None if answer is None or number < 0 else answer.lattice.stages[number]
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.model.show_stage(stage)
        self.count.setText(
            ""
            if stage is None
            else tr("Arcs on a path: {rows:,} of {count:,}.", rows=self.model.rowCount(), count=len(stage))
        )

    def _on_selection(self, selected: QItemSelection, _before: QItemSelection) -> None:
        answer, rows = self.desk.answer, selected.indexes()
        if answer is None or not rows:
            return
        at = StageArc(self.stage.currentIndex(), self.model.arc(rows[0].row()))
        segment = int(answer.lattice.stages[at.stage].segment[at.arc])
        self.desk.highlight.choose(None if segment < 0 else segment, at)
