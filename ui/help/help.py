"""The commands of help: the way to its windows."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow

from ui.locations import SAMPLES
from ui.samples import samples_in
from ui.settings import WELCOMED, Settings
from ui.theme.theme import Theme

if TYPE_CHECKING:
    from ui.help.welcome import Welcome
    from ui.help.window import HelpWindow


class Help:
    """What the menu of help does; its windows are imported and made when they are first wanted."""

    def __init__(self, window: QMainWindow, theme: Theme, settings: Settings, show: Callable[[Path], object]) -> None:
        self._window, self._theme, self._settings, self._open_sample = window, theme, settings, show
        self.shown: HelpWindow | None = None
        self.welcome: Welcome | None = None

    def open(self, name: str) -> None:
        """Show a page."""
        from ui.help.window import HelpWindow

        if self.shown is None:
            self.shown = HelpWindow(self._window, self._theme)
        self.shown.open_at(name)

    def show_welcome(self) -> None:
        """The first steps."""
        from ui.help.welcome import Welcome

        if self.welcome is None:
            self.welcome = Welcome(self._window, self._theme, samples_in(SAMPLES), self._open_sample)
        self.welcome.show()

    def make_way(self) -> None:
        """Somebody has opened something: the first steps do not cover it."""
        if self.welcome is not None:
            self.welcome.close()

    def greet(self) -> None:
        """The first steps, at the first start."""
        if not self._settings.get(WELCOMED):
            self._settings.set(WELCOMED, True)
            self.show_welcome()
