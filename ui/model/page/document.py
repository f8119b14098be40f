"""The document that is open: its pages, which of them is looked at, and where the user says that their amounts stand."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.model.opening import OpenedPages

if TYPE_CHECKING:
    import numpy as np

    from recognizer.page import Page
    from recognizer.readers.reading import FieldOnPage

Box = tuple[float, float, float, float]  # left, top, right, foot [px of the page]
NO_FIELDS: Mapping[int, Box] = MappingProxyType({})


class PageDocument(QObject):
    """At most one opened document."""

    changed = Signal()  # another document or another page
    field_changed = Signal()  # the amount of the page is somewhere else

    def __init__(self) -> None:
        super().__init__()
        self.opened: OpenedPages | None = None
        self.index = 0
        self._fields: dict[int, Box] = {}  # of pages by index
        self._candidates: dict[int, tuple[FieldOnPage, ...]] = {}  # likewise

    @property
    def name(self) -> str:
        """The file's name; empty where nothing is open."""
        return self.opened.name if self.opened else ""

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.opened.pages) if self.opened else 0

    @property
    def unread(self) -> str:
        """Why the pages are to be looked at only; empty where they are to be read."""
        return self.opened.unread if self.opened else ""

    @property
    def page(self) -> "Page | None":
        """The page that is looked at."""
        return self.opened.pages[self.index].with_field(self.field) if self.opened else None

    @property
    def field(self) -> Box | None:
        """Where the user says that the amount of the page stands."""
        return self._fields.get(self.index)

    @property
    def candidates(self) -> "tuple[FieldOnPage, ...]":
        """Where the amount of the page may stand, likeliest first, as far as that was looked for."""
        return self._candidates.get(self.index, ())

    @property
    def halvings(self) -> "tuple[np.ndarray, ...]":
        """The page at 1, 1/2, 1/4, ... of its size."""
        return self.opened.halvings[self.index] if self.opened else ()

    def show(self, opened: OpenedPages | None, index: int = 0, fields: Mapping[int, Box] = NO_FIELDS) -> None:
        """Look at a page of another document, with what is known of the fields of its pages; or at none."""
        self.opened, self.index, self._fields, self._candidates = opened, index, dict(fields), {}
        self.changed.emit()

    def turn_to(self, index: int) -> None:
        """Look at another page; beyond the ends nothing happens."""
        if 0 <= index < self.count and index != self.index:
            self.index = index
            self.changed.emit()

    def find(self, candidates: "tuple[FieldOnPage, ...]") -> None:
        """The amount of the page was looked for."""
        self._candidates[self.index] = candidates

    def give_field(self, field: Box | None) -> None:
        """The amount of the page stands here, or is to be found; only commands call this."""
        if field != self.field:
            self._fields.pop(self.index, None)
            if field is not None:
                self._fields[self.index] = field
            self.field_changed.emit()
