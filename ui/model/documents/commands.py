"""What a person says about a page, as commands that can be undone; each goes to its page, so that one sees what changes."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtGui import QUndoCommand

from ui.model.documents.queue import Queue
from ui.model.documents.result import DocumentPage, Row, State, Verdict
from ui.model.page.document import PageDocument

T = TypeVar("T")
LookAt = Callable[[DocumentPage], None]

WORDS = {State.ACCEPTED: "accept", State.CORRECTED: "correction", State.SKIPPED: "skip"}


class Decide(QUndoCommand):
    """A verdict takes the place of another, or of none."""

    def __init__(self, queue: Queue, look_at: LookAt, place: DocumentPage, verdict: Verdict) -> None:
        super().__init__(WORDS[verdict.state])
        self._queue, self._look_at, self._place, self._after = queue, look_at, place, verdict
        row = queue.find(place)
        self._before = None if row is None else row.verdict
        self._digest = "" if row is None else row.result.digest
        self._is_new = True

    def redo(self) -> None:
        """Do it, the first time too; then one goes where one wants."""
        self._say(self._after)
        if not self._is_new:
            self._look_at(self._place)
        self._is_new = False

    def undo(self) -> None:
        """Take it back."""
        self._say(self._before)
        self._look_at(self._place)

    def _say(self, verdict: Verdict | None) -> None:
        """Only of the picture that the person has seen."""
        row = self._queue.find(self._place)
        if row is not None and row.result.digest == self._digest:
            self._queue.decide(self._place, verdict)
        else:
            self.setObsolete(True)


class ChangePage(QUndoCommand, Generic[T]):
    """Something of the page that is looked at, perhaps one of the queue's, becomes otherwise: ``change`` changes it on the page, and
    ``keep`` in the queue."""

    def __init__(
        self,
        words: str,
        change: Callable[[T], object],
        keep: Callable[[DocumentPage, T], object],
        look_at: LookAt,
        shows: Callable[[DocumentPage], bool],
        pages: PageDocument,
        place: DocumentPage | None,
        values: tuple[T, T],
    ) -> None:
        """``values``: before and after."""
        super().__init__(words)
        self._change, self._keep, self._look_at, self._shows = change, keep, look_at, shows
        self._pages, self._place = pages, place
        self._before, self._after = values
        self._opened, self._index = pages.opened, pages.index

    def redo(self) -> None:
        """Do it, the first time too."""
        self._make(self._after)

    def undo(self) -> None:
        """Take it back."""
        self._make(self._before)

    def _make(self, value: T) -> None:
        if self._place is not None:
            self._keep(self._place, value)
            self._look_at(self._place)
            if self._shows(self._place):
                self._change(value)
        elif self._pages.opened is self._opened:
            self._pages.turn_to(self._index)
            self._change(value)
        else:
            self.setObsolete(True)  # the document is closed


class RemovePages(QUndoCommand):
    """Rows leave the queue; their files stay."""

    def __init__(self, queue: Queue, look_at: LookAt, places: Sequence[DocumentPage]) -> None:
        super().__init__("remove")
        self._queue, self._look_at = queue, look_at
        self._places = places
        self._rows: dict[int, Row] = {}

    def redo(self) -> None:
        """Do it, the first time too."""
        numbers = [number for number in map(self._queue.row_of, self._places) if number is not None]
        self._rows = {number: self._queue.rows[number] for number in numbers}
        self._queue.remove([row.result.place for row in self._rows.values()])

    def undo(self) -> None:
        """Take it back."""
        self._queue.bring_back(self._rows)
        self._look_at(next(iter(self._rows.values())).result.place)
