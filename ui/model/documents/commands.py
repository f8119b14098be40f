"""What a person says about a page, as commands that can be undone; each goes to its page, so that one sees what changes."""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from ui.model.documents.queue import Queue
from ui.model.documents.result import DocumentPage, State, Verdict
from ui.model.page.document import Box, PageDocument

LookAt = Callable[[DocumentPage], None]

WORDS = {State.ACCEPTED: "accept", State.CORRECTED: "correction", State.SKIPPED: "skip"}


class Decide(QUndoCommand):
    """A verdict takes the place of another, or of none."""

    def __init__(self, queue: Queue, look_at: LookAt, place: DocumentPage, verdict: Verdict) -> None:
        super().__init__(WORDS[verdict.state])
        self._queue, self._look_at, self._place, self._after = queue, look_at, place, verdict
        row = queue.find(place)
        self._before = None if row is None else row.verdict
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
        self._queue.decide(self._place, verdict)


class GiveField(QUndoCommand):
    """The amount of the page that is looked at, perhaps one of the queue's, stands elsewhere."""

    def __init__(
        self, queue: Queue, look_at: LookAt, pages: PageDocument, place: DocumentPage | None, after: Box | None
    ) -> None:
        super().__init__("field of the amount")
        self._queue, self._look_at, self._pages, self._place = queue, look_at, pages, place
        self._before, self._after = pages.field, after
        self._opened, self._index = pages.opened, pages.index

    def redo(self) -> None:
        """Do it, the first time too."""
        self._give(self._after)

    def undo(self) -> None:
        """Take it back."""
        self._give(self._before)

    def _give(self, field: Box | None) -> None:
        if self._pages.opened is self._opened:
            self._pages.turn_to(self._index)
            self._pages.give_field(field)
        elif self._place is not None:
            self._queue.give_field(self._place, field)
            self._look_at(self._place)
        else:
            self.setObsolete(True)  # the document is closed
