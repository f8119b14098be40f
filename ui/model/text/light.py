"""Which letters stand in the light: one model that the text and the ink both look at."""

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal


class Span(NamedTuple):
    """Ink of one line of writing: its pieces first .. last - 1."""

    line: int
    first: int
    last: int


class LetterLight(QObject):
    """The letter that is pointed at and the one that was gone to."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.pointed: Span | None = None
        self.chosen: Span | None = None

    def point_at(self, span: Span | None) -> None:
        """The pointer is on this letter, or on its ink."""
        if span != self.pointed:
            self.pointed = span
            self.changed.emit()

    def choose(self, span: Span | None) -> None:
        """The user looks at this letter, or at none."""
        if span != self.chosen:
            self.chosen = span
            self.changed.emit()

    def clear(self) -> None:
        """Another text: old places mean nothing."""
        if self.pointed or self.chosen:
            self.pointed = self.chosen = None
            self.changed.emit()
