"""A batch from names to parts, on a cluster of threads, whose pages are read in processes as always."""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from distributed import Client

from recognizer.batch import arrivals
from recognizer.batch.driver import Driver
from recognizer.batch.listing import Source, sources_of
from recognizer.batch.parts import Parts
from recognizer.batch.processes import MOST_LOST
from recognizer.batch.results import Results
from recognizer.batch.settings import Settings
from recognizer.errors import InputError
from tests.recognizer.batch.fakes import FAKE

Row = dict[str, Any]
Batch = Callable[..., Results]


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client(processes=False, n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
        yield client


@pytest.fixture(autouse=True)
def _models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))


@pytest.fixture
def batch(tmp_path: Path, client: Client) -> Batch:
    """Reads the files of a folder, or what it is given, into another one."""

    def run(sources: list[Source] | None = None, settings: Settings = FAKE) -> Results:
        results = Results(_out(tmp_path), "jsonl")
        stop = threading.Event()
        found = sources_of([str(tmp_path / "pages")]) if sources is None else sources
        chunks = arrivals.chunks(found, results, 3, stop)
        Driver(client, settings, results, lambda _pages: None).run(chunks, stop)
        return results

    return run


def _out(folder: Path) -> Path:
    (folder / "out").mkdir(exist_ok=True)
    return folder / "out"


def _page(folder: Path, name: str, *lines: str) -> Path:
    (folder / "pages").mkdir(exist_ok=True)
    path = folder / "pages" / f"{name}.png"
    path.write_text("\n".join(lines))
    return path


def _rows(folder: Path) -> dict[tuple[str, int], Row]:
    rows = [row for _number, rows in Parts(folder / "out", "jsonl") for row in rows]
    named = {(Path(row["file"]).stem, row["page"]): row for row in rows}
    assert len(named) == len(rows)  # each page once
    return named


def test_each_page_once_however_often_it_is_named(tmp_path: Path, batch: Batch) -> None:
    for number in range(20):
        _page(tmp_path, f"{number:02}", *["fine"] * (1 + number % 3))
    sources = list(sources_of([str(tmp_path / "pages")])) * 2
    summary = batch(sources).summary
    assert len(_rows(tmp_path)) == summary.pages == summary.states["accepted"] == sum(1 + n % 3 for n in range(20))
    before = sorted(path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir())
    assert batch(sources).summary.figures() == summary.figures()
    assert sorted(path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()) == before


@pytest.mark.parametrize(("what", "sentence"), [("crash", "SIGSEGV"), ("hang", "longer than 1.5 s"), ("eat", "0.5 GB")])
def test_what_ends_the_process_fails_alone(tmp_path: Path, batch: Batch, what: str, sentence: str) -> None:
    _page(tmp_path, "a", "fine")
    _page(tmp_path, "b", "fine", what, "fine")
    _page(tmp_path, "c", "fine")
    batch()
    rows = _rows(tmp_path)
    assert [(place, row["state"]) for place, row in sorted(rows.items())] == [
        (("a", 1), "accepted"),
        (("b", 1), "accepted"),
        (("b", 2), "failed"),
        (("b", 3), "accepted"),
        (("c", 1), "accepted"),
    ]
    reason = {"crash": "crash", "hang": "deadline", "eat": "memory"}[what]
    assert rows["b", 2]["reason"] == reason
    assert sentence in rows["b", 2]["error"]
    assert {row["pages"] for (name, _page), row in rows.items() if name == "b"} == {3}


def test_what_ends_the_process_is_tried_elsewhere_first(tmp_path: Path, batch: Batch) -> None:
    _page(tmp_path, "a", f"once {tmp_path / 'tried'}")
    batch()
    assert (tmp_path / "tried").exists()
    assert _rows(tmp_path)["a", 1]["state"] == "accepted"


def test_a_file_that_ends_one_process_after_the_other_is_given_up(tmp_path: Path, batch: Batch) -> None:
    _page(tmp_path, "a", *["crash"] * 20)
    batch()
    assert len(_rows(tmp_path)) == MOST_LOST


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_a_pipe_is_not_waited_for(tmp_path: Path, batch: Batch) -> None:
    _page(tmp_path, "a", "read")
    os.mkfifo(tmp_path / "pages" / "pipe.png")
    assert batch().summary.failures == {"unreachable": 1}
    assert sorted(row["error"] for row in _rows(tmp_path).values()) == ["", "It is no ordinary file."]


def test_what_was_replaced_is_read_again_and_what_could_not_be_reached_too(tmp_path: Path, batch: Batch) -> None:
    _page(tmp_path, "a", "first")
    _page(tmp_path, "b", "stays")
    path = _page(tmp_path, "c", "comes back")
    sources = list(sources_of([str(tmp_path / "pages")]))
    path.rename(tmp_path / "elsewhere")
    assert batch(sources).summary.failures == {"unreachable": 1}
    _page(tmp_path, "a", "second one")
    (tmp_path / "elsewhere").rename(path)
    summary = batch().summary
    assert sorted(row["text"] for row in _rows(tmp_path).values()) == ["comes back", "second one", "stays"]
    assert summary.figures() == Results(tmp_path / "out", "jsonl").summary.figures()
    assert (summary.pages, summary.failed) == (3, 0)


def test_states_are_summed_up_by_reason(tmp_path: Path, batch: Batch) -> None:
    _page(tmp_path, "a", "fine", "doubt", "damaged")
    summary = batch().summary
    assert (summary.states["accepted"], summary.states["refused"], summary.failures["unreadable"]) == (1, 1, 1)
    assert "3 pages: 1 accepted, 1 refused" in summary.text()
    assert summary.figures()["flaws"] == {"blurred": 1}


def test_other_models_on_a_worker_end_the_batch(tmp_path: Path, batch: Batch) -> None:
    _page(tmp_path, "a", "fine")
    with pytest.raises(InputError, match="A worker has other models"):
        batch(settings=replace(FAKE, models="others"))
    assert _rows(tmp_path) == {}


def test_watching_takes_what_is_whole_and_ends_when_it_is_told(
    tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "PAUSE", 0.3)
    monkeypatch.setattr(arrivals, "QUIET", 0.3)
    growing = _page(tmp_path, "growing", "half")
    results, stop = Results(_out(tmp_path), "jsonl"), threading.Event()
    names = [str(tmp_path / "pages")]
    chunks = arrivals.watched(lambda: sources_of(names), results, 3, stop)
    begun = threading.Event()

    def arrive(pages: int) -> None:
        if not begun.is_set():
            growing.write_text("all of it")
            begun.set()
            _page(tmp_path, "late", "fine")
        if pages >= 2:
            stop.set()

    Driver(client, FAKE, results, arrive).run(chunks, stop)
    rows = _rows(tmp_path)
    assert rows["growing", 1]["text"] == "all of it"
    assert rows["late", 1]["state"] == "accepted"
