"""The n-th call on a disk fails, for every n, as SQLite tests it: a file is the old one or the new one, whole, and what went wrong is
said in a sentence; a loader answers or says one."""

import errno
import os
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from recognizer.batch.columns import row
from recognizer.batch.folder import load_manifest, settle
from recognizer.batch.parts import Parts
from recognizer.batch.settings import Settings
from recognizer.errors import InputError
from recognizer.files import write_file
from recognizer.ink import read_labelled_inkml
from recognizer.networks.last_layer import last_layers
from recognizer.networks.store import load_model, save_model
from recognizer.training.data.cache import cached
from recognizer.training.data.labelled_amounts import labelled_files
from recognizer.transcripts import Line, Transcript, write
from tests.faults.failing import Disk, failing
from tests.fuzz.loaders import LOADERS
from ui.model.documents import corrections
from ui.model.documents.export import write_results
from ui.model.documents.journal import Journal as Queue
from ui.model.documents.labelled import write_samples
from ui.model.documents.result import DocumentPage, Result, Row, State, Verdict
from ui.model.ink.document import Content, Stroke
from ui.model.ink.journal import InkJournal, read_journal
from ui.model.keeping import save_ink
from ui.model.teach.collection import Collection, Correction, read_corrections
from ui.model.teach.models import delete, rename, restore
from ui.model.text.export import write_text
from ui.problems import describe
from ui.words import load_words, save_words

# `make faults` has more of them fail.
ERRORS = [errno.EIO, errno.ENOSPC, errno.EACCES, errno.EROFS] if "KILLS" in os.environ else [errno.ENOSPC]
UNKNOWN = describe(ZeroDivisionError()).sentence  # what is said of a fault of the program

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks the system which file a descriptor is of")
GREY = np.zeros((9, 9), np.uint8)
LINE = Line("a", 0.5, (1, 1, 8, 8), ((1, 6), (8, 6)), ())
POINTS = np.array([[1, 2, 0], [30, 40, 1], [5, 60, 2]], np.float32)
STROKES = tuple(Stroke(POINTS + k, None) for k in range(4))
PLACE = DocumentPage(Path("a.png"), 1)
ROW = Row(Result(PLACE, 1, "amount", "1.00", 0.5, value="1.00"), Verdict(State.CORRECTED, "2.00"))


class Saver(NamedTuple):
    """How something is saved in a folder: ``before`` makes what ``save`` then changes, and hands over to it; ``load`` reads it."""

    before: Callable[[Path], Any]
    save: Callable[[Path, Any], Any]
    load: Callable[[Path], Any]


def file_saver(name: str, save: Callable[[Path, int], Any], load: Callable[[Path], Any] = Path.read_bytes) -> Saver:
    """Of a file in place of another one."""
    return Saver(
        lambda folder: save(folder / name, 0), lambda folder, _: save(folder / name, 1), lambda f: load(f / name)
    )


def ink(folder: Path) -> InkJournal:
    journal = InkJournal(folder / "ink" / "a.journal")
    journal.write(Content(STROKES[:2]))
    return journal


def ink_of_another(folder: Path) -> InkJournal:
    """Which nothing is known of."""
    return InkJournal(ink(folder).path)


def keep(journal: InkJournal) -> None:
    journal.write(Content(STROKES))
    journal.settle()


def read_ink(folder: Path) -> list[list[float]]:
    return [stroke.points.ravel().tolist() for stroke in read_journal(folder / "ink" / "a.journal")[0].strokes]


def queue(folder: Path) -> Queue:
    """Of a session, beside that of one that has ended."""
    ended = Queue(folder)
    ended.load()
    ended.add_files([Path("b.png")])
    queue = Queue(folder)
    queue.add_files([PLACE.file])
    ended.close()
    return queue


def read_queue(folder: Path) -> Any:
    queue = Queue(folder)
    kept = queue.load()
    queue.close()
    return sorted(kept.files), kept.rows


def judge(_folder: Path, queue: Queue) -> None:
    try:
        queue.add_result(ROW.result)
    finally:
        queue.close()


def take_over(_folder: Path, queue: Queue) -> None:
    try:
        queue.load()
    finally:
        queue.close()


def collect(folder: Path, count: int) -> None:
    """So many corrections, by the thread of a window; what goes wrong there is raised here."""
    problems: list[BaseException] = []
    collection = Collection(folder / "corrections.npz", problems.append)
    collection._load()
    for number in range(count):
        from recognizer.ink import Ink

        collection.add(Correction(Ink((POINTS,)), "", str(number)))
    collection.close()
    if problems:
        raise problems[0]


def model(path: Path, value: int) -> None:
    import torch

    layers = last_layers({"a": (torch.full((2, 3), float(value)), torch.zeros(2))})
    save_model(path, layers, {"sizes": {"a": (2, 3)}}, {"base": value}, private=True)


def parts(folder: Path) -> Parts:
    parts = Parts(folder, "jsonl")
    parts.add([row(file="a", state="blank"), row(file="b", state="blank")])
    return parts


def named(folder: Path) -> None:
    (folder / "Ann.safetensors").write_bytes(b"ann")


def there(folder: Path) -> list[tuple[str, bytes]]:
    return sorted((path.name, path.read_bytes()) for path in folder.iterdir() if not path.name.startswith("."))


def wanted(path: Path) -> list[str | None]:
    return [each.wanted for each in corrections.load(path)]


SAVERS: dict[str, Saver] = {
    "a file": file_saver("a", lambda path, k: write_file(path, bytes([k]) * 100_000)),
    "a private file in a new folder": Saver(
        lambda _folder: None,
        lambda folder, _: write_file(folder / "b" / "c", b"new", private=True),
        lambda folder: (folder / "b" / "c").read_bytes() if (folder / "b" / "c").exists() else None,
    ),
    "ink that is kept": Saver(ink, lambda _folder, journal: keep(journal), read_ink),
    "ink that is folded": Saver(ink_of_another, lambda _folder, journal: keep(journal), read_ink),
    "ink": file_saver(
        "a.inkml",
        lambda path, k: save_ink(path, Content(STROKES[: k + 1])),
        lambda path: len(read_labelled_inkml(path)[0].strokes),
    ),
    "picture of ink": file_saver("a.svg", lambda path, k: save_ink(path, Content(STROKES[: k + 1]))),
    "a result of the queue": Saver(queue, judge, read_queue),
    "a queue of another session": Saver(queue, take_over, read_queue),
    "answers": file_saver(
        "a", lambda path, k: corrections.append(path, [corrections.correction_of(ROW.result, str(k))]), wanted
    ),
    "corrections": Saver(
        lambda folder: collect(folder, 1),
        lambda folder, _: collect(folder, 2),
        lambda folder: sorted(each.wanted for each in read_corrections(folder / "corrections.npz")),
    ),
    "own words": file_saver("a", lambda path, k: save_words(path, ("word",) * (k + 1)), load_words),
    "a model": file_saver("a", model, lambda path: load_model(path).card),
    "a model that is deleted": Saver(named, lambda folder, _: delete(folder / "Ann.safetensors"), there),
    "a model that comes back": Saver(
        lambda folder: (named(folder), delete(folder / "Ann.safetensors")),
        lambda folder, _: restore(folder / "Ann.safetensors"),
        there,
    ),
    "a model that is named": Saver(named, lambda folder, _: rename(folder / "Ann.safetensors", "Bob"), there),
    "results": file_saver("a.csv", lambda path, k: write_results(path, [ROW] * (k + 1), {})),
    "text": file_saver("a.txt", lambda path, k: write_text(path, str(k), False)),
    "labelled amounts": Saver(
        lambda _folder: None,
        lambda folder, _: write_samples(folder, [(GREY, "7")]),
        lambda folder: [text for _file, text in labelled_files(folder)] if (folder / "labels.csv").exists() else None,
    ),
    "a transcript": file_saver(
        "a.hocr", lambda path, k: write([Transcript(str(k), GREY, 72.0, (LINE,))], "hocr", path)
    ),
    "a part of results": Saver(
        parts, lambda _folder, made: made.add([row(file="c", state="blank")]), lambda f: list(Parts(f, "jsonl"))
    ),
    "a part that loses rows": Saver(
        parts, lambda _folder, made: made.drop(1, {"a"}), lambda folder: list(Parts(folder, "jsonl"))
    ),
    "a manifest": Saver(
        lambda _folder: None,
        lambda folder, _: settle(folder, Settings(), "jsonl"),
        lambda folder: load_manifest(folder) if there(folder) else None,
    ),
    "a cache": Saver(
        lambda _folder: None,
        lambda folder, _: cached(folder / "a.npz", lambda: {"a": np.arange(3)}),
        lambda folder: np.load(folder / "a.npz")["a"].tolist() if there(folder) else None,
    ),
}


def said(error: BaseException) -> bool:
    """Is this what a person is told in a sentence that is of use?"""
    return isinstance(error, InputError | OSError) and describe(error).sentence not in ("", UNKNOWN)


@pytest.mark.parametrize("broken", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("error", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("name", SAVERS)
def test_what_is_saved_is_the_old_or_the_new_one(
    tmp_path: Path, qtbot: QtBot, name: str, error: int, broken: bool
) -> None:
    saver = SAVERS[name]
    for state in ("old", "new"):
        (tmp_path / state).mkdir()
        given = saver.before(tmp_path / state)
        if state == "new":
            saver.save(tmp_path / state, given)
        elif isinstance(given, Queue):
            given.close()
    old, new = (saver.load(tmp_path / state) for state in ("old", "new"))
    for number in count(1):
        folder = tmp_path / str(number)
        folder.mkdir()
        given, disk, problem = saver.before(folder), Disk(folder, number, error, broken), None
        with failing(disk):
            try:
                saver.save(folder, given)
            except Exception as found:
                problem = found
        found = saver.load(folder)
        assert found in (old, new), f"call {number}"
        if problem is None:
            assert found == new, f"call {number}: nothing was said"
        else:
            assert said(problem), f"call {number}"
        assert broken or not list(folder.rglob("*.unfinished")), f"call {number}"
        if not disk.failed:
            break
    assert number > 1


@pytest.mark.parametrize("error", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("name", LOADERS)
def test_what_cannot_be_loaded_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, error: int) -> None:
    monkeypatch.setenv("PYTEST_TMP", str(tmp_path))
    make, load, _damage = LOADERS[name]
    data, folder = make(), tmp_path / "disk"
    folder.mkdir()
    path = folder / "file"
    path.write_bytes(data)
    load(path)  # whatever is imported for it is there now
    for number in count(1):
        disk, problem = Disk(folder, number, error, broken=False), None
        with failing(disk):
            try:
                load(path)
            except Exception as found:
                problem = found
        assert problem is None or said(problem), f"call {number}"
        assert path.read_bytes() == data
        if not disk.failed:
            break
