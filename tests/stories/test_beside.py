"""Someone opens a folder of many documents, which processes beside the window read."""

import os
import signal
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from recognizer import platform
from recognizer.readers.reading import Reading
from tests.stories.conftest import Start
from tests.stories.person import Person
from tests.ui.beside import BEGUN, deadly, settings
from tests.ui.documents.papers import amount
from tests.ui.fakes import FakePageReader, fake_kinds
from ui.model.documents import run
from ui.model.documents.result import Row
from ui.model.documents.run import FEW
from ui.model.readers import PAGE

FILES = 6 * FEW
HERE = "0"  # what this process reads


class Slow(FakePageReader):
    """This process's own reader, which waits until it is let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()

    def read(self, source: Any, on_stage: Callable[[str], None] = lambda _name: None) -> Reading:
        while not self.let_go.wait(0.01):
            on_stage("waiting")
        return super().read(source, on_stage)


@pytest.fixture
def own() -> Slow:
    return Slow()


@pytest.fixture
def person(start: Start, own: Slow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    """In front of a machine of two cores."""
    monkeypatch.setattr(platform, "cores", lambda: 2)
    monkeypatch.setattr(run, "PATIENCE", 0.0)
    monkeypatch.setenv(BEGUN, str(tmp_path / "begun"))
    kinds = fake_kinds(page=own)
    return start(kinds | {PAGE: replace(kinds[PAGE], beside=lambda _choice: settings())})


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(FILES):
        amount(1).save(folder / f"{number:03}.png")
    return folder


def rows(person: Person) -> list[Row]:
    return person.bench.documents.queue.rows


def processes(person: Person) -> set[int]:
    """Those that read what was read so far."""
    return {int(row.text) for row in rows(person) if row.text not in ("", HERE)}


def finish(person: Person) -> None:
    queue = person.bench.documents.queue
    person.qtbot.waitUntil(lambda: not queue.running and not queue.unread, timeout=60_000)


def begin(person: Person, own: Slow, folder: Path) -> None:
    """Until pages have come that other processes read; this one only reads the first."""
    person.open_all([folder])
    person.qtbot.waitUntil(Path(os.environ[BEGUN]).exists, timeout=60_000)
    own.let_go.set()
    person.qtbot.waitUntil(lambda: bool(processes(person)), timeout=60_000)


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_queue_is_read_by_several_processes_and_in_its_order(person: Person, own: Slow, many: Path) -> None:
    begin(person, own, many)
    finish(person)
    assert len(processes(person)) == 2
    assert os.getpid() not in processes(person)
    assert [row.result.place.file.name for row in rows(person)] == [f"{number:03}.png" for number in range(FILES)]


def test_a_few_files_are_read_without(person: Person, own: Slow, many: Path) -> None:
    own.let_go.set()
    for file in sorted(many.iterdir())[FEW - 1 :]:
        file.unlink()
    person.open_all([many])
    finish(person)
    assert {row.text for row in rows(person)} == {HERE}


def test_what_is_read_soon_is_read_without(
    person: Person, own: Slow, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "PATIENCE", 60.0)
    own.let_go.set()
    person.open_all([many])
    finish(person)
    assert {row.text for row in rows(person)} == {HERE}


def test_processes_that_are_killed_lose_no_page(person: Person, own: Slow, many: Path) -> None:
    begin(person, own, many)
    killed = processes(person)
    for process in killed:
        os.kill(process, signal.SIGKILL)
    finish(person)
    assert len(rows(person)) == FILES
    assert [row.result.error for row in rows(person) if row.result.error] == []
    assert processes(person) - killed, "others took their place"


def test_a_page_that_ends_processes_says_so_and_the_rest_is_read(person: Person, own: Slow, many: Path) -> None:
    last = sorted(many.iterdir())[-2]
    Image.fromarray(deadly()).save(last)
    begin(person, own, many)
    finish(person)
    assert len(rows(person)) == FILES
    assert {row.result.place.file: row.result.error for row in rows(person) if row.result.error} == {
        last: "The process ended by SIGSEGV."
    }


def test_stopped_reading_goes_on_with_the_rest(person: Person, own: Slow, many: Path) -> None:
    begin(person, own, many)
    person.press("Stop")
    queue = person.bench.documents.queue
    assert not queue.running
    if queue.unread:
        person.press("Go on")
    finish(person)
    assert len(rows(person)) == FILES


def test_closing_the_window_leaves_no_process(person: Person, own: Slow, many: Path) -> None:
    begin(person, own, many)
    person.qtbot.waitUntil(lambda: len(processes(person)) == 2, timeout=60_000)
    known = processes(person)
    person.close()
    person.qtbot.waitUntil(lambda: all(map(is_gone, known)), timeout=60_000)
