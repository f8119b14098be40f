"""The real program, offscreen, with a home of its own; readers are stand-ins unless a story asks for the real ones."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.stories.person import Person
from tests.ui.fakes import fake_kinds
from ui.app import make_window
from ui.ink.document import ink_of, lines_of, strokes_of
from ui.places import places_in
from ui.problems import Problems
from ui.readers import INK, pen_ink
from ui.reading import Kind, Reader

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


@cache
def _over_segmentation() -> Reader:
    from recognizer.readers import load_ink_reader

    return load_ink_reader(system="segmentation", lexicon="none")


@pytest.fixture
def word(start: Start) -> Person:
    """Someone who has written a word, which was read by over-segmentation without language."""
    from recognizer.training.teaching.rehearsal import MEASURED, rehearsal
    from ui.ink.commands import AddStroke

    kinds = fake_kinds() | {INK: Kind(lambda _choice: _over_segmentation(), pen_ink, ink_of, lines_of)}
    person = start(kinds)
    ink = next(ink for ink, text in rehearsal(MEASURED) if len(text) >= 6)
    for stroke in strokes_of(ink.scaled(1 / 8).translated(60, 60)):
        person.window.bench.undo.push(AddStroke(person.window.bench.ink, stroke))
    person.wait_for_answer()
    return person
