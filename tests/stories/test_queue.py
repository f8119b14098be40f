"""Someone reads a folder of documents, looks what became of them, and takes the results away."""

import csv
import json
import shlex
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

from recognizer.training.data import labelled_amounts
from recognizer.training.data.labelled_amounts import labelled_files
from tests.stories.conftest import Start
from tests.stories.person import Person
from tests.stories.reviewing import (
    ANYTHING,
    choose,
    chosen,
    press,
    read,
    shown,
    state,
    table,
    trusting,
    type_answer,
)
from tests.stories.test_dialogs import asked
from tests.ui.documents.papers import TEXTS, amount
from ui.documents.arrangement import FILE, TEXT
from ui.model.documents.result import State, Verdict
from ui.model.readers import INK, PAGE


def test_a_folder_becomes_a_table_that_sorts_and_filters(person: Person, folder: Path) -> None:
    read(person, folder)
    assert person.bench.current.kind == PAGE
    assert shown(person) == [name for name, texts in TEXTS.items() for _ in texts]
    table(person).sortByColumn(TEXT, Qt.SortOrder.DescendingOrder)
    model = person.queue.model
    texts = [model.index(row, TEXT).data() for row in range(8)]
    assert texts == sorted(texts, key=lambda text: float(text or "inf"), reverse=True)
    pane = person.queue
    pane.search.setText("c.ti")
    assert shown(person) == ["c.tiff"] * 3
    pane.search.clear()
    pane.states.setCurrentText("Failed")
    assert shown(person) == ["e.png"]
    person.qtbot.waitUntil(lambda: "1 of 8 pages" in pane.tally.text(), timeout=60_000)


def test_results_are_taken_away_as_csv_and_json(person: Person, folder: Path, tmp_path: Path) -> None:
    read(person, folder)
    choose(person, 5)
    chosen(person)
    type_answer(person, "=1+1")
    person.qtbot.waitUntil(lambda: state(person, "d.inkml") is State.CORRECTED)
    bench = person.bench
    for name in ("out.csv", "out.json"):
        bench.save_results(tmp_path / name)
        person.qtbot.waitUntil(lambda name=name: (tmp_path / name).exists(), timeout=60_000)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.DictReader(file))
    entries = json.loads((tmp_path / "out.json").read_text())
    assert len(cells) == len(entries) == 8
    assert (cells[5]["text"], entries[5]["text"]) == ("'=1+1", "=1+1")
    assert (cells[5]["corrected"], entries[5]["corrected"]) == ("yes", True)
    bench.save_results(tmp_path / "out.txt")
    person.qtbot.waitUntil(lambda: ".csv or .json" in person.notice(), timeout=60_000)


def test_the_queue_is_there_after_a_restart(start: Start, folder: Path) -> None:
    person = start()
    read(person, folder)
    person.do("to_queue")
    type_answer(person, "42")
    person.close()
    person = start()
    queue = person.bench.documents.queue
    person.qtbot.waitUntil(lambda: len(queue.rows) == 8, timeout=60_000)
    assert not queue.running
    person.do("to_queue")
    assert state(person, "a.png") is State.CORRECTED
    person.do("clear_queue")
    person.press("Empty")
    assert (queue.rows, person.queue.isVisible()) == ([], False)


def test_several_files_are_dropped_and_turning_pages_turns_rows(person: Person, folder: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(folder / name)) for name in ("c.tiff", "d.inkml")])
    event = QDropEvent(
        *(QPointF(5, 5), Qt.DropAction.CopyAction, dropped),
        *(Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier),
    )
    person.window.dropEvent(event)
    person.qtbot.waitUntil(lambda: len(person.bench.documents.queue.rows) == 4, timeout=60_000)
    person.do("to_queue")
    choose(person, 0)
    assert chosen(person) == "c.tiff 1"
    person.do("next_page")
    assert chosen(person) == "c.tiff 2"
    assert person.wait_for_answer() == "01"
    choose(person, 3)
    assert chosen(person) == "d.inkml 1"
    person.qtbot.waitUntil(lambda: "This is ink" in person.verdict(), timeout=60_000)


def test_another_document_is_none_of_the_queues(person: Person, folder: Path, tmp_path: Path) -> None:
    read(person, folder)
    person.do("to_queue")
    chosen(person)
    amount(4).save(tmp_path / "other.png")
    person.open(tmp_path / "other.png")
    assert person.wait_for_answer() == "0123"
    assert table(person).place is None
    assert len(person.bench.documents.queue.rows) == 8


def test_reading_is_stopped_and_gone_on_with(person: Person, folder: Path) -> None:
    queue = person.bench.documents.queue
    person.open_all([folder])
    person.press("Stop")
    before = len(queue.rows)
    assert not queue.running
    if queue.unread:  # on a fast machine there may be nothing left
        person.press("Go on")
    person.qtbot.waitUntil(lambda: not queue.unread, timeout=60_000)
    assert len(queue.rows) == 8 >= before


def test_a_file_that_has_gone_is_told_where_it_should_be_seen(person: Person, folder: Path) -> None:
    read(person, folder)
    (folder / "b.png").unlink()
    person.do("to_queue")
    choose(person, 1)
    person.qtbot.waitUntil(lambda: "b.png does not exist" in person.verdict(), timeout=60_000)
    assert person.bench.pages.count == 0


def test_thumbnails_come_by_and_by(person: Person, folder: Path) -> None:
    read(person, folder)
    model = person.queue.model
    person.qtbot.waitUntil(
        lambda: all(model.index(row, FILE).data(Qt.ItemDataRole.DecorationRole) for row in (0, 1, 2, 5)), timeout=60_000
    )


def test_every_key_of_the_queue_is_free_of_the_menus(person: Person) -> None:
    keys = [action.shortcut() for action in person.window.actions() if not action.shortcut().isEmpty()]
    assert len({key.toString() for key in keys}) == len(keys)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_F2):
        assert QKeySequence(key) not in keys
    assert person.bench.current.kind == INK


def test_a_folder_without_documents_says_so(person: Person, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    person.open_all([tmp_path / "empty"])
    person.qtbot.waitUntil(lambda: "nothing in empty" in person.notice(), timeout=60_000)
    assert not person.queue.isVisible()


def test_the_slider_moves_states_at_once_and_is_remembered(start: Start, folder: Path) -> None:
    measured = {"0.001": 0.99, "0.01": 0.95, "0.05": 0.5}  # the stand-ins are as sure as 0.93
    person = start(trusting(amount=measured, text=measured))
    read(person, folder)
    bar, bench = person.queue.acceptance, person.bench
    assert bar.isVisible()
    assert state(person, "a.png") is State.REFUSED
    assert "at most 10 are accepted wrongly" in bar.promise.text()
    none = "Here: 0 of 8 accepted."
    person.qtbot.waitUntil(lambda: none in bar.slider.accessibleDescription(), timeout=60_000)
    bar.slider.setFocus()
    QTest.keyClick(bar.slider, Qt.Key.Key_Right)
    assert {bench.documents.queue.state(row) for row in range(8)} == {State.ACCEPTED, State.FAILED}
    assert "at most 50 are accepted wrongly" in bar.promise.text()
    assert bar.slider.accessibleDescription() == bar.promise.text()
    person.qtbot.waitUntil(lambda: "1 to check" in person.queue.tally.text(), timeout=60_000)
    choose(person, 0)
    chosen(person)
    person.wait_for_answer()
    assert person.verdict().startswith("<b>Accepted")
    read_one = next(row.result for row in bench.documents.queue.rows if row.result.kind)
    bench.documents.decide(read_one.place, Verdict(State.CORRECTED, "7"))
    own = "Here: 7 of 8 accepted; 1 wrong among 1 that were checked."
    person.qtbot.waitUntil(lambda: own in bar.slider.accessibleDescription(), timeout=60_000)
    person.do("undo")
    QTest.keyClick(bar.slider, Qt.Key.Key_Home)
    assert state(person, "a.png") is State.REFUSED
    assert person.verdict().startswith("<b>Refused")
    person.close()
    assert start(trusting(amount=measured)).bench.documents.max_error == 0.001


def test_results_are_saved_under_a_name_that_is_there_already(person: Person, folder: Path) -> None:
    read(person, folder)
    dialog = asked(person, "save_results")
    dialog.setDirectory(str(folder / "more"))
    QTest.keyClick(dialog.findChild(QLineEdit, "fileNameEdit"), Qt.Key.Key_Return)
    person.qtbot.waitUntil((folder / "more" / "results.csv").exists, timeout=60_000)


def test_the_keys_are_told_where_there_is_room_and_whole(person: Person, folder: Path) -> None:
    read(person, folder)
    keys = person.queue.keys
    person.qtbot.waitUntil(keys.isVisible, timeout=60_000)
    assert keys.width() >= keys.sizeHint().width()
    person.window.resize(760, 600)
    person.qtbot.waitUntil(lambda: not keys.isVisible(), timeout=60_000)


def test_where_nothing_was_measured_there_is_no_slider(person: Person, folder: Path) -> None:
    read(person, folder)
    assert not person.queue.acceptance.isVisible()
    assert state(person, "a.png") is State.REFUSED


def test_everything_of_the_queue_is_reached_by_key_and_has_a_name(start: Start, folder: Path) -> None:
    person = start(trusting(amount=ANYTHING))
    read(person, folder)
    pane = person.queue
    for kind in (QAbstractButton, QAbstractItemView, QSlider, QComboBox, QLineEdit, QProgressBar):
        for widget in pane.findChildren(kind):
            inner = isinstance(widget, QHeaderView) or isinstance(widget.parent(), QComboBox | QLineEdit | QHeaderView)
            if inner or widget.objectName().startswith("qt_") or widget.window() is not pane.window():
                continue
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget
            if widget.isVisible() and not isinstance(widget, QProgressBar):
                assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget
    assert "Enter accepts" in pane.table.accessibleDescription()


def test_amounts_that_were_judged_become_a_folder_to_train_on(person: Person, folder: Path, tmp_path: Path) -> None:
    read(person, folder)
    bench = person.bench
    with person.qtbot.waitSignal(bench.status, timeout=60_000) as told:
        bench.save_labelled(tmp_path / "lessons")
    assert "No amount" in told.args[0]
    choose(person, 0)
    chosen(person)
    type_answer(person, "42.50")
    choose(person, 1)
    press(person, Qt.Key.Key_Return)
    bench.save_labelled(tmp_path / "lessons")
    person.qtbot.waitUntil(lambda: "2 amounts were saved. 50 are needed" in person.notice(), timeout=60_000)
    assert [text for _, text in labelled_files(tmp_path / "lessons")] == ["42.50", bench.documents.queue.rows[1].text]
    bench.save_labelled(tmp_path / "lessons")
    person.qtbot.waitUntil(lambda: "choose another folder" in person.notice(), timeout=60_000)


def test_enough_amounts_are_told_how_to_train_on_them(
    person: Person, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labelled_amounts, "FEWEST", 1)
    read(person, folder)
    choose(person, 0)
    press(person, Qt.Key.Key_Return)
    person.bench.save_labelled(tmp_path / "my lessons")
    person.qtbot.waitUntil(lambda: "in some minutes" in person.notice(), timeout=60_000)
    person.press("Copy the command")
    command = shlex.split(QGuiApplication.clipboard().text())
    assert command[-4:] == ["train", "amounts", "--data", str(tmp_path / "my lessons")]
    assert Path(command[1]).name == "main.py"
    assert person.status().startswith("Copied: ")
