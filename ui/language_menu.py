"""The menu of languages: the system's, or one of ours."""

from collections.abc import Callable

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ui.language import NAMES, SYSTEM, tr
from ui.problems import Offer
from ui.settings import LANGUAGE, Settings


class LanguageMenu(QMenu):
    """Remembers the choice, which the next start follows; ``offer`` says so."""

    def __init__(self, settings: Settings, offer: Callable[[Offer], object], parent: QWidget) -> None:
        super().__init__(tr("Language"), parent)
        self._settings, self._offer = settings, offer
        group = QActionGroup(self)
        for language, name in {SYSTEM: tr("As the &system"), **NAMES}.items():
            action = self.addAction(name)
            action.setCheckable(True)
            action.setChecked(language == settings.get(LANGUAGE))
            action.triggered.connect(lambda _checked=False, language=language: self._choose(language))
            group.addAction(action)

    def _choose(self, language: str) -> None:
        self._settings.set(LANGUAGE, language)
        self._offer(Offer(tr("The program speaks this language from its next start on."), ((tr("OK"), lambda: None),)))
