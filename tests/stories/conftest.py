"""The real program, offscreen, with a home of its own; readers are stand-ins unless a story asks for the real ones."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.stories.person import Person
from tests.ui.fakes import fake_kinds
from ui.app import make_window
from ui.places import places_in
from ui.problems import Problems

Start = Callable[..., Person]


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Start]:
    """Starts the program; ``close`` of the person ends it. Every start of one test has the same home."""
    people: list[Person] = []

    def begin(kinds: Any = None) -> Person:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        window = make_window(application, places_in(tmp_path / "home"), kinds or fake_kinds(), Problems())
        window.show()
        window.bench.reading.start()
        window.bench.collection.load()
        window.bench.offer_left_over()
        window.bench.documents.queue.restore()
        person = Person(window, qtbot)
        qtbot.waitExposed(window)
        people.append(person)
        return person

    yield begin
    for person in people:
        person.close()


@pytest.fixture
def person(start: Start) -> Person:
    """Someone in front of the program."""
    return start()
