"""A change that can be undone: from one value to another."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtGui import QUndoCommand

T = TypeVar("T")


class Change(QUndoCommand, Generic[T]):
    """``apply`` puts the value ``after``, or again that ``before``, in its place."""

    def __init__(self, words: str, before: T, after: T, apply: Callable[[T], object]) -> None:
        super().__init__(words)
        self._before, self._after, self._apply = before, after, apply

    def redo(self) -> None:
        """Do it, the first time too."""
        self._apply(self._after)

    def undo(self) -> None:
        """Take it back."""
        self._apply(self._before)
