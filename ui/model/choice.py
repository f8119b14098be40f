"""What reads ink: text or numbers, by which system, in which language, and which of these can be had; how amounts are written."""

from dataclasses import dataclass, replace
from pathlib import Path

from recognizer.language.money import COUNTRIES
from recognizer.platform import model_file
from recognizer.readers import catalog
from recognizer.readers.catalog import CATALOG, Kind, System, systems_of
from ui.language import tr, translated
from ui.settings import COUNTRY, INK_LANGUAGE, INK_LEXICON, INK_PERSONAL, INK_READS, INK_SYSTEM, Settings

TEXT, NUMBERS = "text", "numbers"
BEST = "best"
SYSTEMS = (BEST, *catalog.SYSTEMS)
ENGLISH, ANY, FILE = "english", "any", "file"
KINDS: dict[str, Kind] = {TEXT: "text", NUMBERS: "number"}  # of the readers of what is chosen


@dataclass(frozen=True)
class Choice:
    """What the user wants to be read, and how."""

    reads: str = TEXT
    system: str = BEST
    language: str = ENGLISH
    lexicon: str = ""  # the user's file of words, for the language FILE
    words: tuple[str, ...] = ()  # the user's own, beside those of the language
    personal: str = ""  # file of what corrections have taught, none: as the program came
    country: str = ""  # that amounts on pages are written as in; empty: any

    @property
    def lexicon_name(self) -> str | None:
        """The lexicon as the readers take it."""
        return {ENGLISH: None, ANY: "none"}.get(self.language, self.lexicon)


def reason_against(reads: str, system: str) -> str:
    """Why the system cannot read such ink; empty where it can."""
    known = systems_of(KINDS[reads])
    if system == BEST:
        return "" if any(_installed(reads, each) for each in known) else tr("no model is installed")
    if system not in known:
        others = [other for other, kind in KINDS.items() if system in systems_of(kind)]
        return tr("reads {what} only", what=translated(others[0])) if others else tr("not part of this version")
    return "" if _installed(reads, system) else tr("its model is not installed")


def _installed(reads: str, system: System) -> bool:
    return all(model_file(model).exists() for model in CATALOG[KINDS[reads], system].models)


def possible(choice: Choice) -> Choice:
    """The choice, with what cannot be had replaced by what can."""
    if reason_against(choice.reads, BEST):
        others = [reads for reads in KINDS if not reason_against(reads, BEST)]
        choice = replace(choice, reads=others[0] if others else choice.reads)
    if reason_against(choice.reads, choice.system):
        choice = replace(choice, system=BEST)
    if choice.language not in (ENGLISH, ANY) and not choice.lexicon:
        choice = replace(choice, language=ENGLISH)
    if choice.personal and not Path(choice.personal).exists():
        choice = replace(choice, personal="")
    return choice


def system_of(choice: Choice) -> System:
    """The system that a possible choice comes to: the best one that is installed, where none is named."""
    known = systems_of(KINDS[choice.reads])
    usable = [system for system in known if not reason_against(choice.reads, system)]
    return next((system for system in known if system == choice.system), (usable or known)[0])


def remembered(settings: Settings, words: tuple[str, ...]) -> Choice:
    """The choice of the last time."""
    reads = settings.get(INK_READS)
    return Choice(
        reads if reads in KINDS else TEXT,
        settings.get(INK_SYSTEM),
        settings.get(INK_LANGUAGE),
        settings.get(INK_LEXICON),
        words,
        settings.get(INK_PERSONAL),
        country if (country := settings.get(COUNTRY)) in COUNTRIES else "",
    )


def remember(settings: Settings, choice: Choice) -> None:
    """Keep the choice for the next time; the words have a file of their own."""
    settings.set(INK_READS, choice.reads)
    settings.set(INK_SYSTEM, choice.system)
    settings.set(INK_LANGUAGE, choice.language)
    settings.set(INK_LEXICON, choice.lexicon)
    settings.set(INK_PERSONAL, choice.personal)
    settings.set(COUNTRY, choice.country)
