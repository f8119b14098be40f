"""The document that is open: its pages, and which of them is looked at."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.opening import OpenedPages

if TYPE_CHECKING:
    import numpy as np

    from recognizer.page import Page


class PageDocument(QObject):
    """At most one opened document."""

    changed = Signal()  # another document or another page

    def __init__(self) -> None:
        super().__init__()
        self._opened: OpenedPages | None = None
        self.index = 0

    @property
    def name(self) -> str:
        """The file's name; empty where nothing is open."""
        return self._opened.name if self._opened else ""

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._opened.pages) if self._opened else 0

    @property
    def page(self) -> "Page | None":
        """The page that is looked at."""
        return self._opened.pages[self.index] if self._opened else None

    @property
    def halvings(self) -> "tuple[np.ndarray, ...]":
        """The page at 1, 1/2, 1/4, ... of its size."""
        return self._opened.halvings[self.index] if self._opened else ()

    def show(self, opened: OpenedPages) -> None:
        """Look at the first page of another document."""
        self._opened, self.index = opened, 0
        self.changed.emit()

    def turn_to(self, index: int) -> None:
        """Look at another page; beyond the ends nothing happens."""
        if 0 <= index < self.count and index != self.index:
            self.index = index
            self.changed.emit()
