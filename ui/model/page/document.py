"""The document that is open: its pages, which of them is looked at, and where the user says that their amounts stand."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.model.opening import OpenedPages, halvings

if TYPE_CHECKING:
    import numpy as np

    from recognizer.page import Page
    from recognizer.readers.reading import FieldOnPage

Box = tuple[float, float, float, float]  # left, top, right, foot [px of the page]
Turned = tuple[int, int]  # the index of a page, and by how many quarters it is turned to the right
# The digest of what a file holds, a page of it (from 1), and by how many quarters it is turned.
PagePlace = tuple[str, int, int]
NOTHING: Mapping[int, Any] = MappingProxyType({})


class PageDocument(QObject):
    """At most one opened document."""

    changed = Signal()  # another document or another page
    field_changed = Signal()  # the amount of the page is somewhere else

    def __init__(self) -> None:
        super().__init__()
        self.opened: OpenedPages | None = None
        self.index = 0
        self._turns: dict[int, int] = {}  # quarters to the right, of pages by index
        self._turned: dict[Turned, tuple[Page, tuple[np.ndarray, ...]]] = {}  # the pages so, with their halvings
        self._fields: dict[Turned, Box] = {}
        self._candidates: dict[Turned, tuple[FieldOnPage, ...]] = {}

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
        return self._seen[0].with_field(self.field) if self.opened else None

    @property
    def turned(self) -> int:
        """Quarters to the right by which the user has turned the page."""
        return self._turns.get(self.index, 0)

    @property
    def place(self) -> PagePlace | None:
        """What the page that is looked at is known by, whatever its file is called; None where there is none, or that is not known."""
        return (self.opened.digest, self.index + 1, self.turned) if self.opened and self.opened.digest else None

    @property
    def field(self) -> Box | None:
        """Where the user says that the amount of the page stands."""
        return self._fields.get(self._key)

    @property
    def candidates(self) -> "tuple[FieldOnPage, ...]":
        """Where the amount of the page may stand, likeliest first, as far as that was looked for."""
        return self._candidates.get(self._key, ())

    @property
    def halvings(self) -> "tuple[np.ndarray, ...]":
        """The page at 1, 1/2, 1/4, ... of its size."""
        return self._seen[1] if self.opened else ()

    def show(
        self,
        opened: OpenedPages | None,
        index: int = 0,
        turns: Mapping[int, int] = NOTHING,
        fields: Mapping[int, Box] = NOTHING,
    ) -> None:
        """Look at a page of another document, with what is known of how its pages lie, and of the fields of them so; or at none."""
        self.opened, self.index, self._turns = opened, index, dict(turns)
        self._fields = {(page, turns.get(page, 0)): field for page, field in fields.items()}
        self._candidates, self._turned = {}, {}
        self.changed.emit()

    def turn(self, quarters: int) -> None:
        """The page lies so; only commands call this."""
        if quarters % 4 != self.turned:
            self._turns[self.index] = quarters % 4
            self.changed.emit()

    def turn_to(self, index: int) -> None:
        """Look at another page; beyond the ends nothing happens."""
        if 0 <= index < self.count and index != self.index:
            self.index = index
            self.changed.emit()

    def find(self, candidates: "tuple[FieldOnPage, ...]") -> None:
        """The amount of the page was looked for."""
        self._candidates[self._key] = candidates

    def give_field(self, field: Box | None) -> None:
        """The amount of the page stands here, or is to be found; only commands call this."""
        if field != self.field:
            self._fields.pop(self._key, None)
            if field is not None:
                self._fields[self._key] = field
            self.field_changed.emit()

    @property
    def _key(self) -> Turned:
        return self.index, self.turned

    @property
    def _seen(self) -> "tuple[Page, tuple[np.ndarray, ...]]":
        """The page as it is turned, made once, and its halvings."""
        assert self.opened is not None
        if self._key not in self._turned:
            page = self.opened.pages[self.index].turned(self.turned)
            known = self.opened.halvings[self.index]
            self._turned[self._key] = page, halvings(page.grey) if self.turned else known
        return self._turned[self._key]
