"""Someone opens and saves by the menus."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from tests.stories.person import Person
from tests.ui.documents.papers import amount
from ui.settings import FOLDER, Settings


def choose(person: Person, command: str, path: Path) -> None:
    """Answer the dialog of a command."""
    person.do(command)
    person.qtbot.waitUntil(lambda: person.window.findChild(QFileDialog) is not None, timeout=5000)
    dialog = person.window.findChild(QFileDialog)
    person.qtbot.waitUntil(dialog.isVisible, timeout=5000)
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    name.setText(str(path))
    QTest.keyClick(name, Qt.Key.Key_Return)


def test_ink_is_saved_under_a_name_that_gets_its_ending(person: Person, tmp_path: Path) -> None:
    person.draw_number(1)
    choose(person, "save_as", tmp_path / "mine")
    person.qtbot.waitUntil((tmp_path / "mine.inkml").exists, timeout=5000)


def test_a_picture_is_opened_and_its_folder_remembered(person: Person, tmp_path: Path) -> None:
    amount(3).save(tmp_path / "paper.png")
    choose(person, "open", tmp_path / "paper.png")
    assert person.wait_for_answer() == "012"
    assert Settings(person.locations.settings).get(FOLDER) == str(tmp_path)
