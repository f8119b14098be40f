"""Conditions in words: the menu that sets them at an arc or a node, and the bar that tells which are set."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from ui.inspect.page import Page
from ui.labels import muted
from ui.language import tr
from ui.lattice.describe import pieces
from ui.model.desk import Desk
from ui.model.lattice.steps import StageArc
from ui.model.revision import Revision

if TYPE_CHECKING:
    from recognizer.readers.reread import Constraints
    from ui.model.lattice.lattice import Lattice

ASK = tr("Right-click an arc or a cut of the lattice, or press Enter on an arc, to force or forbid it.")


def arc_menu(parent: QWidget, desk: Desk, revision: Revision, segment: int, at: StageArc | None) -> QMenu | None:
    """What may be asked of an arc: of its ink, of what it was read as, and of the cuts at its ends."""
    answer, now = desk.answer, revision.constraints
    if answer is None or now is None:
        return None
    from recognizer.readers.reread import Mark

    menu = QMenu(parent)
    lattice = answer.lattice
    for label in _labels(lattice, segment, at):
        name, mark = lattice.classes[label - 1], Mark(segment, label)
        _add(menu, tr("This is {name}", name=name), mark in now.forced, lambda on, m=mark: revision.force(m, on))
        _add(menu, tr("This is no {name}", name=name), mark in now.forbidden, lambda on, m=mark: revision.forbid(m, on))
        menu.addSeparator()
    mark = Mark(segment)
    _add(menu, tr("This ink is one character"), mark in now.forced, lambda on: revision.force(mark, on))
    _add(menu, tr("This ink is not one character"), mark in now.forbidden, lambda on: revision.forbid(mark, on))
    for cut, side in (
        (int(lattice.first[segment]), tr(" at its left end")),
        (int(lattice.last[segment]), tr(" at its right end")),
    ):
        if 0 < cut < lattice.end:
            menu.addSeparator()
            _add_cut(menu, revision, now, cut, side)
    return menu


def cut_menu(parent: QWidget, desk: Desk, revision: Revision, cut: int) -> QMenu | None:
    """What may be asked of a cut; nothing of the ends of the ink."""
    answer, now = desk.answer, revision.constraints
    if answer is None or now is None or not 0 < cut < answer.lattice.end:
        return None
    menu = QMenu(parent)
    _add_cut(menu, revision, now, cut, tr(" here"))
    return menu


def _add_cut(menu: QMenu, revision: Revision, now: "Constraints", cut: int, where: str) -> None:
    _add(
        menu, tr("Characters part{where}", where=where), cut in now.forced_cuts, lambda on: revision.force_cut(cut, on)
    )
    _add(
        menu,
        tr("No characters part{where}", where=where),
        cut in now.forbidden_cuts,
        lambda on: revision.forbid_cut(cut, on),
    )


def _labels(lattice: "Lattice", segment: int, at: StageArc | None) -> list[int]:
    """The label of the arc where one is meant; else that of the best path, or of the best class."""
    if at is not None:
        stage = lattice.stages[at.stage]
        if not stage.pictured and stage.read[at.arc] > 0:
            return [int(stage.read[at.arc])]
    return [lattice.classes.index(lattice.ranked_classes(segment)[0][0]) + 1]


def _add(menu: QMenu, words: str, on: bool, act: object) -> None:
    action = menu.addAction(words)
    action.setCheckable(True)
    action.setChecked(on)
    action.triggered.connect(act)


def words_of(constraints: "Constraints", lattice: "Lattice") -> list[str]:
    """Every condition in a few words."""
    words = [f"\u201c{constraints.text}\u201d"] if constraints.text else []
    for marks, verb in ((constraints.forced, tr("is")), (constraints.forbidden, tr("is not"))):
        for segment, label in sorted(marks):
            first, last = int(lattice.first[segment]) + 1, int(lattice.last[segment])
            ink = pieces(first, last)
            words.append(f"{ink} {verb} {lattice.classes[label - 1] if label else tr('one character')}")
    words += [tr("part at cut {cut}", cut=cut + 1) for cut in sorted(constraints.forced_cuts)]
    words += [tr("no parting at cut {cut}", cut=cut + 1) for cut in sorted(constraints.forbidden_cuts)]
    return words


class ConditionsBar(Page):
    """Which conditions are set, and how to be rid of them."""

    def __init__(self, desk: Desk, revision: Revision) -> None:
        super().__init__(desk)
        self._revision = revision
        self.words = muted(ASK)
        self.complaint = QLabel()
        self.complaint.setWordWrap(True)
        self.undo, self.redo, self.clear = (
            QPushButton(tr("Undo")),
            QPushButton(tr("Redo")),
            QPushButton(tr("No conditions")),
        )
        keys = QKeySequence(QKeySequence.StandardKey.Undo).toString(QKeySequence.SequenceFormat.NativeText)
        self.undo.setToolTip(tr("Take the last condition back ({keys} in the lattice)", keys=keys))
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        for button, act in ((self.undo, revision.undo), (self.redo, revision.redo), (self.clear, revision.clear)):
            row.addWidget(button)
            button.clicked.connect(act)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.words, self.complaint, self._buttons):
            column.addWidget(widget)
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
