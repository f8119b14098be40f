"""Someone chooses what reads their ink."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog

from recognizer.language.money import COUNTRIES
from recognizer.platform import resources_folder
from recognizer.readers.catalog import CATALOG
from tests.stories.conftest import Start
from tests.stories.person import Person
from tests.ui.fakes import FakeInkReader, fake_kinds
from ui import reading_menu
from ui.model import choice as choices
from ui.model.choice import ANY, FILE, NUMBERS, TEXT, Choice, PageChoice
from ui.model.readers import INK, PAGE, pen_ink
from ui.model.reading import Kind
from ui.reading_menu import ReadingMenu
from ui.words import WordsDialog


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Choice]:
    """What the readers were asked to be; every model is installed."""
    folder = tmp_path / "models"
    folder.mkdir()
    for entry in CATALOG.values():
        for model in entry.models:
            (folder / model).touch()
    monkeypatch.setattr(choices, "model_file", folder.joinpath)
    return []


def kinds(loaded: list[Choice]) -> dict[str, Kind]:
    made: dict[str, Any] = fake_kinds()

    def load(choice: Choice) -> FakeInkReader:
        loaded.append(choice)
        return FakeInkReader()

    return {**made, INK: Kind(load, pen_ink, made[INK].prepare, made[INK].parts)}


def menu(person: Person) -> ReadingMenu:
    return person.window.findChildren(ReadingMenu)[0]


def pick(person: Person, words: str) -> None:
    """Choose an entry of the menu, whichever of its parts it is in."""
    whole = menu(person)
    for part in (whole, whole.systems, whole.languages, whole.models, whole.countries):
        for action in part.actions():
            if action.text().replace("&", "").startswith(words):
                assert action.isEnabled()
                action.trigger()
                return
    raise AssertionError(words)


def dialog(person: Person, kind: type[QDialog]) -> Any:
    person.qtbot.waitUntil(lambda: any(d.isVisible() for d in person.window.findChildren(kind)), timeout=60_000)
    return next(d for d in person.window.findChildren(kind) if d.isVisible())


def test_another_choice_reads_what_is_there_again(start: Start, loaded: list[Choice]) -> None:
    person = start(kinds(loaded))
    person.draw_number(2)
    assert person.wait_for_answer() == "01"
    assert [choice.reads for choice in loaded] == [TEXT]
    pick(person, "Numbers")
    person.wait_for_answer()
    assert loaded[-1].reads == NUMBERS
    assert not menu(person).languages.isEnabled()
    pick(person, "Text")
    pick(person, "Any words")
    person.wait_for_answer()
    assert loaded[-1] == Choice(language=ANY)


def test_the_choice_is_there_the_next_time(start: Start, loaded: list[Choice]) -> None:
    first = start(kinds(loaded))
    pick(first, "Numbers")
    pick(first, "Segmentation")
    first.close()
    second = start(kinds(loaded))
    assert second.bench.choice == Choice(NUMBERS, "segmentation")
    second.qtbot.waitUntil(lambda: loaded[-1] == Choice(NUMBERS, "segmentation"))


def test_a_system_that_cannot_be_had_says_why(start: Start, loaded: list[Choice]) -> None:
    for name in ("displacement", "segmentation"):
        choices.model_file(name).unlink()
    person = start(kinds(loaded))
    whole = menu(person)
    texts = {action.text(): action.isEnabled() for action in [*whole.actions(), *whole.systems.actions()]}
    assert texts["&Text \u2013 no model is installed"] is False
    assert texts["&Numbers"] is True
    assert texts["Displacement \u2013 reads text only"] is False
    person.qtbot.waitUntil(lambda: loaded == [Choice(NUMBERS)])


def test_own_words_are_edited_used_and_kept(start: Start, loaded: list[Choice]) -> None:
    person = start(kinds(loaded))
    pick(person, "My words")
    words = dialog(person, WordsDialog)
    words.edit.setPlainText("Inklattice\nLeCun")
    words.accept()
    person.qtbot.waitUntil(lambda: bool(loaded) and loaded[-1].words == ("Inklattice", "LeCun"))
    person.close()
    second = start(kinds(loaded))
    assert second.bench.choice.words == ("Inklattice", "LeCun")


def test_an_own_lexicon_is_chosen_by_dialog(start: Start, loaded: list[Choice], tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("one\ntwo\n")
    person = start(kinds(loaded))
    pick(person, "Own lexicon")
    dialog(person, QFileDialog).fileSelected.emit(str(tmp_path / "words.txt"))
    person.qtbot.waitUntil(lambda: bool(loaded) and loaded[-1].language == FILE)
    assert loaded[-1].lexicon_name == str(tmp_path / "words.txt")
    assert any("words.txt" in action.text() for action in menu(person).languages.actions())


def test_a_model_and_a_lexicon_of_ones_own_are_opened_like_any_file(
    start: Start, loaded: list[Choice], tmp_path: Path
) -> None:
    model, words = tmp_path / "mine.safetensors", tmp_path / "words.txt"
    shutil.copy(resources_folder() / "models" / "segmentation.safetensors", model)
    words.write_text("one\ntwo\n")
    person = start(kinds(loaded))
    person.open_all([model])
    assert "mine.safetensors" in person.status()
    person.open_all([words])
    person.qtbot.waitUntil(lambda: bool(loaded) and loaded[-1].model == str(model) and loaded[-1].lexicon == str(words))
    assert any("mine.safetensors" in action.text() and action.isChecked() for action in menu(person).models.actions())
    person.close()
    second = start(kinds(loaded))
    assert second.bench.choice.model == str(model)
    pick(second, "Built-in")
    second.qtbot.waitUntil(lambda: not loaded[-1].model)
    pick(second, "Own model")
    dialog(second, QFileDialog).fileSelected.emit(str(model))
    second.qtbot.waitUntil(lambda: loaded[-1].model == str(model))


def test_what_is_no_model_to_read_with_is_told_and_changes_nothing(
    start: Start, loaded: list[Choice], tmp_path: Path
) -> None:
    person = start(kinds(loaded))
    (tmp_path / "odd.safetensors").write_bytes(b"no model")
    person.open_all([tmp_path / "odd.safetensors"])
    assert "odd.safetensors is no model of this program" in person.notice()
    assert person.bench.choice.model == ""


def test_amounts_are_read_as_they_are_written_in_a_country_from_then_on(start: Start, tmp_path: Path) -> None:
    asked: list[str] = []
    made: dict[str, Any] = fake_kinds()

    def load(choice: PageChoice | None) -> Any:
        asked.append(choice.country if choice else "")
        return made[PAGE].load(choice)

    countries = {**made, PAGE: replace(made[PAGE], load=load)}
    first = start(countries)
    pick(first, "Switzerland")
    first.qtbot.waitUntil(lambda: asked[-1:] == ["Switzerland"])
    first.close()
    asked.clear()
    second = start(countries)
    assert second.bench.choice.country == "Switzerland"
    second.qtbot.waitUntil(lambda: asked[-1:] == ["Switzerland"])
    assert {country for country in reading_menu.AS_IN if country} == {*COUNTRIES}
