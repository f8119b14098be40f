"""The queue against a folder of good and bad files, broken off at every place, and over restarts."""

import gc
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from recognizer.errors import InputError
from recognizer.page import Page, each_page
from tests.ui.documents.papers import TEXTS, amount, write_folder
from tests.ui.fakes import FakeInkReader, FakePageReader
from ui.locations import Locations, locations_in
from ui.model.documents.corrections import load
from ui.model.documents.queue import STOP_SECONDS, Queue
from ui.model.documents.result import DocumentPage, Row, State, Verdict
from ui.model.reading import Reader

Start = Callable[..., Queue]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "papers")


@pytest.fixture
def places(tmp_path: Path) -> Locations:
    return locations_in(tmp_path / "home")


def wait_for_reader(kind: str, _check: Callable[[], None]) -> Reader:
    return FakeInkReader() if kind == "ink" else FakePageReader()


@pytest.fixture
def start(qtbot: QtBot, places: Locations) -> Iterator[Start]:
    queues: list[Queue] = []
    errors: list[BaseException] = []

    def begin(reader_of: Callable[[str, Callable[[], None]], Reader] = wait_for_reader) -> Queue:
        queue = Queue(places, reader_of, errors.append)
        queues.append(queue)
        return queue

    yield begin
    for queue in queues:
        queue.close()
    assert not errors


def finish(qtbot: QtBot, queue: Queue) -> None:
    qtbot.waitUntil(lambda: not queue.running and not queue.unread, timeout=60_000)


def texts(queue: Queue) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in queue.rows:
        found.setdefault(row.result.place.file.name, []).append(row.text)
    return found


def test_a_folder_is_read_in_order_and_a_broken_file_is_a_row_with_a_sentence(
    qtbot: QtBot, start: Start, folder: Path
) -> None:
    queue = start()
    queue.add([folder], "text")
    finish(qtbot, queue)
    assert texts(queue) == TEXTS
    assert [row.result.place.file.name for row in queue.rows] == [name for name, t in TEXTS.items() for _ in t]
    broken = next(row.result for row in queue.rows if row.result.place.file.name == "e.png")
    assert broken.error.endswith(".")
    assert "e.png" in broken.error
    kinds = {row.result.place.file.suffix: row.result.kind for row in queue.rows if not row.result.error}
    assert kinds == {".png": "amount", ".tiff": "amount", ".inkml": "text"}
    assert (queue.done, queue.total) == (6, 6)


def test_what_does_not_exist_is_a_row_too(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    queue = start()
    queue.add([tmp_path / "absent.png"], "text")
    finish(qtbot, queue)
    assert "absent.png" in queue.rows[0].result.error


class Gate:
    """A reader of pages that waits at each; it counts what it has read."""

    def __init__(self) -> None:
        self.open = threading.Semaphore(0)
        self.read_pages = 0

    def reader_of(self, kind: str, check: Callable[[], None]) -> Reader:
        if kind == "ink":
            return FakeInkReader()
        while not self.open.acquire(timeout=0.01):
            check()
        check()
        self.read_pages += 1
        return FakePageReader()


@pytest.mark.parametrize("pages", range(6))
def test_broken_off_anywhere_it_goes_on_with_the_rest_in_this_session_or_the_next(
    qtbot: QtBot, start: Start, folder: Path, pages: int
) -> None:
    gate = Gate()
    queue = start(gate.reader_of)
    queue.add([folder], "text")
    if pages:
        gate.open.release(pages)
    qtbot.waitUntil(lambda: gate.read_pages == pages and queue.total == 6 and len(queue.rows) >= pages, timeout=60_000)
    queue.cancel()
    assert not queue.running
    before = len(queue.rows)
    if pages % 2:
        queue.close()
        queue = start(gate.reader_of)
        with qtbot.waitSignal(queue.replaced):
            queue.restore()
        assert len(queue.rows) == before
    assert queue.unread
    gate.open.release(100)
    queue.resume()
    finish(qtbot, queue)
    assert texts(queue) == TEXTS
    assert gate.read_pages == 6


def test_files_are_added_while_others_are_read_and_none_is_read_twice(qtbot: QtBot, start: Start, folder: Path) -> None:
    gate = Gate()
    queue = start(gate.reader_of)
    gate.open.release(100)
    for path in (folder / "a.png", folder, folder / "c.tiff", folder):
        queue.add([path], "text")
    finish(qtbot, queue)
    assert sorted(texts(queue).items()) == sorted(TEXTS.items())


def test_decisions_survive_and_corrections_are_collected_until_they_are_taken_back(
    qtbot: QtBot, start: Start, folder: Path, places: Locations
) -> None:
    queue = start()
    queue.add([folder], "text")
    finish(qtbot, queue)
    said = [
        Verdict(State.ACCEPTED),
        Verdict(State.CORRECTED, "77"),
        Verdict(State.SKIPPED),
        Verdict(State.CORRECTED, "8"),
    ]
    for row, verdict in enumerate(said):
        queue.decide(queue.rows[row].result.place, verdict)
    queue.decide(queue.rows[3].result.place, None)
    queue.close()
    (correction,) = load(places.page_corrections)
    assert (Path(correction.file).name, correction.page, correction.kind) == ("b.png", 1, "amount")
    assert (correction.read, correction.wanted) == ("01", "77")
    again = start()
    with qtbot.waitSignal(again.replaced):
        again.restore()
    assert [row.verdict for row in again.rows[:4]] == [*said[:3], None]
    assert again.rows[1].text == "77"
    assert not again.unread


def test_two_sessions_at_once_keep_queues_of_their_own(
    qtbot: QtBot, start: Start, folder: Path, places: Locations
) -> None:
    one = start()
    one.add([folder / "a.png"], "text")
    finish(qtbot, one)
    qtbot.waitUntil(
        lambda: any('"result"' in file.read_text() for file in places.queue.glob("*.jsonl")), timeout=60_000
    )
    two = start()
    with qtbot.waitSignal(two.replaced):
        two.restore()
    assert two.rows == []


def test_states_follow_the_thresholds_and_cleared_queues_stay_empty(qtbot: QtBot, start: Start, folder: Path) -> None:
    queue = start()
    queue.add([folder], "text")
    finish(qtbot, queue)
    queue.judge({"amount": 0.5})
    assert {queue.state(row) for row in range(8)} == {State.ACCEPTED, State.REFUSED, State.FAILED}
    with qtbot.waitSignal(queue.judged):
        queue.judge({"amount": 0.99, "text": 0.1})
    assert queue.state(0) is State.REFUSED
    queue.clear()
    assert queue.rows == []
    assert queue.row_of(DocumentPage(folder / "a.png", 1)) is None
    queue.close()
    again = start()
    with qtbot.waitSignal(again.replaced):
        again.restore()
    assert (again.rows, again.total) == ([], 0)


def test_what_was_being_read_does_not_come_back_after_the_queue_was_emptied(
    qtbot: QtBot, start: Start, folder: Path
) -> None:
    queue = start()
    queue.add([folder], "text")
    (thread,) = (each for each in threading.enumerate() if each.name == "queue")
    thread.join(10)  # its news wait in the event loop
    queue.clear()
    qtbot.wait(50)
    assert (queue.rows, queue.total, queue.running) == ([], 0, False)


def test_a_reader_that_cannot_be_loaded_is_told_in_every_row(qtbot: QtBot, start: Start, folder: Path) -> None:
    def broken(_kind: str, _check: Callable[[], None]) -> Reader:
        raise InputError("The model is missing.")

    queue = start(broken)
    queue.add([folder / "a.png", folder / "c.tiff"], "text")
    finish(qtbot, queue)
    assert {row.result.error for row in queue.rows} == {"The model is missing."}
    assert len(queue.rows) == 4


def test_one_page_is_in_memory_at_a_time(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for the one that is being decoded while the last one is still held."""
    alive: list[weakref.ref[Page]] = []
    most = 0

    def counted(*given: Any) -> Iterator[Page]:
        nonlocal most
        for page in each_page(*given):
            alive.append(weakref.ref(page))
            gc.collect()
            most = max(most, sum(page() is not None for page in alive))
            yield page

    monkeypatch.setattr("recognizer.page.each_page", counted)
    amount(1).save(tmp_path / "many.tiff", save_all=True, append_images=[amount(2)] * 7)
    amount(3).save(tmp_path / "one.png")
    queue = start()
    queue.add([tmp_path], "text")
    finish(qtbot, queue)
    assert len(alive) == 9
    assert most <= 2


def test_a_file_that_is_damaged_from_some_page_on_is_read_up_to_there(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*given: Any) -> Iterator[Page]:
        yield from islice(each_page(*given), 2)
        raise InputError("c.tiff is damaged.")

    monkeypatch.setattr("recognizer.page.each_page", damaged)
    amount(1).save(tmp_path / "c.tiff", save_all=True, append_images=[amount(2), amount(3), amount(1)])
    queue = start()
    queue.add([tmp_path / "c.tiff"], "text")
    finish(qtbot, queue)
    assert [(row.result.place.page, row.text, row.result.error) for row in queue.rows] == [
        (1, "0", ""),
        (2, "01", ""),
        (3, "", "c.tiff is damaged."),
    ]
    queue.close()
    again = start()
    with qtbot.waitSignal(again.replaced):
        again.restore()
    assert not again.unread


def test_closing_does_not_wait_for_the_whole_queue(qtbot: QtBot, start: Start, folder: Path) -> None:
    gate = Gate()
    queue = start(gate.reader_of)
    queue.add([folder], "text")
    began = time.monotonic()
    queue.close()
    assert time.monotonic() - began < STOP_SECONDS


def row_of(queue: Queue, name: str) -> Row:
    (row,) = [row for row in queue.rows if row.result.place.file.name == name]
    return row


def test_another_picture_under_a_known_name_is_read_anew_and_no_word_on_the_old_one_holds(
    qtbot: QtBot, start: Start, folder: Path
) -> None:
    gate = Gate()
    gate.open.release(100)
    queue = start(gate.reader_of)
    queue.add([folder], "text")
    finish(qtbot, queue)
    for name in ("a.png", "b.png"):
        queue.decide(row_of(queue, name).result.place, Verdict(State.CORRECTED, "77"))
    before = gate.read_pages
    amount(5).save(folder / "a.png")
    amount(4).save(folder / "c.tiff", save_all=True, append_images=[amount(1)])  # a page fewer
    (folder / "b.png").touch()
    queue.add([folder], "text")
    finish(qtbot, queue)
    assert gate.read_pages == before + 3
    assert (row_of(queue, "a.png").text, row_of(queue, "a.png").verdict) == ("01234", None)
    assert row_of(queue, "b.png").text == "77"
    assert texts(queue)["c.tiff"] == ["0123", "0"]


def test_a_file_that_was_away_is_tried_again_when_its_folder_is_opened_or_somebody_asks(
    qtbot: QtBot, start: Start, folder: Path
) -> None:
    queue = start()
    kept = (folder / "a.png").read_bytes()
    (folder / "a.png").unlink()
    queue.add([folder / "a.png", folder], "text")
    finish(qtbot, queue)
    assert "does not exist" in row_of(queue, "a.png").result.error
    (folder / "a.png").write_bytes(kept)
    queue.add([folder], "text")
    finish(qtbot, queue)
    assert row_of(queue, "a.png").text == "0"
    (folder / "a.png").unlink()
    queue.read_again([DocumentPage(folder / "a.png", 1)])
    finish(qtbot, queue)
    assert row_of(queue, "a.png").text == "0", "what is away says nothing about what it held"
    amount(3).save(folder / "a.png")
    queue.read_again([DocumentPage(folder / "a.png", 1)])
    finish(qtbot, queue)
    assert row_of(queue, "a.png").text == "012"


def test_a_removed_page_stays_away_until_its_file_is_opened_again(qtbot: QtBot, start: Start, folder: Path) -> None:
    queue = start()
    queue.add([folder], "text")
    finish(qtbot, queue)
    rows = {queue.row_of(place): row for row in queue.rows if (place := row.result.place).file.name in ("a.png",)}
    middle = DocumentPage(folder / "c.tiff", 2)
    queue.remove([row.result.place for row in rows.values()])
    queue.remove([middle])
    assert (len(queue.rows), queue.total) == (6, 5)
    queue.bring_back({row: each for row, each in rows.items() if row is not None})
    assert [row.result.place.file.name for row in queue.rows][:2] == ["a.png", "b.png"]
    queue.close()
    again = start()
    with qtbot.waitSignal(again.replaced):
        again.restore()
    assert not again.unread
    assert again.find(middle) is None
    again.add([folder], "text")
    finish(qtbot, again)
    assert again.find(middle) is not None
