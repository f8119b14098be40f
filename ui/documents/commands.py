"""What a person says about a row, as a command that can be undone."""

from PySide6.QtGui import QUndoCommand

from ui.documents.queue import Queue
from ui.documents.result import Place, State, Verdict

WORDS = {State.ACCEPTED: "accept", State.CORRECTED: "correction", State.SKIPPED: "skip"}


class Decide(QUndoCommand):
    """A verdict takes the place of another, or of none."""

    def __init__(self, queue: Queue, place: Place, verdict: Verdict) -> None:
        super().__init__(WORDS[verdict.state])
        self._queue, self._place, self._after = queue, place, verdict
        row = queue.row_of(place)
        self._before = None if row is None else queue.rows[row].verdict

    def redo(self) -> None:
        """Do it, the first time too."""
        self._say(self._after)

    def undo(self) -> None:
        """Take it back."""
        self._say(self._before)

    def _say(self, verdict: Verdict | None) -> None:
        row = self._queue.row_of(self._place)
        if row is not None:  # else the queue was cleared meanwhile
            self._queue.decide(row, verdict)
