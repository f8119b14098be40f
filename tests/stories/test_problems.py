"""Something goes wrong: it is told in one place, with details to copy, and the log can be found."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.stories.person import Person
from ui.help.versions import VERSION


def test_a_fault_is_told_and_its_details_are_copied_by_keys(person: Person) -> None:
    try:
        raise KeyError("nodes")
    except KeyError as error:
        person.bench.problems.report(error)
    assert "your ink is safe" in person.notice()
    notices = person.notices
    QTest.keyClick(notices.details_button, Qt.Key.Key_Space)
    assert notices.details.isVisible()
    assert "KeyError: 'nodes'" in notices.details.toPlainText()
    QTest.keyClick(notices.copy_button, Qt.Key.Key_Space)
    copied = QGuiApplication.clipboard().text()
    assert "KeyError: 'nodes'" in copied
    assert f"Inklattice {VERSION}" in copied


def test_a_file_that_failed_is_not_spoken_of_when_others_are_opened(
    person: Person, folder: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.png"
    wrong.write_bytes(b"no picture")
    person.open(wrong)
    assert "wrong.png" in person.notice()
    person.open(next(folder.rglob("*.png")))
    assert person.notice() == ""
    person.open(wrong)
    assert "wrong.png" in person.notice()
    person.open_all([folder])
    assert person.notice() == ""
    person.bench.problems.report(OSError("The disk is full"))
    person.open(next(folder.rglob("*.png")))
    assert "could not be used" in person.notice(), "it is of no file that was opened"


def test_details_stay_open_when_the_palette_changes(person: Person) -> None:
    person.bench.problems.report(ValueError("odd"))
    person.notices.details_button.setChecked(True)
    person.do("dark")
    assert person.notices.details.isVisible()
    person.do("light")


def test_the_log_file_is_found_and_its_name_copied(person: Person) -> None:
    person.do("log")
    assert "inklattice.log" in person.notice()
    person.press("Copy its name")
    assert QGuiApplication.clipboard().text().endswith("inklattice.log")
    assert person.notice() == ""
    assert "inklattice.log" in person.status(), "it says that it copied"
