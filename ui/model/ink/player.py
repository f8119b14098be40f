"""Replay of the writing in its own time, or faster."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from ui.model.ink.document import InkDocument, Stroke
from ui.model.ink.timeline import Timeline, timeline_of

FRAME = 16  # ms


class Player(QObject):
    """Plays the ink of a document from its beginning; when the ink changes the replay is over."""

    changed = Signal()

    def __init__(self, document: InkDocument) -> None:
        super().__init__()
        self._document = document
        self._timeline: Timeline | None = None
        self.moment = 0.0  # s
        self.speed = 1.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=FRAME)
        self._timer.timeout.connect(self._tick)
        document.changed.connect(self.close)

    @property
    def active(self) -> bool:
        """Is the replay shown in place of the ink?"""
        return self._timeline is not None

    @property
    def playing(self) -> bool:
        """Does it go on?"""
        return self._timer.isActive()

    @property
    def share(self) -> float:
        """How far it is, in 0..1."""
        return self.moment / self._timeline.seconds if self._timeline and self._timeline.seconds else 1.0

    def shown(self) -> tuple[tuple[Stroke, ...], Stroke | None]:
        """The strokes that are finished at this moment, and the one that is being written."""
        return self._timeline.at(self.moment) if self._timeline else (self._document.strokes, None)

    def play(self) -> None:
        """Begin, or go on; at the end, begin anew."""
        if self._timeline is None:
            if not self._document.strokes:
                return
            self._timeline, self.moment = timeline_of(self._document.strokes), 0.0
        if self.share >= 1:
            self.moment = 0.0
        self._clock.start()
        self._timer.start()
        self.changed.emit()

    def pause(self) -> None:
        """Stop where it is."""
        self._timer.stop()
        self.changed.emit()

    def go_to(self, share: float) -> None:
        """Show another moment."""
        if self._timeline is not None:
            self.moment = share * self._timeline.seconds
            self.changed.emit()

    def close(self) -> None:
        """Show the ink again."""
        if self._timeline is not None:
            self._timer.stop()
            self._timeline = None
            self.changed.emit()

    def _tick(self) -> None:
        if self._timeline is None:
            return
        self.moment = min(self.moment + self._clock.restart() / 1000 * self.speed, self._timeline.seconds)
        if self.share >= 1:
            self._timer.stop()
        self.changed.emit()
