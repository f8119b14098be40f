"""What a person says about a page, as commands that can be undone; each goes to its page, so that one sees what changes."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from ui.model.documents.result import Place, State, Verdict
from ui.model.page.document import Box

if TYPE_CHECKING:
    from ui.model.documents.documents import Documents

WORDS = {State.ACCEPTED: "accept", State.CORRECTED: "correction", State.SKIPPED: "skip"}


class Decide(QUndoCommand):
    """A verdict takes the place of another, or of none."""

    def __init__(self, documents: "Documents", place: Place, verdict: Verdict) -> None:
        super().__init__(WORDS[verdict.state])
        self._documents, self._place, self._after = documents, place, verdict
        row = documents.queue.find(place)
        self._before = None if row is None else row.verdict
        self._is_new = True

    def redo(self) -> None:
        """Do it, the first time too; then one goes where one wants."""
        self._say(self._after)
        if not self._is_new:
            self._documents.look_at(self._place)
        self._is_new = False

    def undo(self) -> None:
        """Take it back."""
        self._say(self._before)
        self._documents.look_at(self._place)

    def _say(self, verdict: Verdict | None) -> None:
        self._documents.queue.decide(self._place, verdict)


class GiveField(QUndoCommand):
    """The amount of the page that is looked at stands elsewhere."""

    def __init__(self, documents: "Documents", after: Box | None) -> None:
        super().__init__("field of the amount")
        pages = documents.pages
        self._documents, self._before, self._after = documents, pages.field, after
        self._place, self._opened, self._index = documents.current, pages.opened, pages.index

    def redo(self) -> None:
        """Do it, the first time too."""
        self._give(self._after)

    def undo(self) -> None:
        """Take it back."""
        self._give(self._before)

    def _give(self, field: Box | None) -> None:
        documents = self._documents
        if documents.pages.opened is self._opened:
            documents.pages.turn_to(self._index)
            documents.pages.give_field(field)
        elif self._place is not None:
            documents.queue.give_field(self._place, field)
            documents.look_at(self._place)
        else:
            self.setObsolete(True)  # the document is closed
