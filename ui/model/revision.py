"""Conditions on a reading that the user sets by clicking: kept for each desk, undoable, decoded again in the background."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QUndoStack

from ui.model.answer import Answer
from ui.model.background import Background
from ui.model.change import Change
from ui.model.current_desk import CurrentDesk
from ui.model.desk import Desk
from ui.problems import describe

if TYPE_CHECKING:
    from recognizer.readers.reread import Constraints, Mark
    from recognizer.segments import Edit

JOB = "reread"
T = TypeVar("T")


@dataclass(frozen=True)
class _Terms:
    """What a reading is put to: its cuts changed, conditions on the segments that come of them, and its network taught."""

    edits: "tuple[Edit, ...]"
    constraints: "Constraints"
    steps: tuple[tuple[str, str], ...] = ()  # of training: the right text and the criterion of each


@dataclass
class _Case:
    """What is being revised at a desk: the answer as it was read, and the terms that it is put to."""

    base: Answer
    terms: _Terms
    stack: QUndoStack


class Revision(QObject):
    """Of the desk that is looked at. A new reading of a desk begins without conditions."""

    changed = Signal()

    def __init__(self, current: CurrentDesk, background: Background) -> None:
        super().__init__()
        self._background = background
        self._cases: dict[str, _Case] = {}
        self._current = current
        self.sentence = ""  # why the last conditions could not be met
        current.changed.connect(self._on_answer)

    @property
    def _desk(self) -> Desk:
        """The desk that is looked at."""
        return self._current.desk

    @property
    def constraints(self) -> "Constraints | None":
        """The conditions that are set; None where there is nothing to set them for."""
        case = self._case
        return case.terms.constraints if case else None

    @property
    def edits(self) -> "tuple[Edit, ...]":
        """How the cuts were changed."""
        case = self._case
        return case.terms.edits if case else ()

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """The steps of training that were taken."""
        case = self._case
        return case.terms.steps if case else ()

    @property
    def stack(self) -> QUndoStack | None:
        """What can be undone and redone."""
        case = self._case
        return case.stack if case else None

    @property
    def _case(self) -> _Case | None:
        answer = self._desk.answer
        if answer is None or answer.reading.trace.reader is None:
            return None
        case = self._cases.get(self._desk.kind)
        if case is None or (answer is not case.base and self._desk.constraints is None):
            from recognizer.readers.reread import NO_CONSTRAINTS

            case = self._cases[self._desk.kind] = _Case(answer, _Terms((), NO_CONSTRAINTS), QUndoStack())
        return case

    def force(self, mark: "Mark", on: bool = True) -> None:
        """The path must lead over the mark, or need not any longer."""
        now = self.constraints
        if now is not None:
            self._push("force", replace(now, forced=_with(now.forced, mark, on), forbidden=now.forbidden - {mark}))

    def forbid(self, mark: "Mark", on: bool = True) -> None:
        """The path must not lead over the mark, or may again."""
        now = self.constraints
        if now is not None:
            self._push("forbid", replace(now, forbidden=_with(now.forbidden, mark, on), forced=now.forced - {mark}))

    def force_cut(self, cut: int, on: bool = True) -> None:
        """Characters must part at a cut, or need not."""
        now = self.constraints
        if now is not None:
            other = now.forbidden_cuts - {cut}
            self._push("force cut", replace(now, forced_cuts=_with(now.forced_cuts, cut, on), forbidden_cuts=other))

    def forbid_cut(self, cut: int, on: bool = True) -> None:
        """Characters must not part at a cut, or may."""
        now = self.constraints
        if now is not None:
            other = now.forced_cuts - {cut}
            self._push("forbid cut", replace(now, forbidden_cuts=_with(now.forbidden_cuts, cut, on), forced_cuts=other))

    def want(self, text: str) -> None:
        """The reading must say this."""
        now = self.constraints
        if now is not None:
            self._push("text", replace(now, text=text))

    def edit(self, words: str, edits: "Sequence[Edit]") -> None:
        """Change cuts; conditions are forgotten, as their segments are no longer there."""
        from recognizer.readers.reread import NO_CONSTRAINTS

        if edits:
            self._push_terms(words, _Terms((*self.edits, *edits), NO_CONSTRAINTS, self.steps))

    def learn(self, text: str, criterion: str) -> None:
        """One step of training on this reading."""
        self._take_steps("training step", (*self.steps, (text, criterion)))

    def unlearn(self) -> None:
        """Take the last step of training back."""
        self._take_steps("training step taken back", self.steps[:-1])

    def _take_steps(self, words: str, steps: tuple[tuple[str, str], ...]) -> None:
        now = self.constraints
        if now is not None:
            self._push_terms(words, _Terms(self.edits, now, steps))

    def clear(self) -> None:
        """No conditions, and the cuts that were found."""
        from recognizer.readers.reread import NO_CONSTRAINTS

        self._push_terms("clear", _Terms((), NO_CONSTRAINTS))

    def undo(self) -> None:
        """Take the last change back."""
        if self.stack is not None:
            self.stack.undo()
            self.changed.emit()

    def redo(self) -> None:
        """Make it again."""
        if self.stack is not None:
            self.stack.redo()
            self.changed.emit()

    def knows(self, event: QKeyEvent) -> bool:
        """Is this the key of Undo or Redo, and is there something to undo or redo?"""
        undo, redo = event.matches(QKeySequence.StandardKey.Undo), event.matches(QKeySequence.StandardKey.Redo)
        stack = self.stack
        return stack is not None and ((undo and stack.canUndo()) or (redo and stack.canRedo()))

    def _push(self, words: str, after: "Constraints") -> None:
        self._push_terms(words, _Terms(self.edits, after, self.steps))

    def _push_terms(self, words: str, after: _Terms) -> None:
        case = self._case
        if case is not None and after != case.terms:
            case.stack.push(Change(words, case.terms, after, self._apply))
            self.changed.emit()

    def _apply(self, terms: _Terms) -> None:
        case, desk = self._case, self._desk
        if case is None:
            return
        from recognizer.readers.reread import NO_CONSTRAINTS

        case.terms = terms
        base = case.base
        if terms == _Terms((), NO_CONSTRAINTS):
            self._background.forget(JOB)
            self._show(desk, base, base, None)
            return
        self._background.ask(
            JOB,
            lambda: _decoded(desk.kind, base, terms),
            lambda answer: self._show(desk, base, answer, terms.constraints),
            self._on_failure,
        )
        self.changed.emit()

    def _show(self, desk: Desk, base: Answer, answer: Answer, constraints: "Constraints | None") -> None:
        case = self._cases.get(desk.kind)
        self.sentence = ""
        if case is not None and case.base is base and not desk.stale:
            desk.revise(answer, constraints)
        self.changed.emit()

    def _on_failure(self, error: Exception) -> None:
        self.sentence = describe(error).sentence
        self.changed.emit()

    def _on_answer(self) -> None:
        self.sentence = ""
        self.changed.emit()


def _decoded(kind: str, base: Answer, terms: _Terms) -> Answer:
    from recognizer.readers.learning import step
    from recognizer.readers.recut import recut
    from recognizer.readers.reread import NO_CONSTRAINTS, reread
    from ui.model.lattice.lattice import lattice_of
    from ui.model.readers import KINDS

    reading, ink = base.reading, base.ink
    if terms.edits:
        source = KINDS[kind].prepare(base.source)
        reading = recut(reading, source, terms.edits)
        ink = KINDS[kind].ink_of(source, reading)
    for text, criterion in terms.steps:
        reading = step(reading, text, criterion)
    if terms.constraints != NO_CONSTRAINTS:
        reading = reread(reading, terms.constraints)
    return replace(base, reading=reading, lattice=lattice_of(reading), ink=ink)


def _with(some: frozenset[T], one: T, on: bool) -> frozenset[T]:
    return some | {one} if on else some - {one}
