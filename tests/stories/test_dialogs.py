"""Someone opens and saves by the menus."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit

from tests.stories.conftest import Start
from tests.stories.person import Person
from tests.ui.documents.papers import amount
from ui.settings import FOLDER, Settings


def asked(person: Person, command: str) -> QFileDialog:
    """The dialog of a command, once that of the command before is gone."""
    person.qtbot.waitUntil(lambda: person.window.findChild(QFileDialog) is None, timeout=60_000)
    person.do(command)
    person.qtbot.waitUntil(lambda: person.window.findChild(QFileDialog) is not None, timeout=60_000)
    dialog = person.window.findChild(QFileDialog)
    person.qtbot.waitUntil(dialog.isVisible, timeout=60_000)
    return dialog


def choose(person: Person, command: str, path: Path, kind: str = "") -> None:
    """Answer the dialog of a command, with one of the kinds of files that it offers."""
    dialog = asked(person, command)
    if kind:
        kinds = dialog.findChild(QComboBox, "fileTypeCombo")
        kinds.setCurrentText(kind)
        kinds.textActivated.emit(kind)
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    name.setText(str(path))
    QTest.keyClick(name, Qt.Key.Key_Return)


def test_ink_is_saved_under_a_name_that_gets_its_ending(person: Person, tmp_path: Path) -> None:
    person.draw_number(1)
    choose(person, "save_as", tmp_path / "mine")
    person.qtbot.waitUntil((tmp_path / "mine.inkml").exists, timeout=60_000)


def test_a_picture_is_opened_and_its_folder_remembered(person: Person, tmp_path: Path) -> None:
    amount(3).save(tmp_path / "paper.png")
    choose(person, "open", tmp_path / "paper.png")
    assert person.wait_for_answer() == "012"
    assert Settings(person.locations.settings).get(FOLDER) == str(tmp_path)


@pytest.mark.parametrize("command", ["open", "open_folder", "save_as", "save_text", "save_lattice"])
def test_every_dialog_begins_in_the_folder_of_the_last_one_also_after_a_restart(
    start: Start, tmp_path: Path, command: str
) -> None:
    (tmp_path / "mine").mkdir()
    person = start()
    person.draw_number(1)
    person.wait_for_answer()
    choose(person, "save_as", tmp_path / "mine" / "one.inkml")
    person.qtbot.waitUntil((tmp_path / "mine" / "one.inkml").exists, timeout=60_000)
    person.close()
    person = start()
    person.draw_number(1)
    person.wait_for_answer()
    assert Path(asked(person, command).directory().path()) == tmp_path / "mine"
