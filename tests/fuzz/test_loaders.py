"""Damaged files over everything that loads one: an answer or a sentence, in bounded time. `make fuzz MINUTES=n` takes longer."""

import io
import json
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QSettings
from safetensors.torch import save

from recognizer.errors import InputError
from recognizer.ink import Ink, read_labelled_inkml, write_inkml
from recognizer.language.lexicon import read_lexicon
from recognizer.networks.card import model_card
from recognizer.networks.last_layer import last_layers
from recognizer.networks.store import load_model
from recognizer.page import load_pages
from recognizer.training.data.inksets import packed
from recognizer.training.data.labelled_amounts import labelled_files
from ui import settings as settings_module
from ui.model.documents import corrections
from ui.model.documents.journal import Journal as Queue
from ui.model.documents.result import DocumentPage, Result, State, Verdict
from ui.model.ink.document import Content, Stroke
from ui.model.ink.journal import Journal, read_journal
from ui.model.teach.collection import read_corrections
from ui.settings import Setting, Settings
from ui.words import load_words

SECONDS = 60 * float(os.environ.get("MINUTES", "0.01"))  # for each loader
SLOWEST = 10.0  # s for one file
STROKE = np.array([[1, 2, 0], [30, 40, 1], [5, 60, 2]], np.float32)
# What breaks parsers: lengths, signs, brackets, and numbers at the ends of their ranges.
SPLICES = [
    b"\0",
    b"\xff" * 4,
    b"[" * 2000,
    b"-1",
    b"1e999",
    b"NaN",
    b"null",
    b"99999999999999999999",
    b"<a>",
    b'"',
    b"\\u0000",
    b"\n",
]


def inkml() -> bytes:
    return write_inkml(Ink((STROKE, STROKE + 50)), {frozenset({0}): "a"})


def inkset() -> bytes:
    stream = io.BytesIO()
    np.savez(
        stream, **packed([Ink((STROKE,)), Ink((STROKE, STROKE))], ["a", "b"], ["me", "me"]), read=np.array(["x", "y"])
    )
    return stream.getvalue()


def model() -> bytes:
    import torch

    told = {"network": "LastLayers", "arguments": '{"sizes": {"a": [3, 4]}}', "card": '{"base": 1}'}
    return save(last_layers({"a": (torch.ones(3, 4), torch.ones(3))}).state_dict(), told)


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


def read_labels(path: Path) -> None:
    labelled_files(path)


LOADERS: dict[str, tuple[Callable[[], bytes], Callable[[Path], Any]]] = {
    "inkml": (inkml, read_labelled_inkml),
    "inkml in utf-16": (lambda: inkml().decode().encode("utf-16"), read_labelled_inkml),
    "corrections": (inkset, read_corrections),
    "model": (model, load_model),
    "card": (model, model_card),
    "png": (picture("PNG"), load_pages),
    "jpeg": (picture("JPEG"), load_pages),
    "tiff": (picture("TIFF"), load_pages),
    "pdf": (picture("PDF"), load_pages),
    "ink journal": (ink_journal, read_journal),
    "queue": (queue_journal, read_queue),
    "answers": (lambda: json.dumps({"file": "a", "page": 1, "wanted": "b"}).encode() + b"\n", corrections.load),
    "lexicon": (lambda: b"word\t3.5\nother\n", read_lexicon),
    "words": (lambda: b"word\nother\n", load_words),
    "labels": (lambda: b'file,text\n1.png,"7,50"\n', read_labels),
    "settings": (settings_file, read_settings),
}


def damaged(data: bytes, generator: random.Random) -> bytes:
    """The file with some of its bytes changed, cut out, doubled, or with what breaks parsers put in."""
    changed = bytearray(data)
    for _ in range(generator.choice([1, 1, 2, 5])):
        start = generator.randrange(len(changed) + 1)
        end = min(start + generator.choice([1, 4, 60]), len(changed))
        kind = generator.randrange(5)
        if kind == 0 and start < len(changed):
            changed[start] ^= 1 << generator.randrange(8)
        elif kind == 1:
            del changed[start:end]
        elif kind == 2:
            changed[start:start] = changed[start:end]
        elif kind == 3:
            changed[start:end] = generator.choice(SPLICES)
        else:
            del changed[start:]
    return bytes(changed)


@pytest.mark.parametrize("name", LOADERS)
def test_damaged_files_get_an_answer_or_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("PYTEST_TMP", str(tmp_path))
    make, load = LOADERS[name]
    data, path = make(), tmp_path / "file"
    generator = random.Random(int(os.environ.get("SEED", "0")))
    end, count = time.monotonic() + SECONDS, 0
    while time.monotonic() < end or count < 20:
        path.write_bytes(damaged(data, generator))
        begin = time.process_time()
        try:
            load(path)
        except InputError:
            pass  # a sentence
        except Exception as error:
            raise AssertionError(f"after {count} files: {path.read_bytes()[:2000]!r}") from error
        assert time.process_time() - begin < SLOWEST, path.read_bytes()[:2000]
        count += 1
    print(f"{name}: {count} files")
