"""Refused pages of a batch in the window's queue, and what a person decides back in the batch's results."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from recognizer.batch.columns import FORMATS, row
from recognizer.batch.folder import settle
from recognizer.batch.listing import sources_of
from recognizer.batch.parts import Parts
from recognizer.batch.results import Results
from recognizer.batch.settings import Settings
from recognizer.errors import InputError
from tests.ui.documents.papers import write_folder
from tests.ui.fakes import FakePageReader
from ui.locations import locations_in
from ui.model.documents.queue import Queue
from ui.model.documents.result import State, Verdict

Start = Callable[[], Queue]


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Start]:
    queues: list[Queue] = []
    errors: list[BaseException] = []

    def begin() -> Queue:
        queues.append(Queue(locations_in(tmp_path / "home"), lambda _kind, _check: FakePageReader(), errors.append))
        return queues[-1]

    yield begin
    for queue in queues:
        queue.close()
    assert not errors


def _batch(folder: Path, papers: list[Path], form: str = "jsonl") -> Path:
    """A batch that has refused all of these but the first."""
    settle(folder, Settings(), form)
    rows = []
    for number, paper in enumerate(papers):
        (source,) = sources_of([str(paper)])
        state = "refused" if number else "accepted"
        reason = "doubtful" if number else ""
        known = {"page": 1, "text": "9", "value": "9.00", "state": state, "reason": reason, "accepted": not number}
        rows.append(row(**vars(source), **known))
    Parts(folder, form).add(rows)
    return folder


def _states(folder: Path, form: str = "jsonl") -> dict[str, tuple[object, ...]]:
    Results(folder, form).close()  # as any run does at its beginning
    rows = [row for _number, rows in Parts(folder, form) for row in rows]
    names = ("state", "text", "value", "accepted", "corrected")
    return {Path(row["file"]).name: tuple(row[name] for name in names) for row in rows}


@pytest.mark.parametrize("form", FORMATS)
def test_what_a_person_decides_goes_back_and_can_be_taken_back(
    qtbot: QtBot, start: Start, tmp_path: Path, form: str
) -> None:
    papers = write_folder(tmp_path / "papers")
    files = [papers / "a.png", papers / "b.png", papers / "c.png"]
    for file in files[2:]:
        file.write_bytes(files[1].read_bytes())
    folder = _batch(tmp_path / "out", files, form)
    mode = folder.stat().st_mode
    queue = start()
    queue.add([folder], "text")
    qtbot.waitUntil(lambda: not queue.running and not queue.unread, timeout=60_000)
    places = [row.result.place for row in queue.rows]
    assert [place.file for place in places] == files[1:]
    queue.decide(places[0], Verdict(State.CORRECTED, "12.50"))
    queue.decide(places[1], Verdict(State.SKIPPED))
    queue.close()
    assert folder.stat().st_mode == mode  # which is the user's
    assert _states(folder, form) == {
        "a.png": ("accepted", "9", "9.00", True, False),
        "b.png": ("corrected", "12.50", "12.50", True, True),
        "c.png": ("skipped", "9", "9.00", False, False),
    }

    again = start()  # what was decided before the folder was opened counts too
    again.restore()
    qtbot.waitUntil(lambda: len(again.rows) == 2, timeout=60_000)
    read = again.rows[0].result
    again.add([folder], "text")
    qtbot.waitUntil(lambda: not again.running and not again.unread, timeout=60_000)
    again.decide(places[0], None)
    again.decide(places[1], Verdict(State.ACCEPTED))
    again.close()
    states = _states(folder, form)
    assert states["b.png"] == ("refused", read.text, read.value, False, False)
    assert states["c.png"][0] == "accepted"


def test_a_decision_holds_for_the_file_as_it_was(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    papers = write_folder(tmp_path / "papers")
    files = [papers / "a.png", papers / "b.png"]
    folder = _batch(tmp_path / "out", files)
    queue = start()
    queue.add([folder], "text")
    qtbot.waitUntil(lambda: not queue.running and not queue.unread, timeout=60_000)
    files[1].write_bytes(files[0].read_bytes() + b"\n")
    queue.decide(queue.rows[0].result.place, Verdict(State.CORRECTED, "12.50"))
    queue.close()
    assert _states(folder)["b.png"][0] == "refused"


def test_parquet_without_its_library_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _batch(tmp_path / "out", [tmp_path / "a.png"], "parquet")
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(InputError, match="need pyarrow"):
        list(Parts(folder, "parquet"))
