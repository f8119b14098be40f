"""Damaged files over everything that loads one: an answer or a sentence, in bounded time. `make fuzz MINUTES=n` takes longer."""

import faulthandler
import gzip
import io
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QSettings
from safetensors.torch import save

from recognizer.batch.columns import row
from recognizer.batch.folder import MANIFEST
from recognizer.batch.parts import FORMS
from recognizer.batch.results import Results
from recognizer.batch.review import DECISIONS, refused_files
from recognizer.errors import InputError
from recognizer.gtn import graph_of
from recognizer.gtn.formats import from_json, from_openfst, to_json
from recognizer.ink import Ink, read_labelled_inkml, write_inkml
from recognizer.language.lexicon import read_lexicon
from recognizer.networks.card import model_card
from recognizer.networks.last_layer import last_layers
from recognizer.networks.store import load_model
from recognizer.page import load_pages
from recognizer.readers.personal import NAMES, _size_of, base_of, load_personal
from recognizer.training.data.inksets import packed
from recognizer.training.data.labelled_amounts import labelled_files
from recognizer.training.data.labelled_images import labelled_images
from recognizer.training.data.mnist import read_idx
from recognizer.training.data.running_text import paragraphs
from tests.fuzz.mutations import (
    Mutation,
    bytes_changed,
    elements_changed,
    header_changed,
    lines_changed,
    members_changed,
)
from ui import settings as settings_module
from ui.model.documents import corrections
from ui.model.documents.journal import Journal as Queue
from ui.model.documents.result import DocumentPage, Result, State, Verdict
from ui.model.ink.document import Content, Stroke
from ui.model.ink.journal import Journal, read_journal
from ui.model.teach.collection import read_corrections
from ui.recent import recent
from ui.settings import RECENT, Setting, Settings
from ui.words import load_words

SECONDS = 60 * float(os.environ.get("MINUTES", "0.01"))  # for each loader
SLOWEST = 10.0  # s of the processor for one file
HANGING = 60.0  # s
MOST_MEMORY = 2e9  # bytes for one file
STROKE = np.array([[1, 2, 0], [30, 40, 1], [5, 60, 2]], np.float32)


def inkml() -> bytes:
    return write_inkml(Ink((STROKE, STROKE + 50)), {frozenset({0}): "a"})


def inkset() -> bytes:
    stream = io.BytesIO()
    np.savez(
        stream, **packed([Ink((STROKE,)), Ink((STROKE, STROKE))], ["a", "b"], ["me", "me"]), read=np.array(["x", "y"])
    )
    return stream.getvalue()


def model() -> bytes:
    return layers({"a": [3, 4]}, 1)


def personal() -> bytes:
    return layers({name: _size_of(name, None) for name in NAMES}, base_of())


def layers(sizes: dict[str, list[int]], base: object) -> bytes:
    import torch

    told = {"network": "LastLayers", "arguments": json.dumps({"sizes": sizes}), "card": json.dumps({"base": base})}
    made = last_layers({name: (torch.ones(rows, columns), torch.ones(rows)) for name, (rows, columns) in sizes.items()})
    return save(made.state_dict(), told)


def picture(kind: str) -> Callable[[], bytes]:
    def make() -> bytes:
        stream = io.BytesIO()
        Image.fromarray(np.tile(np.arange(0, 250, 5, dtype=np.uint8), (40, 1))).save(stream, kind)
        return stream.getvalue()

    return make


def ink_journal() -> bytes:
    path = Path(os.environ["PYTEST_TMP"]) / "seed.journal"
    path.unlink(missing_ok=True)
    journal = Journal(path)
    strokes = tuple(Stroke(STROKE + k, None) for k in range(4))
    for count in (1, 3, 4):
        journal.write(Content(strokes[:count], {frozenset(strokes[:1]): "a"}))
    return path.read_bytes()


def queue_journal() -> bytes:
    folder = Path(os.environ["PYTEST_TMP"]) / "seed"
    queue, place = Queue(folder), DocumentPage(Path("a.png"), 1)
    queue.add_files([place.file])
    queue.add_result(Result(place, 2, "amount", "1.00", 0.5, ("blurred",), (1.0, 2.0, 3.0, 4.0)))
    queue.add_verdict(place, Verdict(State.CORRECTED, "2.00"))
    data = (folder / "queue-1.jsonl").read_bytes()
    queue.clear()
    queue.close()
    return data


def read_queue(path: Path) -> None:
    folder = path.with_name("queue")
    folder.mkdir(exist_ok=True)
    (folder / "queue-1.jsonl").write_bytes(path.read_bytes())
    queue = Queue(folder)
    queue.load()
    queue.close()
    for file in folder.iterdir():
        file.unlink()


def settings_file() -> bytes:
    return b"[window]\ninspected=1\ngeometry=@ByteArray(abc)\n[ink]\npen_width=3\n[files]\nrecent=[]\n"


def read_settings(path: Path) -> None:
    settings = Settings(QSettings(str(path), QSettings.Format.IniFormat))
    for setting in vars(settings_module).values():
        if isinstance(setting, Setting):
            settings.get(setting)


def rows(form: str) -> Callable[[], bytes]:
    return lambda: FORMS[form].encode(
        [row(file="a.png", page=1, state="refused", reason="doubtful", size=1, stamp="2")]
    )


def read_results(form: str) -> Callable[[Path], None]:
    def read(path: Path) -> None:
        folder = path.with_name("results")
        folder.mkdir(exist_ok=True)
        (folder / f"part-000001.{form}").write_bytes(path.read_bytes())
        (folder / DECISIONS).write_bytes(DECIDED)
        Results(folder, form).close()

    return read


DECIDED = (
    b'{"file": "a.png", "size": 1, "stamp": "2", "page": 1, "state": "corrected", "text": "1.00", "value": "1.00"}\n'
)


def read_decisions(path: Path) -> None:
    folder = path.with_name("results")
    folder.mkdir(exist_ok=True)
    (folder / "part-000001.jsonl").write_bytes(rows("jsonl")())
    (folder / DECISIONS).write_bytes(path.read_bytes())
    Results(folder, "jsonl").close()


def read_manifest(path: Path) -> None:
    folder = path.with_name("batch")
    folder.mkdir(exist_ok=True)
    (folder / MANIFEST).write_bytes(path.read_bytes())
    refused_files(folder)


def read_recent(path: Path) -> None:
    settings = Settings(QSettings(str(path.with_suffix(".ini")), QSettings.Format.IniFormat))
    settings.set(RECENT, path.read_bytes().decode("utf-8", "replace"))
    recent(settings)


def read_texts(path: Path) -> None:
    folder = path.with_name("texts")
    folder.mkdir(exist_ok=True)
    (folder / "a.txt.gz").write_bytes(path.read_bytes())
    list(paragraphs(folder))


def read_images(path: Path) -> None:
    folder = path.with_name("lines")
    folder.mkdir(exist_ok=True)
    (folder / "labels.csv").write_bytes(path.read_bytes())
    labelled_images(folder, "all")


def graph_file() -> bytes:
    return to_json(graph_of([0, 1], [1, 2], [1, 2], [0.5, 1.0], final=[2])).encode()


def on_text(read: Callable[[str], Any]) -> Callable[[Path], Any]:
    return lambda path: read(path.read_bytes().decode("utf-8", "replace"))


# What to make a file of, what loads it, and how it is damaged beside blindly.
LOADERS: dict[str, tuple[Callable[[], bytes], Callable[[Path], Any], Mutation | None]] = {
    "inkml": (inkml, read_labelled_inkml, elements_changed),
    "inkml in utf-16": (lambda: inkml().decode().encode("utf-16"), read_labelled_inkml, None),
    "corrections": (inkset, read_corrections, members_changed),
    "model": (model, load_model, header_changed),
    "card": (model, model_card, header_changed),
    "personal model": (personal, load_personal, header_changed),
    **{kind.lower(): (picture(kind), load_pages, None) for kind in ("PNG", "JPEG", "TIFF", "PDF", "WEBP", "BMP")},
    "ink journal": (ink_journal, read_journal, lines_changed),
    "queue": (queue_journal, read_queue, lines_changed),
    "answers": (
        lambda: json.dumps({"file": "a", "page": 1, "wanted": "b"}).encode() + b"\n",
        corrections.load,
        lines_changed,
    ),
    "lexicon": (lambda: b"word\t3.5\nother\n", read_lexicon, None),
    "packed lexicon": (lambda: gzip.compress(b"word\t3.5\nother\n"), read_lexicon, None),
    "words": (lambda: b"word\nother\n", load_words, None),
    "labels": (lambda: b'file,text\n1.png,"7,50"\n', labelled_files, None),
    "labels of images": (lambda: b'file,text,split\n1.png,"7,50",val\n', read_images, None),
    "texts": (lambda: gzip.compress(b"A paragraph.\nAnother, which is longer.\n"), read_texts, None),
    "digits": (lambda: b"\0\0\x08\3\0\0\0\2\0\0\0\1\0\0\0\1ab", read_idx, None),
    "settings": (settings_file, read_settings, None),
    "recent": (lambda: b'["/a/b.png", "/c"]', read_recent, lines_changed),
    "manifest": (lambda: b'{"contract": 1, "format": "jsonl", "models": "a"}', read_manifest, lines_changed),
    "decisions": (lambda: DECIDED, read_decisions, lines_changed),
    "results in jsonl": (rows("jsonl"), read_results("jsonl"), lines_changed),
    "results in csv": (rows("csv"), read_results("csv"), None),
    "results in parquet": (rows("parquet"), read_results("parquet"), None),
    "graph": (graph_file, on_text(from_json), lines_changed),
    "graph of OpenFst": (lambda: b"0 1 2 3 0.5\n1 2 4\n2 0.25\n", on_text(from_openfst), None),
}


@contextmanager
def bounded(path: Path) -> Iterator[None]:
    """Within is nothing that hangs or takes all memory: it is ended there, and the file is named."""
    faulthandler.dump_traceback_later(HANGING, exit=True, file=sys.__stderr__)
    before, begin = most_memory(), time.process_time()
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
    assert time.process_time() - begin < SLOWEST, path.read_bytes()[:2000]
    assert most_memory() - before < MOST_MEMORY, path.read_bytes()[:2000]


def most_memory() -> float:
    """Bytes of memory that this process has had since it was asked last, or at all where the system does not tell."""
    if sys.platform != "linux":
        return 0.0
    said = Path("/proc/self/status").read_text()
    Path("/proc/self/clear_refs").write_text("5")
    return 1024 * float(said.partition("VmHWM:")[2].split()[0])


@pytest.mark.parametrize("name", LOADERS)
def test_damaged_files_get_an_answer_or_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("PYTEST_TMP", str(tmp_path))
    make, load, damaged_with_care = LOADERS[name]
    data, path = make(), tmp_path / "file"
    path.write_bytes(data)
    load(path)
    generator = random.Random(int(os.environ.get("SEED", "0")))
    end, count, answers = time.monotonic() + SECONDS, 0, 0
    while time.monotonic() < end or count < 20:
        change = damaged_with_care if damaged_with_care and generator.random() < 0.7 else bytes_changed
        path.write_bytes(change(data, generator))
        try:
            with bounded(path):
                load(path)
            answers += 1
        except InputError:
            pass  # a sentence
        except AssertionError:
            raise
        except Exception as error:
            raise AssertionError(f"after {count} files: {path.read_bytes()[:2000]!r}") from error
        count += 1
    print(f"{name}: {count} files, {answers} answers")
