"""Which conditions are set, in words."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from ui.boxes import FLUSH, in_column, in_row
from ui.inspect.page import InspectorPage
from ui.labels import muted, text_label
from ui.language import tr
from ui.lattice.describe import pieces
from ui.model.current_desk import CurrentDesk
from ui.model.revision import Revision

if TYPE_CHECKING:
    from recognizer.readers.reread import Constraints
    from ui.model.lattice.lattice import Lattice

ASK = tr("Right-click an arc or a cut of the lattice, or press Enter on an arc, to force or forbid it.")


def words_of(constraints: "Constraints", lattice: "Lattice") -> list[str]:
    """Every condition in a few words."""
    words = [f"\u201c{constraints.text}\u201d"] if constraints.text else []
    verbs = (constraints.forced, tr("is"), tr("are")), (constraints.forbidden, tr("is not"), tr("are not"))
    for marks, of_one, of_several in verbs:
        for segment, label in sorted(marks):
            first, last = int(lattice.first[segment]) + 1, int(lattice.last[segment])
            verb = of_one if first == last else of_several
            words.append(f"{pieces(first, last)} {verb} {lattice.classes[label - 1] if label else tr('one character')}")
    words += [tr("part at cut {cut}", cut=cut + 1) for cut in sorted(constraints.forced_cuts)]
    words += [tr("no parting at cut {cut}", cut=cut + 1) for cut in sorted(constraints.forbidden_cuts)]
    return words


class ConditionsBar(InspectorPage):
    """Which conditions are set, and how to be rid of them."""

    def __init__(self, current: CurrentDesk, revision: Revision) -> None:
        super().__init__(current)
        self._revision = revision
        self.words = muted(ASK)
        self.complaint = text_label()
        self.complaint.setWordWrap(True)
        self.undo, self.redo, self.clear = (
            QPushButton(tr("Undo")),
            QPushButton(tr("Redo")),
            QPushButton(tr("Clear conditions")),
        )
        keys = QKeySequence(QKeySequence.StandardKey.Undo).toString(QKeySequence.SequenceFormat.NativeText)
        self.undo.setToolTip(tr("Take the last condition back ({keys} in the lattice)", keys=keys))
        self._buttons = QWidget()
        both = in_row(self.undo, self.redo, None)
        in_column(both, in_row(self.clear, None), of=self._buttons, margins=FLUSH)
        for button, act in ((self.undo, revision.undo), (self.redo, revision.redo), (self.clear, revision.clear)):
            button.clicked.connect(act)
        in_column(self.words, self.complaint, self._buttons, of=self, margins=FLUSH)
        revision.changed.connect(self.refresh)
        self.watch()

    def refresh(self) -> None:
        """Tell what is set."""
        now, answer, stack = self._revision.constraints, self.desk.answer, self._revision.stack
        known = now is not None and answer is not None
        self.setVisible(known)
        if now is None or answer is None or stack is None:
            return
        words = words_of(now, answer.lattice)
        if self._revision.edits:
            words.append(tr("cuts as you have put them"))
        if self._revision.steps:
            words.append(tr("steps of training: {count}", count=len(self._revision.steps)))
        self.words.setText(tr("Read on condition: {conditions}.", conditions="; ".join(words)) if words else ASK)
        self.complaint.setText(self._revision.sentence)
        self.complaint.setVisible(bool(self._revision.sentence))
        self.undo.setEnabled(stack.canUndo())
        self.redo.setEnabled(stack.canRedo())
        self.clear.setEnabled(bool(words))
        self._buttons.setVisible(stack.canUndo() or stack.canRedo())
