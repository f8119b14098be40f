"""What a person does with a queue of documents: reads files, goes to rows, says what they write."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from recognizer.readers.trust import trust_in
from tests.stories.person import Person
from tests.ui.fakes import fake_kinds
from ui.documents.arrangement import FILE
from ui.documents.view import ResultTable
from ui.model.documents.result import State
from ui.model.readers import PAGE
from ui.model.reading import Kind


def trusting(**thresholds: dict[str, float]) -> dict[str, Kind]:
    """Stand-in readers of which it was measured what to trust, by the kind of what they read."""
    kinds = fake_kinds()
    trusts = {kind: trust_in({"thresholds": measured}) for kind, measured in thresholds.items()}
    return {**kinds, PAGE: replace(kinds[PAGE], trusts=lambda _choice: trusts)}


NOTHING = {"0.0": 0.99}  # is trusted
ANYTHING = {"0.0": 0.5}


def table(person: Person) -> ResultTable:
    return person.queue.table


def read(person: Person, *paths: Path) -> None:
    person.open_all(list(paths))
    queue = person.bench.documents.queue
    person.qtbot.waitUntil(lambda: bool(queue.total) and not queue.running and not queue.unread, timeout=60_000)
    person.qtbot.waitUntil(lambda: not person.bench.background.busy, timeout=60_000)  # it is known what to trust


def choose(person: Person, row: int) -> None:
    """Go to a row of the queue."""
    table(person).choose(person.bench.documents.queue.rows[row].result.place)


def shown(person: Person) -> list[str]:
    model = person.queue.model
    return [str(model.index(row, FILE).data()) for row in range(model.rowCount())]


def chosen(person: Person) -> str:
    """File and page of the chosen row, once its page is looked at."""
    place = table(person).place
    assert place is not None
    pages = person.bench.pages
    person.qtbot.waitUntil(lambda: pages.name == place.file.name and pages.index == place.page - 1, timeout=60_000)
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
    with person.qtbot.waitSignal(person.bench.documents.undo.indexChanged, timeout=60_000):
        QTest.keyClick(editor, Qt.Key.Key_Enter)
    person.qtbot.wait(1)


def state(person: Person, file: str, page: int = 1) -> State:
    queue = person.bench.documents.queue
    (row,) = [
        k for k, row in enumerate(queue.rows) if (row.result.place.file.name, row.result.place.page) == (file, page)
    ]
    return queue.state(row)


def edit(person: Person, *keys: str) -> QLineEdit:
    """Open the editor of the chosen row, and type."""
    QTest.keyClick(table(person), Qt.Key.Key_F2)
    editor = table(person).findChild(QLineEdit)
    assert editor is not None
    for key in keys:
        QTest.keyClicks(editor, key)
    return editor
