"""Which palette is in use: the system's scheme, or the one that the user has chosen."""

from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from ui.theme import style
from ui.theme.palette import DARK, LIGHT, Palette


class Appearance(Enum):
    """What the user may choose in the View menu."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def chosen_palette(appearance: Appearance, system_is_dark: bool) -> Palette:
    """The palette for a choice and the scheme of the system."""
    dark = system_is_dark if appearance is Appearance.SYSTEM else appearance is Appearance.DARK
    return DARK if dark else LIGHT


class Theme(QObject):
    """Holds the palette in use and says when it changes; the application wears it from `dress` on."""

    changed = Signal()

    def __init__(self, application: QApplication, appearance: Appearance = Appearance.SYSTEM) -> None:
        super().__init__()
        self._application = application
        self._appearance = appearance
        self.palette = chosen_palette(appearance, self._system_is_dark())
        application.styleHints().colorSchemeChanged.connect(self._refresh)

    def dress(self) -> None:
        """Put the palette on the whole application."""
        style.apply(self._application, self.palette)

    @property
    def appearance(self) -> Appearance:
        """The user's choice."""
        return self._appearance

    def choose(self, appearance: Appearance) -> None:
        """Follow another choice of the user."""
        self._appearance = appearance
        self._refresh()

    def _system_is_dark(self) -> bool:
        return self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _refresh(self) -> None:
        palette = chosen_palette(self._appearance, self._system_is_dark())
        if palette == self.palette:
            return
        self.palette = palette
        self.dress()
        self.changed.emit()
