"""Replay of the writing in its own time, or faster: the player, and the bar that it is used by."""

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QSlider, QToolButton

from ui.ink.document import InkDocument, Stroke
from ui.ink.timeline import Timeline, timeline_of
from ui.language import tr
from ui.theme.icons import icon
from ui.theme.theme import Theme

FRAME = 16  # ms
SPEEDS = (0.5, 1.0, 2.0, 4.0)
TICKS = 1000  # of the slider


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


class ReplayBar(QFrame):
    """Play and pause, the moment, the speed; there while a replay is shown."""

    def __init__(self, player: Player, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("replay")
        self._player, self._theme = player, theme
        self.button = QToolButton()
        self.button.clicked.connect(self._play_or_pause)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, TICKS)
        self.slider.setAccessibleName(tr("Moment of the replay"))
        self.slider.valueChanged.connect(self._on_slider)
        self.speed = QComboBox()
        self.speed.setAccessibleName(tr("Speed of the replay"))
        for speed in SPEEDS:
            self.speed.addItem(f"{speed:g} \u00d7", speed)
        self.speed.setCurrentIndex(SPEEDS.index(1.0))
        self.speed.currentIndexChanged.connect(lambda index: setattr(player, "speed", SPEEDS[index]))
        self._close = QToolButton()
        self._close.setToolTip(tr("Back to writing"))
        self._close.setAccessibleName(tr("Back to writing"))
        self._close.clicked.connect(player.close)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 4)
        row.setSpacing(8)
        row.addWidget(QLabel(tr("Replay")))
        row.addWidget(self.button)
        row.addWidget(self.slider, 1)
        row.addWidget(self.speed)
        row.addWidget(self._close)
        player.changed.connect(self._refresh)
        theme.changed.connect(self._refresh)
        self._refresh()

    def _play_or_pause(self) -> None:
        if self._player.playing:
            self._player.pause()
        else:
            self._player.play()

    def _on_slider(self, value: int) -> None:
        if value != round(self._player.share * TICKS):
            self._player.go_to(value / TICKS)

    def _refresh(self) -> None:
        player = self._player
        self.setVisible(player.active)
        words = tr("Pause") if player.playing else tr("Play")
        self.button.setIcon(icon("pause" if player.playing else "play", self._theme.palette))
        self._close.setIcon(icon("close", self._theme.palette))
        self.button.setToolTip(words)
        self.button.setAccessibleName(words)
        if not self.slider.isSliderDown():
            self.slider.setValue(round(player.share * TICKS))
