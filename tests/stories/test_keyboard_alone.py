"""A clerk works through a folder of cheques by keyboard alone: opens it, goes through it, takes the results away."""

import csv
import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from tests.stories.conftest import Start
from tests.stories.person import Person
from tests.stories.reviewing import NOTHING, chosen, table, trusting
from tests.ui.documents.papers import amount
from ui.locations import SAMPLES

CHEQUES = 43
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def cheques(folder: Path) -> Path:
    """Those of the samples, and made ones."""
    folder.mkdir()
    for sample in SAMPLES.glob("cheque-*.jpg"):
        shutil.copy(sample, folder / f"made-by-hand-{sample.name}")
    for number in range(CHEQUES - len(list(folder.iterdir()))):
        amount(1 + number % 5).save(folder / f"cheque-{number:02}.png")
    return folder


def key(person: Person, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """To whatever has the focus."""
    QTest.keyClick(QApplication.focusWidget() or person.window, key, modifiers)
    person.qtbot.wait(1)


def type_in(person: Person, text: str) -> None:
    for character in text:
        QTest.keyClick(QApplication.focusWidget(), character)
    key(person, Qt.Key.Key_Return)
    person.qtbot.wait(5)


def answer(person: Person, path: Path) -> None:
    """Type a name into the dialog that is open."""

    def name() -> QWidget | None:
        dialog = person.window.findChild(QFileDialog)
        return dialog.findChild(QLineEdit, "fileNameEdit") if dialog is not None and dialog.isVisible() else None

    person.qtbot.waitUntil(lambda: name() is not None, timeout=60_000)
    edit = name()
    assert isinstance(edit, QLineEdit)
    edit.setText(str(path))
    QTest.keyClick(edit, Qt.Key.Key_Return)
    look(person)


def look(person: Person) -> None:
    """The window system gives the keys to the window where nothing is before it; offscreen there is none."""
    person.qtbot.wait(20)
    person.window.activateWindow()
    person.qtbot.waitUntil(person.window.isActiveWindow, timeout=60_000)


def test_a_folder_of_cheques_is_opened_worked_through_and_exported(start: Start, tmp_path: Path) -> None:
    person = start(trusting(amount=NOTHING))
    folder = cheques(tmp_path / "cheques")
    look(person)
    person.canvas.setFocus()
    key(person, Qt.Key.Key_O, CONTROL | SHIFT)
    answer(person, folder)
    queue = person.bench.documents.queue
    person.qtbot.waitUntil(lambda: len(queue.rows) == CHEQUES and not queue.running, timeout=60_000)
    person.qtbot.waitUntil(lambda: not person.bench.background.busy, timeout=60_000)
    assert table(person).hasFocus(), "one can begin at once"
    assert chosen(person) == "cheque-00.png 1"

    key(person, Qt.Key.Key_F9)  # looked at, nothing said
    assert chosen(person) == "cheque-01.png 1"
    key(person, Qt.Key.Key_F9, SHIFT)
    assert chosen(person) == "cheque-00.png 1"
    key(person, Qt.Key.Key_Escape)
    assert queue.rows[0].verdict is None

    key(person, Qt.Key.Key_Return)
    assert chosen(person) == "cheque-01.png 1"
    type_in(person, "12.50")
    assert chosen(person) == "cheque-02.png 1"
    type_in(person, "zzz")
    assert queue.rows[2].verdict is None, "it is no amount, and says so"
    key(person, Qt.Key.Key_Escape)
    key(person, Qt.Key.Key_Space)
    assert chosen(person) == "cheque-03.png 1"
    key(person, Qt.Key.Key_Z, CONTROL)
    assert chosen(person) == "cheque-02.png 1"
    key(person, Qt.Key.Key_Delete, CONTROL)
    assert (len(queue.rows), chosen(person)) == (CHEQUES - 1, "cheque-03.png 1")
    key(person, Qt.Key.Key_Right, CONTROL)
    person.qtbot.waitUntil(lambda: person.bench.pages.turned == 1, timeout=60_000)
    key(person, Qt.Key.Key_Left, CONTROL)
    person.qtbot.waitUntil(lambda: person.bench.pages.turned == 0, timeout=60_000)

    for _ in range(CHEQUES - 3):
        key(person, Qt.Key.Key_Return)
    person.qtbot.waitUntil(lambda: "all are checked" in person.queue.tally.text(), timeout=60_000)
    person.wait_for_answer()

    def told() -> bool:  # an answer that comes late takes the line for itself
        key(person, Qt.Key.Key_F9)
        return "No page is left to check" in person.status()

    person.qtbot.waitUntil(told, timeout=60_000)
    key(person, Qt.Key.Key_E, CONTROL)
    answer(person, tmp_path / "results.csv")
    person.qtbot.waitUntil((tmp_path / "results.csv").exists, timeout=60_000)
    with (tmp_path / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == CHEQUES - 1
    assert {row["decided_by"] for row in rows} == {"person"}
    assert (rows[1]["read"], rows[1]["text"], rows[1]["value"]) == ("01", "12.50", "12.50")
