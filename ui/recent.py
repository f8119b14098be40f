"""The menu of what was opened lately, newest first."""

import json
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from ui.labels import entry, tip
from ui.language import tr
from ui.model.background import Background
from ui.settings import RECENT, Settings

MOST = 10
JOB = "recent"


def recent(settings: Settings) -> list[Path]:
    """What was opened lately, newest first."""
    try:
        names = json.loads(settings.get(RECENT))
    except (ValueError, RecursionError):
        return []
    return [Path(name) for name in names[:MOST] if isinstance(name, str)] if isinstance(names, list) else []


def remember(settings: Settings, path: Path) -> None:
    """This was opened now."""
    path = path.absolute()
    paths = [path, *(other for other in recent(settings) if other != path)]
    settings.set(RECENT, json.dumps([str(other) for other in paths[:MOST]]))


class RecentMenu(QMenu):
    """Filled when it is opened; what is not there any more is greyed as soon as that is known."""

    chosen = Signal(object)  # Path

    def __init__(self, settings: Settings, background: Background, parent: QWidget) -> None:
        super().__init__(tr("Open &recent"), parent)
        self._settings, self._background = settings, background
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)
        self.addAction(tr("None")).setEnabled(False)

    def fill(self) -> None:
        """Look what there is now."""
        self.clear()
        paths = recent(self._settings)
        for number, path in enumerate(paths, 1):
            action = self.addAction(f"&{number % 10} {entry(path.name or str(path))}")
            action.setToolTip(tip(str(path)))
            action.triggered.connect(lambda _checked=False, path=path: self.chosen.emit(path))
        if not paths:
            self.addAction(tr("None")).setEnabled(False)
            return
        self.addSeparator()
        self.addAction(tr("&Clear this list")).triggered.connect(lambda: self._settings.set(RECENT, RECENT.default))
        self._background.ask(JOB, lambda: [_exists(path) for path in paths], self._grey, lambda _error: None)

    def _grey(self, there: list[bool]) -> None:
        for action, exists in zip(self.actions(), there, strict=False):
            action.setEnabled(exists)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
