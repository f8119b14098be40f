"""The bar that a replay is used by."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QSlider, QToolButton

from ui.boxes import in_row
from ui.labels import text_label
from ui.language import tr
from ui.model.ink.player import Player
from ui.theme.icons import icon
from ui.theme.theme import Theme

SPEEDS = (0.5, 1.0, 2.0, 4.0)
TICKS = 1000  # of the slider


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
            self.speed.addItem(tr("{speed:g} \u00d7", speed=speed), speed)
        self.speed.setCurrentIndex(SPEEDS.index(1.0))
        self.speed.currentIndexChanged.connect(lambda index: setattr(player, "speed", SPEEDS[index]))
        self.back = QToolButton()
        self.back.setToolTip(tr("Back to writing"))
        self.back.setAccessibleName(tr("Back to writing"))
        self.back.clicked.connect(player.close)
        in_row(
            *(text_label(tr("Replay")), self.button, (self.slider, 1), self.speed, self.back),
            of=self,
            margins=(10, 4, 10, 4),
            spacing=8,
        )
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
        self.back.setIcon(icon("close", self._theme.palette))
        self.button.setToolTip(words)
        self.button.setAccessibleName(words)
        if not self.slider.isSliderDown():
            self.slider.setValue(round(player.share * TICKS))
