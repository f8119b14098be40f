"""The window of teaching: what was corrected, a button that learns it, what that changed, and the models that came of it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QUndoCommand, QUndoStack
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)

from recognizer.errors import InputError
from ui.boxes import give_size, in_column, in_row
from ui.labels import muted, section, text_label
from ui.language import numeral, tr
from ui.model.documents.labelled import labelled_in
from ui.model.teach.collection import Collection, Correction
from ui.model.teach.teacher import Taught, Teacher
from ui.model.workbench import Workbench
from ui.teach.list import CorrectionList
from ui.teach.models_row import ModelsRow
from ui.theme.theme import Theme

EXPLAINED = tr(
    "Words that you have corrected are kept here with their ink. Teach lets the reader learn them; "
    "how it reads other words is measured, and one click takes it back."
)
NONE = tr("Nothing is corrected yet. Click a letter of the text to correct its word, or write what is asked for.")
NAME = tr("My hand")


class _Remove(QUndoCommand):
    """Corrections go out of the collection, and come back where they were."""

    def __init__(self, collection: Collection, gone: list[Correction]) -> None:
        super().__init__("delete")
        self._collection = collection
        self._before = collection.corrections
        self._after = tuple(each for each in collection.corrections if each not in gone)

    def redo(self) -> None:
        self._collection.replace(self._after)

    def undo(self) -> None:
        new = [each for each in self._collection.corrections if each not in self._after]
        self._collection.replace((*self._before, *new))


class TeachDialog(QDialog):
    """Beside the window, which stays in use."""

    practise = Signal()

    def __init__(self, bench: Workbench, teacher: Teacher, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench, self._teacher = bench, teacher
        self.setWindowTitle(tr("Teach"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.undo = QUndoStack(self)
        self.list = CorrectionList(theme)
        self.list.deleted.connect(self._delete)
        self.none = muted(NONE)
        self.delete, self.take_in = QPushButton(tr("Delete")), QPushButton(tr("Undo delete"))
        self.delete.setAccessibleName(tr("Delete the chosen corrections"))
        self.take_in.setAccessibleName(tr("Undo the deletion of corrections"))
        self.ask = QPushButton(tr("Practise confused letters\u2026"))
        self.of_documents, self.amounts = muted(""), QPushButton(tr("Save them to train on\u2026"))
        self.name = QLineEdit(_name_of(bench))
        self.name.setAccessibleName(tr("Name of the model"))
        self.name.setMaximumWidth(180)
        self.teach, self.cancel, self.back = (
            QPushButton(tr("Teach")),
            QPushButton(tr("Cancel")),
            QPushButton(tr("Take back")),
        )
        self.teach.setDefault(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(tr("Progress of teaching"))
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.RichText)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.models = ModelsRow(bench, teacher)
        self._assemble()
        self.delete.clicked.connect(lambda: self._delete(self.list.chosen))
        self.take_in.clicked.connect(self.undo.undo)
        QShortcut(QKeySequence.StandardKey.Undo, self, self.undo.undo)
        QShortcut(QKeySequence.StandardKey.Redo, self, self.undo.redo)
        self.ask.clicked.connect(self.practise)
        self.teach.clicked.connect(self._on_teach)
        self.cancel.clicked.connect(teacher.cancel)
        self.back.clicked.connect(teacher.take_back)
        self.list.itemSelectionChanged.connect(self._refresh)
        self.undo.indexChanged.connect(self._refresh)
        for signal in (
            bench.collection.changed,
            bench.documents.queue.revised,
            bench.documents.queue.replaced,
            teacher.began,
        ):
            signal.connect(self._refresh)
        teacher.progressed.connect(self._on_progress)
        teacher.ended.connect(self._on_end)
        self.finished.connect(self._leave)  # however it is closed: Esc sends no close event
        give_size(self, 560, 620)
        self._on_end("")

    def _assemble(self) -> None:
        label = text_label(tr("Name"))
        label.setBuddy(self.name)
        corrections = (self.none, 1, Qt.AlignmentFlag.AlignTop), (self.list, 1)
        under_them = in_row(self.delete, self.take_in, None, self.ask, spacing=8)
        teaching = in_row(label, self.name, self.teach, self.cancel, self.back, None, spacing=8)
        in_column(
            *(muted(EXPLAINED), section(tr("Corrections")), *corrections, under_them, 6),
            *(section(tr("Learn them")), teaching, self.bar, self.message, 6),
            *(section(tr("Read with")), self.models, 6),
            *(section(tr("Amounts")), self.of_documents, in_row(self.amounts, None, spacing=8)),
            of=self,
            margins=(18, 16, 18, 16),
            spacing=10,
        )

    def _delete(self, gone: list[Correction]) -> None:
        if gone:
            self.undo.push(_Remove(self._bench.collection, gone))

    def _on_teach(self) -> None:
        try:
            self._teacher.teach(self.name.text())
        except InputError as error:
            self.message.setText(str(error))

    def _on_progress(self, share: float) -> None:
        self.bar.setValue(round(1000 * share))

    def _on_end(self, sentence: str) -> None:
        self.message.setText(sentence or _outcome(self._teacher.taught))
        self._refresh()

    def _refresh(self) -> None:
        corrections, busy, taught = self._bench.collection.corrections, self._teacher.busy, self._teacher.taught
        now = dict(zip(taught.corrections, taught.report.now, strict=True)) if taught else {}
        self.list.show_corrections(corrections, now)
        self.list.setVisible(bool(corrections))
        self.none.setVisible(not corrections)
        self.delete.setEnabled(bool(self.list.chosen))
        self.take_in.setVisible(self.undo.canUndo())
        self.teach.setEnabled(bool(corrections) and not busy)
        self.name.setEnabled(not busy)
        self.cancel.setVisible(busy)
        self.bar.setVisible(busy)
        self.back.setVisible(taught is not None and not busy)
        self.message.setVisible(bool(self.message.text()))
        amounts = len(labelled_in(self._bench.documents.queue.rows))
        self.of_documents.setText(labelled_sentence(amounts))
        self.amounts.setEnabled(amounts > 0)

    def _leave(self) -> None:
        """A lesson goes on without the window; its model comes into use."""
        queue = self._bench.documents.queue
        for signal in (self._bench.collection.changed, queue.revised, queue.replaced, self._teacher.began):
            signal.disconnect(self._refresh)
        self._teacher.progressed.disconnect(self._on_progress)
        self._teacher.ended.disconnect(self._on_end)
        self.models.leave()


def labelled_sentence(count: int) -> str:
    """What can be learnt of the documents that were looked through."""
    if not count:
        return tr("What you correct in Documents, or say to be right, can be trained on too.")
    if count == 1:
        return tr("1 amount of Documents was corrected or said to be right.")
    return tr("{count:,} amounts of Documents were corrected or said to be right.", count=count)


def _name_of(bench: Workbench) -> str:
    """That of the model in use."""
    return Path(bench.choice.personal).stem if bench.choice.personal else NAME


def _outcome(taught: Taught | None) -> str:
    """What teaching has changed, as a small table and a sentence."""
    if taught is None:
        return ""
    report = taught.report
    rows = [
        "<tr>"
        + _cell(what)
        + _cell(tr("wrong words: {wrong} of {words}", wrong=before.wrong, words=before.words), "right")
        + _cell(f"\u2192 <b>{after.wrong}</b>", "right")
        + _cell(tr("{share:.1f} % of characters", share=100 * before.characters), "right")
        + _cell(f"\u2192 <b>{numeral(100 * after.characters, '.1f')} %</b>", "right")
        + "</tr>"
        for what, (before, after) in ((tr("Your corrections"), report.corrections), (tr("Other words"), report.fixed))
    ]
    verdict = (
        tr("<b>Other words are read notably worse now: better take it back.</b>")
        if report.worse
        else tr(
            "\u201c{stem}\u201d is in use now. Other words are read as well as before, or nearly so.",
            stem=taught.path.stem,
        )
    )
    return f"<table cellspacing=0>{''.join(rows)}</table><p>{verdict}</p>"


def _cell(words: str, align: str = "left") -> str:
    return f"<td align={align}>{words}&nbsp;&nbsp;</td>"
