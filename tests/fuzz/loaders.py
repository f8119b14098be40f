"""Everything that loads a file: a small one of each kind to begin with, what loads it, and how it is damaged beside blindly."""

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from PIL import Image
from PySide6.QtCore import QSettings
from safetensors.torch import save

from recognizer.batch.columns import row
from recognizer.batch.folder import MANIFEST
from recognizer.batch.parts import FORMS
from recognizer.batch.results import Results
from recognizer.batch.review import DECISIONS, refused_files
from recognizer.gtn import graph_of
from recognizer.gtn.formats import from_json, from_openfst, to_json
from recognizer.ink import Ink, read_labelled_inkml, write_inkml
from recognizer.language.lexicon import read_lexicon
from recognizer.networks.card import model_card
from recognizer.networks.last_layer import last_layers
from recognizer.networks.store import load_model
from recognizer.page import load_pages
from recognizer.readers.personal import NAMES, base_of, load_personal, size_of
from recognizer.training.data.inksets import packed
from recognizer.training.data.labelled_amounts import labelled_files
from recognizer.training.data.labelled_images import labelled_images
from recognizer.training.data.mnist import read_idx
from recognizer.training.data.running_text import paragraphs
from tests.fuzz.mutations import (
    Mutation,
    boxes_changed,
    elements_changed,
    header_changed,
    lines_changed,
    members_changed,
)
from tests.heic import HEIC, tiled
from ui import settings as settings_module
from ui.model.documents import corrections
from ui.model.documents.journal import Journal as Queue
from ui.model.documents.result import DocumentPage, Result, State, Verdict
from ui.model.ink.document import Content, Stroke
from ui.model.ink.journal import InkJournal, read_journal
from ui.model.teach.collection import read_corrections
from ui.recent import recent
from ui.settings import RECENT, Setting, Settings
from ui.words import load_words

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
    return layers({name: size_of(name, None) for name in NAMES}, base_of())


def layers(sizes: dict[str, list[int]], base: object) -> bytes:
    import torch

    told = {"network": "LastLayers", "arguments": json.dumps({"sizes": sizes}), "card": json.dumps({"base": base})}
    made = last_layers({name: (torch.ones(rows, columns), torch.ones(rows)) for name, (rows, columns) in sizes.items()})
    return save(made.state_dict(), told)


def picture(kind: str, mode: str = "L", **told: object) -> Callable[[], bytes]:
    def make() -> bytes:
        stream = io.BytesIO()
        grey = Image.fromarray(np.tile(np.arange(0, 250, 5, dtype=np.uint8), (40, 1)))
        grey.convert(mode).save(stream, kind, **told)
        return stream.getvalue()

    return make


def ink_journal() -> bytes:
    strokes = tuple(Stroke(STROKE + k, None) for k in range(4))
    with TemporaryDirectory() as folder:
        journal = InkJournal(Path(folder) / "seed.journal")
        for count in (1, 3, 4):
            journal.write(Content(strokes[:count], {frozenset(strokes[:1]): "a"}))
        return journal.path.read_bytes()


def queue_journal() -> bytes:
    place = DocumentPage(Path("a.png"), 1)
    with TemporaryDirectory() as folder:
        queue = Queue(Path(folder))
        queue.add_files([place.file])
        queue.add_result(Result(place, 2, "amount", "1.00", 0.5, ("blurred",), (1.0, 2.0, 3.0, 4.0)))
        queue.add_verdict(place, Verdict(State.CORRECTED, "2.00"))
        data = (Path(folder) / "queue-1.jsonl").read_bytes()
        queue.clear()
        queue.close()
    return data


def put(data: bytes, folder: Path, name: str) -> None:
    """A new file in a folder of its own; to write over an old one waits for the disk."""
    folder.mkdir(exist_ok=True)
    (folder / name).unlink(missing_ok=True)
    (folder / name).write_bytes(data)


def read_queue(path: Path) -> None:
    folder = path.with_name("queue")
    put(path.read_bytes(), folder, "queue-1.jsonl")
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
        put(path.read_bytes(), folder, f"part-000001.{form}")
        put(DECIDED, folder, DECISIONS)
        Results(folder, form).close()

    return read


DECIDED = (
    b'{"file": "a.png", "size": 1, "stamp": "2", "page": 1, "state": "corrected", "text": "1.00", "value": "1.00"}\n'
)


def read_decisions(path: Path) -> None:
    folder = path.with_name("results")
    put(rows("jsonl")(), folder, "part-000001.jsonl")
    put(path.read_bytes(), folder, DECISIONS)
    Results(folder, "jsonl").close()


def read_manifest(path: Path) -> None:
    folder = path.with_name("batch")
    put(path.read_bytes(), folder, MANIFEST)
    refused_files(folder)


def read_recent(path: Path) -> None:
    settings = Settings(QSettings(str(path.with_name("recent.ini")), QSettings.Format.IniFormat))
    settings.set(RECENT, path.read_bytes().decode("utf-8", "replace"))
    recent(settings)


def read_texts(path: Path) -> None:
    folder = path.with_name("texts")
    put(path.read_bytes(), folder, "a.txt.gz")
    list(paragraphs(folder))


def read_images(path: Path) -> None:
    folder = path.with_name("lines")
    put(path.read_bytes(), folder, "labels.csv")
    labelled_images(folder, "all")


def read_pages_with_texts(path: Path) -> None:
    folder = path.with_name("pages")
    put(b"", folder, "a.png")
    put(path.read_bytes(), folder, "a.txt")
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
    "png of colours": (picture("PNG", "P"), load_pages, None),
    "progressive jpeg": (picture("JPEG", "RGB", progressive=True), load_pages, None),
    "bilevel tiff": (picture("TIFF", "1", compression="group4"), load_pages, None),
    "packed tiff": (picture("TIFF", "RGBA", compression="tiff_lzw"), load_pages, None),
    "heic": (lambda: HEIC, load_pages, boxes_changed),
    "heic of tiles": (lambda: tiled(2, 3), load_pages, boxes_changed),
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
    "pages with texts": (lambda: b"A line.\nAnother.\n", read_pages_with_texts, None),
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
