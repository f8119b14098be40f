"""What reads ink: text or numbers, by which system, in which language, and which of these can be had; how amounts are written."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from recognizer.language.money import COUNTRIES
from recognizer.networks.card import model_card
from recognizer.platform import model_file
from recognizer.readers import catalog
from recognizer.readers.catalog import CATALOG, Kind, System, systems_of, uses
from recognizer.readers.models import ENDING, model_in
from ui.language import tr, translated
from ui.settings import COUNTRY, INK_LANGUAGE, INK_LEXICON, INK_PERSONAL, INK_READS, INK_SYSTEM, MODEL, Settings

TEXT, NUMBERS = "text", "numbers"
BEST = "best"
SYSTEMS = (BEST, *catalog.SYSTEMS)
ENGLISH, ANY, FILE = "english", "any", "file"
OWN_FILES = (ENDING, ".txt", ".tsv", ".gz")  # endings of models and lexicons
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
    model: str = ""  # file of the user's, in place of the model of its kind

    @property
    def lexicon_name(self) -> str | None:
        """The lexicon as the readers take it."""
        return {ENGLISH: None, ANY: "none"}.get(self.language, self.lexicon)


class PageChoice(NamedTuple):
    """What of it the readers of pages go by."""

    country: str = ""
    model: str = ""


def page_choice(choice: Choice) -> PageChoice:
    """That of a choice."""
    return PageChoice(choice.country, choice.model)


def own_model(model: str, kind: Kind, system: System | None = None) -> Path | None:
    """The user's ``model`` where a reader is made of it. Raises InputError where the file is none."""
    path = Path(model)
    return path if model and uses(kind, system or systems_of(kind)[0], path) else None


def with_file(choice: Choice, path: Path) -> Choice:
    """The choice to read with a file of the user's: a model, a personal model or a lexicon. Raises InputError where it is none."""
    if path.suffix != ENDING:
        return replace(choice, language=FILE, lexicon=str(path))
    if "base" in model_card(path):
        return replace(choice, personal=str(path))
    model_in(path)
    return replace(choice, model=str(path))


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
    if choice.model and not Path(choice.model).exists():
        choice = replace(choice, model="")
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
        settings.get(MODEL),
    )


def remember(settings: Settings, choice: Choice) -> None:
    """Keep the choice for the next time; the words have a file of their own."""
    settings.set(INK_READS, choice.reads)
    settings.set(INK_SYSTEM, choice.system)
    settings.set(INK_LANGUAGE, choice.language)
    settings.set(INK_LEXICON, choice.lexicon)
    settings.set(INK_PERSONAL, choice.personal)
    settings.set(COUNTRY, choice.country)
    settings.set(MODEL, choice.model)
