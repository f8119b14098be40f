"""See learning: which arcs a criterion would make cheaper and which dearer, if a text were the right one."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHeaderView, QPushButton, QTreeWidgetItem

from ui.boxes import in_row
from ui.inspect.question import QuestionPage
from ui.language import numeral, titled, tr
from ui.lattice.describe import percent
from ui.model.answer import Answer
from ui.model.background import Background
from ui.model.current_desk import CurrentDesk
from ui.model.lattice.steps import StageArc
from ui.model.revision import Revision

if TYPE_CHECKING:
    import numpy as np

    from recognizer.readers.learning import Lesson

JOB = "learning"
HINT = tr("Type the right text: the lattice shows which penalties training would lower, and which it would raise.")
CRITERIA = {  # and what they do
    "Viterbi": tr("Pulls the best right path"),
    "discriminative Viterbi": tr("Pulls the best right path, pushes the best path"),
    "forward": tr("Pulls all right paths, each by its share"),
    "discriminative forward": tr("Pulls all right paths, pushes all paths, each by its share"),
}
SCALE = tr("Gradient of each arc: above zero, its penalty falls; below, it rises.")
HEADS = (tr("Read as"), tr("Ink"), tr("Gradient"), tr("Penalty"), tr("Second"))
SECOND = 4  # the column of the second criterion, which stands beside that of the first
MOST_ROWS = 14
LEAST = 0.005  # gradients that are told


class Stepped(NamedTuple):
    """What a step began with."""

    loss: float
    answer: Answer


class LearningPage(QuestionPage):
    """Asks for the gradient of a criterion and hands it to the lattice as tints of its stages; one step along it can be taken."""

    tinted = Signal(object)  # dict of stage: (A,) values in -1..1
    job, hint = JOB, HINT

    def __init__(self, current: CurrentDesk, background: Background, revision: Revision) -> None:
        super().__init__(current, background, tr("The right text"), SCALE, HEADS)
        self._revision = revision
        self._tints: dict[int, np.ndarray] = {}
        self._lesson: Lesson | None = None
        self._stepped: Stepped | None = None  # until another answer comes that no step has led to
        self.criterion, self.second = _criteria(tr("Criterion")), _criteria(tr("Second criterion"))
        self.second.insertItem(0, tr("Compare with no other"), "")
        self.second.setCurrentIndex(0)
        self.column.insertWidget(1, self.criterion)
        self.column.insertWidget(2, self.second)
        self.column.setStretchFactor(self.table, 1)
        self.table.header().moveSection(SECOND, SECOND - 1)
        self.table.setAccessibleName(tr("Arcs with the largest gradients"))
        self.table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.step, self.back = QPushButton(tr("Take one step")), QPushButton(tr("Take it back"))
        self.step.setToolTip(tr("One step of training on this reading alone; the reader stays as it is"))
        for button in (self.step, self.back):
            self.column.addLayout(in_row(button, None))
        self.column.addStretch(0)
        self.step.clicked.connect(self._take_step)
        self.back.clicked.connect(self._take_back)
        for choice in (self.criterion, self.second):
            choice.currentIndexChanged.connect(self._on_criterion)
        self.table.itemSelectionChanged.connect(self._on_row)
        revision.changed.connect(self._on_revision)
        self.watch()

    def refresh(self) -> None:
        """Another answer: its arcs are others. One that a step has led to is asked the same."""
        changed = self.desk.answer is not self._answer
        super().refresh()
        if changed and self._stepped is not None and self.line.text():
            self.ask()

    def showEvent(self, _event: QShowEvent) -> None:
        """The lattice is coloured while this page is looked at."""
        self.tinted.emit(self._tints)

    def hideEvent(self, _event: QHideEvent) -> None:
        """And has its usual colours otherwise."""
        self.tinted.emit({})

    def ask(self) -> None:
        """Compute the gradients in the background."""
        answer, text = self.desk.answer, self.line.text()
        criteria = [choice.currentData() for choice in (self.criterion, self.second) if choice.currentData()]
        if answer is None:
            return

        def job() -> "list[Lesson]":
            from recognizer.readers.learning import lesson

            return [lesson(answer.reading, text, criterion) for criterion in criteria]

        self.compute(job, self._show)

    def tell(self, sentence: str) -> None:
        """A sentence, no table, no colours."""
        super().tell(sentence)
        self._lesson = None
        self._tint({})
        self._on_revision()

    def _take_step(self) -> None:
        answer, lesson = self.desk.answer, self._lesson
        if answer is not None and lesson is not None:
            self._stepped = Stepped(lesson.loss, answer)
            self._revision.learn(lesson.wanted, lesson.criterion)

    def _take_back(self) -> None:
        answer, lesson = self.desk.answer, self._lesson
        self._stepped = None if answer is None or lesson is None else Stepped(lesson.loss, answer)
        self._revision.unlearn()

    def _on_revision(self) -> None:
        self.back.setVisible(bool(self._revision.steps))
        self.step.setVisible(self._lesson is not None)
        if self._revision.sentence and self._stepped is not None:
            self.message.setText(self._revision.sentence)
            self._stepped = None

    def _on_criterion(self) -> None:
        if self.line.text():
            self.ask()

    def _tint(self, tints: "dict[int, np.ndarray]") -> None:
        self._tints = tints
        if self.isVisible():
            self.tinted.emit(tints)

    def _show(self, lessons: "list[Lesson]") -> None:
        import numpy as np

        answer, stepped, self._stepped = self.desk.answer, self._stepped, None
        if answer is None:
            return
        lesson, gradient = lessons[0], lessons[0].gradient
        self.tell("\n".join(map(_loss, lessons)))
        if stepped is not None:
            self.message.setText("\n".join([_changed(stepped, lesson, answer), *map(_loss, lessons[1:])]))
        if not any(np.any(np.abs(each.gradient) >= LEAST) for each in lessons):
            self.message.setText(
                tr("{text} There is nothing to learn: the right path is the best one.", text=self.message.text())
            )
            return
        self._lesson = lesson
        trace, lattice = answer.reading.trace, answer.lattice
        number = trace.names.index("recognition")
        segments = trace.follow("recognition", "segmentation")
        of_segment = np.bincount(segments, weights=gradient, minlength=len(lattice))
        self._tint({number: np.clip(gradient, -1, 1), number - 1: np.clip(of_segment, -1, 1)})
        self._fill(
            answer, number, [each.gradient for each in lessons], stepped.answer if stepped is not None else answer
        )
        self.show_table(True)
        self._on_revision()

    def _fill(self, answer: Answer, number: int, gradients: "list[np.ndarray]", before: Answer) -> None:
        """The arcs with the largest gradients, of either criterion where two are compared."""
        import numpy as np

        stage, lattice = answer.lattice.stages[number], answer.lattice
        self.table.clear()
        self.table.setColumnHidden(SECOND, len(gradients) < 2)
        largest = np.abs(gradients).max(axis=0)
        for arc in largest.argsort()[::-1][:MOST_ROWS].tolist():
            if largest[arc] < LEAST:
                break
            segment, label = int(stage.segment[arc]), int(stage.read[arc])
            ink = f"{lattice.first[segment] + 1}\u2013{lattice.last[segment]}"
            now, was = (float(each.lattice.penalties[segment, label - 1]) for each in (answer, before))
            after = numeral(now, ".2f")
            penalty = after if before is answer else f"{numeral(was, '.2f')} \u2192 {after}"
            first, *second = (numeral(float(gradient[arc]), "+.3f") for gradient in gradients)
            row = QTreeWidgetItem([stage.label(arc), ink, first, penalty, *second])
            row.setData(0, Qt.ItemDataRole.UserRole, (segment, number, arc))
            for column in (2, 3, SECOND):
                row.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.addTopLevelItem(row)

    def _on_row(self) -> None:
        chosen = self.table.selectedItems()
        if chosen:
            segment, number, arc = chosen[0].data(0, Qt.ItemDataRole.UserRole)
            self.desk.highlight.choose(segment, StageArc(number, arc))


def _criteria(name: str) -> QComboBox:
    """A choice of criteria, at first the last one."""
    choice = QComboBox()
    choice.setAccessibleName(name)
    for criterion, does in CRITERIA.items():
        choice.addItem(titled(criterion), criterion)
        choice.setItemData(choice.count() - 1, does, Qt.ItemDataRole.ToolTipRole)
    choice.setCurrentIndex(len(CRITERIA) - 1)
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(9)  # the list is as wide as it needs, the side need not be
    return choice


def _loss(lesson: "Lesson") -> str:
    return tr("{does}. The loss is {loss:.2f} nats.", does=CRITERIA[lesson.criterion], loss=lesson.loss)


def _changed(stepped: Stepped, lesson: "Lesson", answer: Answer) -> str:
    """What a step has changed of a reading."""
    was, now = stepped.answer.reading, answer.reading
    text = (
        tr("\u201c{was}\u201d became \u201c{now}\u201d", was=was.text, now=now.text)
        if was.text != now.text
        else tr("It still reads \u201c{text}\u201d", text=now.text)
    )
    return tr(
        "The loss went from {loss:.2f} to {now:.2f} nats. {text}, confidence {share} \u2192 {later}.",
        loss=stepped.loss,
        now=lesson.loss,
        text=text,
        share=percent(was.confidence),
        later=percent(now.confidence),
    )
