"""The language that the window speaks. Texts stand in English in the code, in `tr`; translations in resources/languages.

`speak` comes before the rest of the window is imported, so that tables of texts are translated as they are made; hence another
language comes with the next start. Sentences of the recogniser, which knows of no window, are known again by their form.
"""

import json
import re
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QSettings, QTranslator

from ui.locations import RESOURCES
from ui.settings import LANGUAGE, Settings

FOLDER = RESOURCES / "languages"
SYSTEM, ENGLISH = "system", "en"
NAMES = {ENGLISH: "English", "de": "Deutsch"}  # each as its speakers call it

THIN = "\N{NARROW NO-BREAK SPACE}"
FRACTIONS = ("e", "f", "g")  # forms of numbers that have decimals, of whatever type

_texts: dict[str, str] = {}
_sentences: dict[str, str] = {}
_spoken = ENGLISH


class _Fields(Formatter):
    """Groups of thousands are parted by what nobody takes for a decimal sign; where that is no point, it is a comma."""

    def format_field(self, value: Any, format_spec: str) -> str:
        shown = str(super().format_field(value, format_spec))
        if not _texts:
            return shown
        parted = shown.replace(",", THIN) if "," in format_spec else shown
        return parted.replace(".", ",") if isinstance(value, float) or format_spec[-1:] in FRACTIONS else parted


_fields = _Fields()


def tr(text: str, /, **values: object) -> str:
    """A text in the language that is spoken, its fields filled with ``values``."""
    shown = _texts.get(text) or text
    return _fields.vformat(shown, (), values) if values else shown


def numeral(value: float, form: str) -> str:
    """A number as it is written in the language that is spoken; ``form`` as in format strings."""
    return _fields.format_field(value, form)


def translated(sentence: str) -> str:
    """A sentence of the recogniser in the language that is spoken; as it is where it is not known."""
    for form, shown in _sentences.items():
        found = _pattern(form).fullmatch(sentence)
        if found:
            return shown.format(*found.groups())
    return sentence


def titled(words: str) -> str:
    """The words of the recogniser for something as a title."""
    shown = translated(words)
    return shown[:1].upper() + shown[1:]


def speak(language: str) -> None:
    """Speak a language from now on."""
    global _spoken
    _spoken = language
    _texts.clear()
    _sentences.clear()
    _pattern.cache_clear()
    system = QLocale.system()  # which knows its country as well
    QLocale.setDefault(system if system.name().partition("_")[0] == language else QLocale(language))
    if language != ENGLISH:
        translated = json.loads(translations(language).read_text(encoding="utf-8"))
        _texts.update(translated["texts"])
        _sentences.update(translated["sentences"])


def spoken() -> str:
    """The language that is spoken."""
    return _spoken


def translations(language: str) -> Path:
    """The file of a language."""
    return FOLDER / f"{language}.json"


def chosen(settings: Settings | None = None) -> str:
    """What the user has chosen, or what the system speaks; English where that is neither of ours."""
    wanted = (settings or Settings(QSettings("Inklattice", "Inklattice"))).get(LANGUAGE)
    if wanted == SYSTEM:
        wanted = QLocale.system().name().partition("_")[0]
    return wanted if wanted in NAMES else ENGLISH


def speak_qt(application: QCoreApplication) -> None:
    """Let Qt's own dialogs speak the same."""
    translator = QTranslator(application)
    if translator.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)


@cache
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\d+\\\}", "(.*?)", re.escape(form)), re.DOTALL)
