"""Someone looks through what is doubtful in a queue with one hand, and says what it writes."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.stories.conftest import Start
from tests.stories.person import Person
from tests.stories.reviewing import (
    ANYTHING,
    NOTHING,
    choose,
    chosen,
    edit,
    press,
    read,
    shown,
    state,
    table,
    trusting,
    type_answer,
)
from tests.ui.documents.papers import amount
from ui.ink.canvas import Tool
from ui.model.documents.corrections import load
from ui.model.documents.result import State


@pytest.fixture
def doubtful(start: Start) -> Person:
    """Someone whose readers are not to be trusted."""
    return start(trusting(amount=NOTHING, text=NOTHING))


def test_one_hand_goes_through_what_wants_a_person(start: Start, folder: Path) -> None:
    person = start(trusting(amount=NOTHING, text=ANYTHING))
    read(person, folder)
    person.do("to_queue")
    assert chosen(person) == "a.png 1"
    press(person, Qt.Key.Key_Return)
    assert (state(person, "a.png"), chosen(person)) == (State.ACCEPTED, "b.png 1")
    type_answer(person, "42")
    assert (state(person, "b.png"), chosen(person)) == (State.CORRECTED, "c.tiff 1")
    press(person, Qt.Key.Key_Space)
    assert (state(person, "c.tiff"), chosen(person)) == (State.SKIPPED, "c.tiff 2")
    QTest.keyClick(table(person), Qt.Key.Key_F2)
    editor = table(person).findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "01"
    QTest.keyClick(editor, Qt.Key.Key_Escape)  # thought better of it
    assert state(person, "c.tiff", 2) is State.REFUSED
    press(person, Qt.Key.Key_Escape)  # says nothing
    assert (state(person, "c.tiff", 2), chosen(person)) == (State.REFUSED, "c.tiff 2")
    person.do("next_to_check")  # nor does going on
    assert (state(person, "c.tiff", 2), chosen(person)) == (State.REFUSED, "c.tiff 3")
    person.do("previous_to_check")
    assert chosen(person) == "c.tiff 2"
    press(person, Qt.Key.Key_Space)
    assert (state(person, "c.tiff", 2), chosen(person)) == (State.SKIPPED, "c.tiff 3")
    press(person, Qt.Key.Key_Enter)
    assert table(person).place is not None
    assert table(person).place.file.name == "e.png"  # ink is trusted, the broken file is not
    press(person, Qt.Key.Key_Return)  # nothing was read, so it cannot be right
    assert state(person, "e.png") is State.FAILED
    type_answer(person, "7")
    assert (state(person, "e.png"), chosen(person)) == (State.CORRECTED, "f.png 1")


def test_decisions_are_undone_and_redone_one_by_one(doubtful: Person, folder: Path) -> None:
    person = doubtful
    read(person, folder)
    person.do("to_queue")
    press(person, Qt.Key.Key_Return)
    type_answer(person, "42")
    press(person, Qt.Key.Key_Space)
    for expected in ("c.tiff 1", "b.png 1", "a.png 1"):
        person.do("undo")
        assert chosen(person) == expected
    assert {state(person, "a.png"), state(person, "b.png"), state(person, "c.tiff")} == {State.REFUSED}
    assert not person.command("undo").isEnabled()
    for _ in range(2):
        person.do("redo")
    assert state(person, "b.png") is State.CORRECTED
    person.do("ink")
    assert not person.command("undo").isEnabled()  # there it is the ink that is undone
    person.close()
    corrections = load(person.locations.page_corrections)
    assert [(Path(c.file).name, c.read, c.wanted) for c in corrections] == [("b.png", "01", "42")]


def test_a_filtered_row_that_is_decided_leaves_and_the_next_one_is_chosen(doubtful: Person, folder: Path) -> None:
    person = doubtful
    read(person, folder)
    person.queue.states.setCurrentText("To check")
    person.do("to_queue")
    count = len(shown(person))
    press(person, Qt.Key.Key_Return, Qt.Key.Key_Space)
    assert len(shown(person)) == count - 2
    assert chosen(person) == "c.tiff 1"


def test_who_looks_into_a_cell_and_goes_away_has_said_nothing(doubtful: Person, folder: Path) -> None:
    person = doubtful
    read(person, folder)
    person.do("to_queue")
    edit(person)
    choose(person, 2)
    assert chosen(person) == "c.tiff 1"
    person.qtbot.wait(20)
    assert state(person, "a.png") is State.REFUSED


def test_what_was_typed_holds_for_the_row_it_was_typed_into_wherever_one_goes(doubtful: Person, folder: Path) -> None:
    person = doubtful
    read(person, folder)
    person.do("to_queue")
    editor = edit(person, "88")
    editor.clearFocus()  # a click elsewhere does this
    choose(person, 2)
    person.qtbot.waitUntil(lambda: state(person, "a.png") is State.CORRECTED, timeout=60_000)
    assert chosen(person) in ("c.tiff 1", "b.png 1")


def test_typing_what_was_read_says_that_it_is_right(doubtful: Person, folder: Path) -> None:
    person = doubtful
    read(person, folder)
    person.do("to_queue")
    choose(person, 1)
    type_answer(person, "01")
    assert state(person, "b.png") is State.ACCEPTED
    assert load(person.locations.page_corrections) == []


def test_what_is_being_typed_when_the_window_closes_is_kept(start: Start, folder: Path) -> None:
    person = start()
    read(person, folder)
    choose(person, 0)
    chosen(person)
    QTest.keyClick(table(person), "4")
    editor = table(person).findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "2.50")
    person.close()
    person = start()
    queue = person.bench.documents.queue
    person.qtbot.waitUntil(lambda: bool(queue.rows), timeout=60_000)
    assert queue.rows[0].text == "42.50"
    assert queue.state(0) is State.CORRECTED


def test_a_cell_that_is_only_looked_into_says_nothing_when_the_window_closes(start: Start, folder: Path) -> None:
    person = start()
    read(person, folder)
    choose(person, 0)
    chosen(person)
    press(person, Qt.Key.Key_F2)
    assert table(person).findChild(QLineEdit) is not None
    person.close()
    person = start()
    queue = person.bench.documents.queue
    person.qtbot.waitUntil(lambda: bool(queue.rows), timeout=60_000)
    assert queue.rows[0].verdict is None


@pytest.mark.parametrize("letter", ["k", "K", "p", "e", "E", "s", "7"])
def test_what_is_typed_in_the_queue_is_for_the_text_and_switches_no_tool(
    doubtful: Person, folder: Path, letter: str
) -> None:
    person = doubtful
    read(person, folder)
    person.window.activateWindow()
    person.qtbot.waitUntil(person.window.isActiveWindow, timeout=60_000)
    person.do("to_queue")
    chosen(person)
    person.wait_for_answer()
    QTest.keyClick(table(person), letter)
    editor = table(person).findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == letter
    assert not person.shows_cuts
    assert person.canvas.tool is Tool.PEN


def test_what_is_no_amount_is_not_taken_for_one(doubtful: Person, folder: Path) -> None:
    person = doubtful
    read(person, folder)
    person.do("to_queue")
    editor = edit(person, "zzz")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert "is no amount" in editor.toolTip()
    assert editor.isVisible()
    assert state(person, "a.png") is State.REFUSED
    choose(person, 1)
    person.qtbot.wait(20)
    assert state(person, "a.png") is State.REFUSED
    choose(person, 5)  # ink says what it says
    chosen(person)
    type_answer(person, "zzz")
    assert state(person, "d.inkml") is State.CORRECTED


def test_the_first_page_that_wants_a_person_is_gone_to_when_a_folder_is_opened(start: Start, folder: Path) -> None:
    (folder / "a.png").unlink()
    (folder / "0.inkml").write_bytes((folder / "d.inkml").read_bytes())
    person = start(trusting(amount=NOTHING, text=ANYTHING))
    read(person, folder)
    assert chosen(person) == "b.png 1"
    assert table(person).hasFocus()
    press(person, Qt.Key.Key_Up)
    amount(3).save(folder / "late.png")
    read(person, folder / "late.png", folder / "b.png")
    assert chosen(person) == "b.png 1"


def test_when_all_is_checked_that_is_said_and_an_empty_filter_shows_a_way_out(doubtful: Person, folder: Path) -> None:
    person = doubtful
    read(person, folder / "a.png", folder / "b.png")
    pane = person.queue
    press(person, Qt.Key.Key_Return, Qt.Key.Key_Return)
    person.qtbot.waitUntil(lambda: pane.all_done.isVisible(), timeout=60_000)
    assert "all are checked" in pane.tally.text()
    pane.states.setCurrentText("To check")
    person.press("Show all pages")
    assert len(shown(person)) == 2
    person.do("undo")
    person.qtbot.waitUntil(lambda: not pane.all_done.isVisible(), timeout=60_000)
