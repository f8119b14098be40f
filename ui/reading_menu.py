"""The menu of what reads ink: text or numbers, the system, the language, the user's own words; and of how amounts are written. What
cannot be had says why."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from recognizer.errors import InputError
from recognizer.language.money import COUNTRIES
from ui.labels import entry
from ui.language import titled, tr
from ui.locations import Locations
from ui.model import choice as choices
from ui.model.choice import ANY, BEST, ENGLISH, FILE, NUMBERS, SYSTEMS, TEXT, Choice
from ui.model.workbench import Workbench
from ui.settings import FOLDER, Settings
from ui.words import WordsDialog, save_words

_COUNTRIES = (
    tr("an&y country"),
    tr("the &United States"),
    tr("the United &Kingdom"),
    tr("the &euro area"),
    tr("&Switzerland"),
    tr("&India"),
    tr("&Brazil"),
)
AS_IN = dict(zip(("", *COUNTRIES), _COUNTRIES, strict=True))
READS = {TEXT: tr("&Text"), NUMBERS: tr("&Numbers")}
LEXICONS = tr("Words, one a line (*.txt *.tsv *.gz);;All files (*)")
MODELS = tr("Models (*.safetensors)")


class ReadingMenu(QMenu):
    """Shows the choice of a workbench and changes it."""

    def __init__(
        self,
        bench: Workbench,
        settings: Settings,
        locations: Locations,
        read_with: Callable[[Path], object],
        window: QWidget,
    ) -> None:
        super().__init__(tr("&Reading"), window)
        self._bench, self._settings, self._locations, self._window = bench, settings, locations, window
        self._read_with = read_with
        self._kinds = {reads: self._option(self, words, "reads", reads) for reads, words in READS.items()}
        self.addSeparator()
        self.systems = self.addMenu(tr("&System"))
        self._systems = {system: self._option(self.systems, titled(system), "system", system) for system in SYSTEMS}
        self.languages = self.addMenu(tr("&Language"))
        self._languages = {
            ENGLISH: self._option(self.languages, tr("&English"), "language", ENGLISH),
            ANY: self._option(self.languages, tr("&Any words"), "language", ANY),
            FILE: self.languages.addAction("", self._choose_lexicon),
        }
        self.models = self.addMenu(tr("Mo&del"))
        self._models = {
            "": self._option(self.models, tr("&Built-in"), "model", ""),
            FILE: self.models.addAction("", self._choose_model),
        }
        self.countries = self.addMenu(tr("&Amounts are written as in"))
        self._countries = {
            country: self._option(self.countries, words, "country", country) for country, words in AS_IN.items()
        }
        for options in (self._kinds, self._systems, self._languages, self._models, self._countries):
            group = QActionGroup(self)
            for option in options.values():
                option.setCheckable(True)
                group.addAction(option)
        self.addAction(tr("&My words\u2026")).triggered.connect(self._edit_words)
        self.addSeparator()
        bench.choice_changed.connect(self._refresh)
        self._refresh()

    def _option(self, menu: QMenu, words: str, what: str, value: str) -> QAction:
        option = menu.addAction(words)
        option.triggered.connect(lambda: self._choose(what, value))
        return option

    def _choose(self, what: str, value: str) -> None:
        self._take(replace(self._bench.choice, **{what: value}))  # type: ignore[arg-type]

    def _take(self, choice: Choice) -> None:
        self._bench.choose(choice)

    def _refresh(self) -> None:
        choices.remember(self._settings, self._bench.choice)
        wanted, used = self._bench.choice, choices.possible(self._bench.choice)
        for reads, option in self._kinds.items():
            _enable(option, READS[reads], choices.reason_against(reads, BEST))
            option.setChecked(reads == used.reads)
        for system, option in self._systems.items():
            _enable(option, titled(system), choices.reason_against(used.reads, system))
            option.setChecked(system == used.system)
        self.languages.setEnabled(used.reads == TEXT)
        self._languages[FILE].setText(
            tr("Own &lexicon: {name}\u2026", name=entry(Path(wanted.lexicon).name))
            if wanted.lexicon
            else tr("Own &lexicon\u2026")
        )
        for language, option in self._languages.items():
            option.setChecked(language == used.language)
        self._models[FILE].setText(
            tr("Own &model: {name}\u2026", name=entry(Path(used.model).name)) if used.model else tr("Own &model\u2026")
        )
        self._models[FILE if used.model else ""].setChecked(True)
        for country, option in self._countries.items():
            option.setChecked(country == wanted.country)

    def _choose_lexicon(self) -> None:
        self._ask(tr("Choose a lexicon"), LEXICONS)

    def _choose_model(self) -> None:
        self._ask(tr("Choose a model"), MODELS)

    def _ask(self, title: str, kinds: str) -> None:
        dialog = QFileDialog(self, title, self._settings.get(FOLDER), kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self._read_with(Path(name)))
        dialog.finished.connect(self._refresh)
        dialog.finished.connect(dialog.deleteLater)
        QTimer.singleShot(0, dialog.open)

    def _edit_words(self) -> None:
        dialog = WordsDialog(self._bench.choice.words, self._window)
        dialog.chosen.connect(self._keep_words)
        QTimer.singleShot(0, dialog.open)

    def _keep_words(self, words: tuple[str, ...]) -> None:
        try:
            save_words(self._locations.words, words)
        except (InputError, OSError) as error:
            self._bench.problems.report(error)
        self._take(replace(self._bench.choice, words=words))


def _enable(option: QAction, words: str, reason: str) -> None:
    option.setEnabled(not reason)
    option.setText(f"{words} \u2013 {reason}" if reason else words)
