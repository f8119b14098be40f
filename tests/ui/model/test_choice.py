"""What can be chosen, what is chosen instead, and what is remembered."""

from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from recognizer.readers.catalog import CATALOG, systems_of
from ui.model import choice as choices
from ui.model.choice import ANY, BEST, ENGLISH, FILE, KINDS, NUMBERS, SYSTEMS, TEXT, Choice, possible, reason_against
from ui.settings import Settings

MODELS = {reads: {system: CATALOG[kind, system].models for system in systems_of(kind)} for reads, kind in KINDS.items()}
EVERY = sorted({name for models in MODELS.values() for names in models.values() for name in names})


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(choices, "model_file", tmp_path.joinpath)
    return tmp_path


def test_nothing_can_be_had_without_models(installed: Path) -> None:
    assert all(reason_against(reads, system) for reads in MODELS for system in SYSTEMS)
    assert possible(Choice()) == Choice(), "the reader will say what is missing"


@pytest.mark.parametrize("model", EVERY)
def test_whatever_is_chosen_something_that_is_installed_is_used(installed: Path, model: str) -> None:
    (installed / model).touch()
    for reads, system, language in product(MODELS, SYSTEMS, (ENGLISH, ANY, FILE, "odd")):
        used = possible(Choice(reads, system, language))
        assert reason_against(used.reads, used.system) == ""
        assert MODELS[used.reads][choices.system_of(used)] == (model,)
        assert used.language in (ENGLISH, ANY)
        assert possible(used) == used


def test_what_can_be_had_is_left_alone(installed: Path) -> None:
    for model in EVERY:
        (installed / model).touch()
    for reads, models in MODELS.items():
        for system in (BEST, *models):
            choice = Choice(reads, system, FILE, "words.txt", ("Inklattice",))
            assert possible(choice) == choice


def test_a_system_says_why_it_cannot_be_had(installed: Path) -> None:
    assert reason_against(TEXT, "displacement") == "its model is not installed"
    assert reason_against(NUMBERS, "displacement") == "reads text only"
    assert reason_against(TEXT, "joined")


def test_the_lexicon_is_named_as_the_readers_take_it() -> None:
    assert Choice(language=ENGLISH).lexicon_name is None
    assert Choice(language=ANY).lexicon_name == "none"
    assert Choice(language=FILE, lexicon="a.txt").lexicon_name == "a.txt"


def test_a_choice_is_remembered_and_an_odd_one_does_no_harm(tmp_path: Path) -> None:
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    choice = Choice(NUMBERS, "segmentation", FILE, "words.txt", ("own",), model="mine.safetensors")
    choices.remember(Settings(store), choice)
    assert choices.remembered(Settings(store), ("own",)) == choice
    store.setValue("reading/reads", "minds")
    assert choices.remembered(Settings(store), ()).reads == TEXT
