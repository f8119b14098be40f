"""Someone reads a folder of documents, looks through what is doubtful with one hand, and takes the results away."""

import csv
import json
import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QSlider,
)

from recognizer.readers.trust import trust_in
from recognizer.training.data import labelled_amounts
from recognizer.training.data.labelled_amounts import labelled_files
from tests.stories.conftest import Start
from tests.stories.person import Person
from tests.ui.documents.papers import TEXTS, amount, write_folder
from tests.ui.fakes import fake_kinds
from ui.documents.arrangement import FILE, TEXT
from ui.documents.corrections import load
from ui.documents.result import State
from ui.documents.view import ResultTable
from ui.readers import INK, PAGE
from ui.reading import Kind


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "papers")


def trusting(**thresholds: dict[str, float]) -> dict[str, Kind]:
    """Stand-in readers of which it was measured what to trust, by the kind of what they read."""
    kinds = fake_kinds()
    trusts = {kind: trust_in({"thresholds": measured}) for kind, measured in thresholds.items()}
    return {**kinds, PAGE: replace(kinds[PAGE], trusts=lambda _choice: trusts)}


NOTHING = {"0.0": 0.99}  # is trusted
ANYTHING = {"0.0": 0.5}


@pytest.fixture
def doubtful(start: Start) -> Person:
    """Someone whose readers are not to be trusted."""
    return start(trusting(amount=NOTHING, text=NOTHING))


def table(person: Person) -> ResultTable:
    return person.window.panes.queue.table


def read(person: Person, *paths: Path) -> None:
    person.window.open_paths(list(paths))
    queue = person.window.bench.documents.queue
    person.qtbot.waitUntil(lambda: bool(queue.total) and not queue.running and not queue.unread, timeout=20000)
    person.qtbot.waitUntil(lambda: not person.window.bench.background.busy, timeout=5000)  # it is known what to trust


def choose(person: Person, row: int) -> None:
    """Go to a row of the queue."""
    table(person).choose(person.window.bench.documents.queue.rows[row].result.place)


def shown(person: Person) -> list[str]:
    model = person.window.panes.queue.model
    return [str(model.index(row, FILE).data()) for row in range(model.rowCount())]


def chosen(person: Person) -> str:
    """File and page of the chosen row, once its page is looked at."""
    place = table(person).place
    assert place is not None
    pages = person.window.bench.pages
    person.qtbot.waitUntil(lambda: pages.name == place.file.name and pages.index == place.page - 1, timeout=5000)
    return f"{place.file.name} {place.page}"


def press(person: Person, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(table(person), key)
        person.qtbot.wait(1)


def type_answer(person: Person, text: str) -> None:
    """Just type: the editor opens by itself."""
    QTest.keyClick(table(person), text[0])
    editor = table(person).findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, text[1:])
    with person.qtbot.waitSignal(person.window.bench.documents.undo.indexChanged, timeout=5000):
        QTest.keyClick(editor, Qt.Key.Key_Enter)
    person.qtbot.wait(1)


def state(person: Person, file: str, page: int = 1) -> State:
    queue = person.window.bench.documents.queue
    (row,) = [
        k for k, row in enumerate(queue.rows) if (row.result.place.file.name, row.result.place.page) == (file, page)
    ]
    return queue.state(row)


def test_a_folder_becomes_a_table_that_sorts_and_filters(person: Person, folder: Path) -> None:
    read(person, folder)
    assert person.window.bench.kind == PAGE
    assert shown(person) == [name for name, texts in TEXTS.items() for _ in texts]
    table(person).sortByColumn(TEXT, Qt.SortOrder.DescendingOrder)
    model = person.window.panes.queue.model
    texts = [model.index(row, TEXT).data() for row in range(8)]
    assert texts == sorted(texts, key=lambda text: float(text or "inf"), reverse=True)
    pane = person.window.panes.queue
    pane.search.setText("c.ti")
    assert shown(person) == ["c.tiff"] * 3
    pane.search.clear()
    pane.states.setCurrentText("Failed")
    assert shown(person) == ["e.png"]
    person.qtbot.waitUntil(lambda: "1 of 8 pages" in pane.tally.text(), timeout=2000)


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
    press(person, Qt.Key.Key_Escape)
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
    assert not person.window.actions_["undo"].isEnabled()
    for _ in range(2):
        person.do("redo")
    assert state(person, "b.png") is State.CORRECTED
    person.do("ink")
    assert not person.window.actions_["undo"].isEnabled()  # there it is the ink that is undone
    person.close()
    corrections = load(person.window._places.answers)
    assert [(Path(c.file).name, c.read, c.wanted) for c in corrections] == [("b.png", "01", "42")]


def test_a_filtered_row_that_is_decided_leaves_and_the_next_one_is_chosen(doubtful: Person, folder: Path) -> None:
    person = doubtful
    read(person, folder)
    person.window.panes.queue.states.setCurrentText("For a person")
    person.do("to_queue")
    count = len(shown(person))
    press(person, Qt.Key.Key_Return, Qt.Key.Key_Space)
    assert len(shown(person)) == count - 2
    assert chosen(person) == "c.tiff 1"


def test_results_are_taken_away_as_csv_and_json(person: Person, folder: Path, tmp_path: Path) -> None:
    read(person, folder)
    person.do("to_queue")
    type_answer(person, "=1+1")
    person.qtbot.waitUntil(lambda: state(person, "a.png") is State.CORRECTED)
    bench = person.window.bench
    for name in ("out.csv", "out.json"):
        bench.save_results(tmp_path / name)
        person.qtbot.waitUntil(lambda name=name: (tmp_path / name).exists(), timeout=5000)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.DictReader(file))
    entries = json.loads((tmp_path / "out.json").read_text())
    assert len(cells) == len(entries) == 8
    assert (cells[0]["text"], entries[0]["text"]) == ("'=1+1", "=1+1")
    assert (cells[0]["corrected"], entries[0]["corrected"]) == ("yes", True)
    bench.save_results(tmp_path / "out.txt")
    person.qtbot.waitUntil(lambda: ".csv or .json" in person.notice(), timeout=5000)


def test_the_queue_is_there_after_a_restart(start: Start, folder: Path) -> None:
    person = start()
    read(person, folder)
    person.do("to_queue")
    type_answer(person, "42")
    person.close()
    person = start()
    queue = person.window.bench.documents.queue
    person.qtbot.waitUntil(lambda: len(queue.rows) == 8, timeout=5000)
    assert not queue.running
    person.do("to_queue")
    assert state(person, "a.png") is State.CORRECTED
    person.do("clear_queue")
    person.press("Empty")
    assert (queue.rows, person.window.panes.queue.isVisible()) == ([], False)


def test_several_files_are_dropped_and_turning_pages_turns_rows(person: Person, folder: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(folder / name)) for name in ("c.tiff", "d.inkml")])
    event = QDropEvent(
        *(QPointF(5, 5), Qt.DropAction.CopyAction, dropped),
        *(Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier),
    )
    person.window.dropEvent(event)
    person.qtbot.waitUntil(lambda: len(person.window.bench.documents.queue.rows) == 4, timeout=20000)
    person.do("to_queue")
    choose(person, 0)
    assert chosen(person) == "c.tiff 1"
    person.do("next_page")
    assert chosen(person) == "c.tiff 2"
    assert person.wait_for_answer() == "01"
    choose(person, 3)
    assert chosen(person) == "d.inkml 1"
    person.qtbot.waitUntil(lambda: "This is ink" in person.verdict(), timeout=5000)


def test_another_document_is_none_of_the_queues(person: Person, folder: Path, tmp_path: Path) -> None:
    read(person, folder)
    person.do("to_queue")
    chosen(person)
    amount(4).save(tmp_path / "other.png")
    person.open(tmp_path / "other.png")
    assert person.wait_for_answer() == "0123"
    assert table(person).place is None
    assert len(person.window.bench.documents.queue.rows) == 8


def test_reading_is_stopped_and_gone_on_with(person: Person, folder: Path) -> None:
    queue = person.window.bench.documents.queue
    person.window.open_paths([folder])
    person.press("Stop")
    before = len(queue.rows)
    assert not queue.running
    if queue.unread:  # on a fast machine there may be nothing left
        person.press("Go on")
    person.qtbot.waitUntil(lambda: not queue.unread, timeout=20000)
    assert len(queue.rows) == 8 >= before


def test_a_file_that_has_gone_is_told_where_it_should_be_seen(person: Person, folder: Path) -> None:
    read(person, folder)
    (folder / "b.png").unlink()
    person.do("to_queue")
    choose(person, 1)
    person.qtbot.waitUntil(lambda: "b.png does not exist" in person.verdict(), timeout=5000)
    assert person.window.bench.pages.count == 0


def test_thumbnails_come_by_and_by(person: Person, folder: Path) -> None:
    read(person, folder)
    model, thumbnails = person.window.panes.queue.model, person.window.bench.documents.thumbnails
    person.qtbot.waitUntil(
        lambda: all(model.index(row, FILE).data(Qt.ItemDataRole.DecorationRole) for row in (0, 1, 2, 5)), timeout=10000
    )
    assert len(thumbnails._known) <= 8


def test_every_key_of_the_queue_is_free_of_the_menus(person: Person) -> None:
    keys = [action.shortcut() for action in person.window.actions_._by_name.values() if not action.shortcut().isEmpty()]
    assert len({key.toString() for key in keys}) == len(keys)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_F2):
        assert QKeySequence(key) not in keys
    assert person.window.bench.kind == INK


def test_a_folder_without_documents_says_so(person: Person, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    person.window.open_paths([tmp_path / "empty"])
    person.qtbot.waitUntil(lambda: "nothing in empty" in person.notice(), timeout=5000)
    assert not person.window.panes.queue.isVisible()


def test_the_slider_moves_states_at_once_and_is_remembered(start: Start, folder: Path) -> None:
    measured = {"0.001": 0.99, "0.01": 0.95, "0.05": 0.5}  # the stand-ins are as sure as 0.93
    person = start(trusting(amount=measured, text=measured))
    read(person, folder)
    bar, bench = person.window.panes.queue.standard, person.window.bench
    assert bar.isVisible()
    assert state(person, "a.png") is State.REFUSED
    assert "at most 10 are accepted wrongly" in bar.promise.text()
    bar.slider.setFocus()
    QTest.keyClick(bar.slider, Qt.Key.Key_Right)
    assert {bench.documents.queue.state(row) for row in range(8)} == {State.ACCEPTED, State.FAILED}
    assert "at most 50 are accepted wrongly" in bar.promise.text()
    assert bar.slider.accessibleDescription() == bar.promise.text()
    person.qtbot.waitUntil(lambda: "1 for a person" in person.window.panes.queue.tally.text(), timeout=2000)
    choose(person, 0)
    chosen(person)
    person.wait_for_answer()
    assert person.verdict().startswith("<b>Accepted")
    QTest.keyClick(bar.slider, Qt.Key.Key_Home)
    assert state(person, "a.png") is State.REFUSED
    assert person.verdict().startswith("<b>Refused")
    person.close()
    assert start(trusting(amount=measured)).window.bench.documents.max_error == 0.001


def test_where_nothing_was_measured_there_is_no_slider(person: Person, folder: Path) -> None:
    read(person, folder)
    assert not person.window.panes.queue.standard.isVisible()
    assert state(person, "a.png") is State.REFUSED


def edit(person: Person, *keys: str) -> QLineEdit:
    """Open the editor of the chosen row, and type."""
    QTest.keyClick(table(person), Qt.Key.Key_F2)
    editor = table(person).findChild(QLineEdit)
    assert editor is not None
    for key in keys:
        QTest.keyClicks(editor, key)
    return editor


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
    person.qtbot.waitUntil(lambda: state(person, "a.png") is State.CORRECTED, timeout=5000)
    assert chosen(person) in ("c.tiff 1", "b.png 1")


def test_typing_what_was_read_says_that_it_is_right(doubtful: Person, folder: Path) -> None:
    person = doubtful
    read(person, folder)
    person.do("to_queue")
    choose(person, 1)
    type_answer(person, "01")
    assert state(person, "b.png") is State.ACCEPTED
    assert load(person.window._places.answers) == []


def test_everything_of_the_queue_is_reached_by_key_and_has_a_name(start: Start, folder: Path) -> None:
    person = start(trusting(amount=ANYTHING))
    read(person, folder)
    pane = person.window.panes.queue
    for kind in (QAbstractButton, QAbstractItemView, QSlider, QComboBox, QLineEdit, QProgressBar):
        for widget in pane.findChildren(kind):
            inner = isinstance(widget, QHeaderView) or isinstance(widget.parent(), QComboBox | QLineEdit | QHeaderView)
            if inner or widget.objectName().startswith("qt_") or widget.window() is not pane.window():
                continue
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget
            if widget.isVisible() and not isinstance(widget, QProgressBar):
                assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget
    assert "Enter accepts" in pane.table.accessibleDescription()


def test_what_is_being_typed_when_the_window_closes_is_kept(start: Start, folder: Path) -> None:
    person = start()
    read(person, folder)
    choose(person, 0)
    chosen(person)
    QTest.keyClick(table(person), "4")
    editor = table(person).findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "2.5")
    person.close()
    person = start()
    queue = person.window.bench.documents.queue
    person.qtbot.waitUntil(lambda: bool(queue.rows), timeout=5000)
    assert queue.rows[0].text == "42.5"
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
    queue = person.window.bench.documents.queue
    person.qtbot.waitUntil(lambda: bool(queue.rows), timeout=5000)
    assert queue.rows[0].verdict is None


def test_amounts_that_were_judged_become_a_folder_to_train_on(person: Person, folder: Path, tmp_path: Path) -> None:
    read(person, folder)
    bench = person.window.bench
    with person.qtbot.waitSignal(bench.status, timeout=5000) as told:
        bench.save_lessons(tmp_path / "lessons")
    assert "No amount" in told.args[0]
    choose(person, 0)
    chosen(person)
    type_answer(person, "42.50")
    choose(person, 1)
    press(person, Qt.Key.Key_Return)
    bench.save_lessons(tmp_path / "lessons")
    person.qtbot.waitUntil(lambda: "2 amounts were saved. 50 are needed" in person.notice(), timeout=20000)
    assert [text for _, text in labelled_files(tmp_path / "lessons")] == ["42.50", bench.documents.queue.rows[1].text]
    bench.save_lessons(tmp_path / "lessons")
    person.qtbot.waitUntil(lambda: "choose another folder" in person.notice(), timeout=20000)


def test_enough_amounts_are_told_how_to_train_on_them(
    person: Person, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labelled_amounts, "FEWEST", 1)
    read(person, folder)
    choose(person, 0)
    press(person, Qt.Key.Key_Return)
    person.window.bench.save_lessons(tmp_path / "my lessons")
    person.qtbot.waitUntil(lambda: "in some minutes" in person.notice(), timeout=20000)
    person.press("Copy the command")
    command = shlex.split(QGuiApplication.clipboard().text())
    assert command[-4:] == ["train", "amounts", "--data", str(tmp_path / "my lessons")]
    assert Path(command[1]).name == "main.py"
