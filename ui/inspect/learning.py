"""See learning: which arcs a criterion would make cheaper and which dearer, if a text were the right one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHeaderView, QLabel, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from ui.background import Background
from ui.desk import Answer, Desk
from ui.inspect.page import Page
from ui.labels import muted
from ui.lattice.steps import StageArc
from ui.problems import describe

if TYPE_CHECKING:
    import numpy as np

    from recognizer.readers.learning import Lesson

JOB = "learning"
HINT = "Type the right text: the lattice shows which penalties training would lower, and which it would raise."
CRITERIA = {  # and what they do
    "Viterbi": "Pulls the best right path",
    "discriminative Viterbi": "Pulls the best right path, pushes the best path",
    "forward": "Pulls all right paths, each by its share",
    "discriminative forward": "Pulls all right paths, pushes all paths, each by its share",
}
MOST_ROWS = 14
LEAST = 0.005  # gradients that are told


class LearningPage(Page):
    """Asks for the gradient of a criterion and hands it to the lattice as tints of its stages."""

    tinted = Signal(object)  # dict of stage: (A,) values in -1..1

    def __init__(self, desk: Desk, background: Background) -> None:
        super().__init__(desk)
        self._background = background
        self._answer: Answer | None = None
        self._tints: dict[int, np.ndarray] = {}
        self.line = QLineEdit()
        self.line.setPlaceholderText("The right text")
        self.line.setAccessibleName("The right text")
        self.criterion = QComboBox()
        self.criterion.setAccessibleName("Criterion")
        for name, does in CRITERIA.items():
            self.criterion.addItem(name[:1].upper() + name[1:], name)
            self.criterion.setItemData(self.criterion.count() - 1, does, Qt.ItemDataRole.ToolTipRole)
        self.criterion.setCurrentIndex(len(CRITERIA) - 1)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self._scale = muted("Gradient of each arc: above zero, its penalty falls; below, it rises.")
        self.table = QTreeWidget()
        self.table.setHeaderLabels(["Read as", "Ink", "Gradient"])
        self.table.setRootIsDecorated(False)
        self.table.setAccessibleName("Arcs with the largest gradients")
        self.table.header().setStretchLastSection(False)
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        for widget in (self.line, self.criterion, self.told, self._scale):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        self.line.returnPressed.connect(self.ask)
        self.criterion.currentIndexChanged.connect(self._on_criterion)
        self.table.itemSelectionChanged.connect(self._on_row)
        self.watch()

    def refresh(self) -> None:
        """Another answer: its arcs are others."""
        if self.desk.answer is not self._answer:
            self._answer = self.desk.answer
            self._background.forget(JOB)
            self._tell(HINT)

    def showEvent(self, _event: QShowEvent) -> None:
        """The lattice is coloured while this page is looked at."""
        self.tinted.emit(self._tints)

    def hideEvent(self, _event: QHideEvent) -> None:
        """And has its usual colours otherwise."""
        self.tinted.emit({})

    def ask(self) -> None:
        """Compute the gradient in the background."""
        answer, text, criterion = self.desk.answer, self.line.text(), self.criterion.currentData()
        if answer is None:
            return

        def job() -> "Lesson":
            from recognizer.readers.learning import lesson

            return lesson(answer.reading, text, criterion)

        self._background.ask(JOB, job, self._show, lambda error: self._tell(describe(error).sentence))

    def _on_criterion(self) -> None:
        if self.line.text():
            self.ask()

    def _tell(self, sentence: str) -> None:
        self.told.setText(sentence)
        self._scale.setVisible(False)
        self.table.setVisible(False)
        self._tint({})

    def _tint(self, tints: "dict[int, np.ndarray]") -> None:
        self._tints = tints
        if self.isVisible():
            self.tinted.emit(tints)

    def _show(self, lesson: "Lesson") -> None:
        import numpy as np

        answer = self.desk.answer
        if answer is None:
            return
        self._tell(f"{CRITERIA[lesson.criterion]}. The loss is {lesson.loss:.2f} nats.")
        gradient = lesson.gradient
        if not np.any(np.abs(gradient) >= LEAST):
            self.told.setText(f"{self.told.text()} There is nothing to learn: the right path is the best one.")
            return
        stages = answer.lattice.stages
        number = next(n for n, stage in enumerate(stages) if stage.name == "recognition")
        of_segment = np.bincount(stages[number].origin, weights=gradient, minlength=len(stages[number - 1]))
        self._tint({number: np.clip(gradient, -1, 1), number - 1: np.clip(of_segment, -1, 1)})
        self._fill(number, gradient)

    def _fill(self, number: int, gradient: "np.ndarray") -> None:
        answer = self.desk.answer
        if answer is None:
            return
        stage, lattice = answer.lattice.stages[number], answer.lattice
        self.table.clear()
        for arc in abs(gradient).argsort()[::-1][:MOST_ROWS].tolist():
            if abs(gradient[arc]) < LEAST:
                break
            segment = int(stage.segment[arc])
            ink = f"{lattice.first[segment] + 1}\u2013{lattice.last[segment]}"
            row = QTreeWidgetItem([stage.label(arc), ink, f"{gradient[arc]:+.3f}"])
            row.setData(0, Qt.ItemDataRole.UserRole, (segment, number, arc))
            row.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.addTopLevelItem(row)
        self._scale.setVisible(True)
        self.table.setVisible(True)

    def _on_row(self) -> None:
        chosen = self.table.selectedItems()
        if chosen:
            segment, number, arc = chosen[0].data(0, Qt.ItemDataRole.UserRole)
            self.desk.spotlight.choose(segment, StageArc(number, arc))
