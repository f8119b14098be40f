"""The model of the table under Qt's own examination, while rows come, change and go."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.ui.fakes import FakePageReader
from ui.documents.arrangement import CONFIDENCE, REMARKS, STATE, TEXT, Arrangement
from ui.documents.table import COLUMNS, MEANINGS, ResultModel
from ui.locations import locations_in
from ui.model.documents.queue import Queue
from ui.model.documents.result import DocumentPage, Result, State, Verdict
from ui.model.documents.thumbnails import Thumbnails


@pytest.fixture
def queue(qtbot: QtBot, tmp_path: Path) -> Iterator[Queue]:
    queue = Queue(locations_in(tmp_path), lambda _kind, _check: FakePageReader(), lambda _error: None)
    queue.judge({"amount": 0.5})
    yield queue
    queue.close()


@pytest.fixture
def model(queue: Queue) -> Iterator[ResultModel]:
    thumbnails = Thumbnails()
    yield ResultModel(queue, thumbnails)
    thumbnails.stop()


def result(number: int, confidence: float, error: str = "") -> Result:
    return Result(
        DocumentPage(Path(f"{number}.png"), 1),
        1,
        "amount",
        str(number),
        confidence,
        ("blurred", "cut off"),
        error=error,
    )


def cells(model: ResultModel, column: int) -> list[str]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_rows_come_change_and_go_as_views_expect(queue: Queue, model: ResultModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for number, confidence in enumerate((0.9, 0.1, 0.4, 0.7)):
        queue.take(result(number, confidence))
    model.arrange(Arrangement(state="refused", column=CONFIDENCE, falling=True))
    assert cells(model, TEXT) == ["2", "1"]
    queue.take(result(4, 0.3))
    assert cells(model, TEXT) == ["2", "4", "1"]
    queue.decide(DocumentPage(Path("4.png"), 1), Verdict(State.ACCEPTED))
    assert cells(model, TEXT) == ["2", "1"]
    queue.decide(DocumentPage(Path("4.png"), 1), None)
    assert cells(model, TEXT) == ["2", "4", "1"]
    queue.judge({"amount": 0.35})
    assert cells(model, TEXT) == ["4", "1"]
    queue.take(result(1, 0.99))
    assert cells(model, TEXT) == ["4"]
    queue.clear()
    assert model.rowCount() == 0
    assert tester.model() is model


def test_a_decided_row_stays_where_it_is_while_all_are_shown(queue: Queue, model: ResultModel) -> None:
    for number in range(3):
        queue.take(result(number, 0.2))
    model.sort(STATE, Qt.SortOrder.AscendingOrder)
    queue.decide(DocumentPage(Path("0.png"), 1), Verdict(State.CORRECTED, "77"))
    assert cells(model, TEXT) == ["77", "1", "2"]
    assert cells(model, STATE) == ["Corrected", "Refused", "Refused"]
    model.sort(-1)
    assert cells(model, TEXT) == ["77", "1", "2"]


def test_cells_speak_in_plain_words(queue: Queue, model: ResultModel) -> None:
    queue.take(result(0, 0.62))
    queue.take(result(1, 0.0, "1.png is damaged."))
    assert cells(model, CONFIDENCE) == ["62 %", ""]
    assert cells(model, REMARKS) == ["The picture is blurred and cut off.", "1.png is damaged."]
    spoken = model.index(0, STATE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "State: Accepted"
    assert model.index(1, CONFIDENCE).data(Qt.ItemDataRole.AccessibleTextRole) == "Confidence: none"
    assert len(COLUMNS) == len(MEANINGS) == model.columnCount()


def test_typing_tells_and_changes_nothing_by_itself(qtbot: QtBot, queue: Queue, model: ResultModel) -> None:
    queue.take(result(0, 0.62))
    with qtbot.waitSignal(model.typed) as told:
        assert model.setData(model.index(0, TEXT), " 13 ")
    assert told.args == [DocumentPage(Path("0.png"), 1), "13"]
    assert queue.rows[0].verdict is None
    assert not model.setData(model.index(0, STATE), "accepted")
    assert model.flags(model.index(0, TEXT)) & Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(0, STATE)) & Qt.ItemFlag.ItemIsEditable
