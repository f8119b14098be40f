"""The real program, offscreen, with a home of its own; readers are stand-ins unless a story asks for the real ones."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.stories.person import Person
from tests.ui.documents.papers import write_folder
from tests.ui.fakes import fake_kinds
from ui.app import begin_work, make_window
from ui.locations import locations_in
from ui.model.ink.document import ink_of, lines_of, strokes_of
from ui.model.readers import INK, KINDS, pen_ink
from ui.model.reading import Kind, Reader
from ui.problems import Problems
from ui.settings import GEOMETRY, Settings
from ui.window import USUAL

Start = Callable[..., Person]

REAL = {name: replace(kind, load=cache(kind.load), example=None) for name, kind in KINDS.items()}
"""The readers that ship, loaded once for all stories."""


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Start]:
    """Starts the program; ``close`` of the person ends it. Every start of one test has the same home."""
    people: list[Person] = []

    def begin(kinds: Any = None) -> Person:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        locations = locations_in(tmp_path / "home")
        window = make_window(application, locations, kinds or fake_kinds(), Problems())
        if Settings(locations.settings).get(GEOMETRY).isEmpty():
            window.resize(*USUAL)  # the screen that there is not is smaller
        window.show()
        begin_work(window.bench)
        person = Person(window, qtbot, locations)
        qtbot.waitExposed(window)
        people.append(person)
        return person

    yield begin
    for person in people:
        person.close()
    if os.name == "posix":
        kept = (tmp_path / "home").rglob("*")
        assert [path for path in kept if path.stat().st_mode & 0o077] == []  # nobody else can read any of it


@pytest.fixture
def person(start: Start) -> Person:
    """Someone in front of the program."""
    return start()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Documents of several kinds."""
    return write_folder(tmp_path / "papers")


@cache
def _over_segmentation() -> Reader:
    from recognizer.readers.catalog import load_reader

    return load_reader("text", system="segmentation", lexicon="none")


@pytest.fixture
def word(start: Start) -> Person:
    """Someone who has written a word, which was read by over-segmentation without language."""
    from recognizer.training.synthesis.rehearsal import MEASURED, rehearsal
    from ui.model.ink.commands import AddStroke

    kinds = fake_kinds() | {INK: Kind(lambda _choice: _over_segmentation(), pen_ink, ink_of, lines_of)}
    person = start(kinds)
    ink = next(ink for ink, text in rehearsal(MEASURED) if len(text) >= 6)
    for stroke in strokes_of(ink.scaled(1 / 8).translated(60, 60)):
        person.bench.undo.push(AddStroke(person.bench.ink, stroke))
    person.wait_for_answer()
    return person
