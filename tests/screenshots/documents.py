"""Screenshots of documents: none, an amount, a cheque, several pages."""

import tempfile
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.recognizer.page.text.test_composed import composed
from tests.screenshots.scene import SAMPLES, Scene, State
from ui.model.documents import result
from ui.model.documents.result import Verdict
from ui.model.readers import KINDS, PAGE
from ui.window import Window


def scene() -> Scene:
    """Someone opens pictures, with the readers that ship."""
    return Scene(KINDS, states)


def states(window: Window) -> list[State]:
    """From no page to a file of several."""
    return [
        ("empty", lambda: window.bench.current.look_at(PAGE)),
        ("amount", lambda: window.files.open([SAMPLES / "amount-1250.00.png"])),
        ("chosen", lambda: window.bench.desk.highlight.choose(0)),
        ("refused", lambda: window.files.open([SAMPLES / "amount-742.50.png"])),
        ("cuts", lambda: (window.actions_["cuts"].trigger(), window.panes.cuts.choose(3))),
        ("cheque", lambda: window.files.open([SAMPLES / "cheque-2558.00.jpg"])),
        ("cheque-whole", lambda: window.actions_["fit"].trigger()),
        ("cheque-alone", lambda: window.actions_["lattice_alone"].trigger()),
        ("cheque-cuts", lambda: (window.actions_["lattice_alone"].trigger(), window.actions_["cuts"].trigger())),
        ("mark", lambda: window.actions_["mark"].trigger()),
        ("pages", lambda: window.files.open([_several_pages()])),
        ("letter", lambda: window.files.open([_letter()])),
        ("queue", lambda: window.files.open([_papers()])),
        ("queue-amount", lambda: window.actions_["to_queue"].trigger()),
        ("queue-decided", lambda: _decide(window)),
        ("queue-cheque", lambda: _look_at(window, "cheque-90.00.jpg")),
        ("queue-another-field", lambda: window.actions_["next_field"].trigger()),
        ("queue-typing", lambda: QTest.keyClick(window.panes.queue.table, Qt.Key.Key_F2)),
        ("queue-ink", lambda: (window.panes.queue.table.setFocus(), _look_at(window, "text-pack-my-box.inkml"))),
        ("queue-lattice", lambda: window.actions_["to_lattice"].trigger()),
    ]


def _letter() -> Path:
    """A page of text."""
    path = Path(tempfile.mkdtemp()) / "letter.png"
    Image.fromarray(composed(3, count=4).grey).save(path)
    return path


def _papers() -> Path:
    """The samples, several pages, and a file that is cut off."""
    folder = Path(tempfile.mkdtemp())
    for path in (*SAMPLES.glob("*.*g"), *SAMPLES.glob("text-*.inkml"), _several_pages()):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "cut-off.tiff").write_bytes((folder / "amounts.tiff").read_bytes()[:90])
    return folder


def _decide(window: Window) -> None:
    """One is right, one is skipped, one says something else."""
    table = window.panes.queue.table
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(table, key)
    window.bench.documents.decide(table.place, Verdict(result.State.CORRECTED, "742.50"))
    window.panes.queue.begin()


def _look_at(window: Window, name: str) -> None:
    rows = window.bench.documents.queue.rows
    window.panes.queue.table.choose(next(r.result.place for r in rows if r.result.place.file.name == name))


def _several_pages() -> Path:
    pages = [Image.open(file) for file in sorted(SAMPLES.glob("amount-*.png"))]
    path = Path(tempfile.mkdtemp()) / "amounts.tiff"
    pages[0].save(path, save_all=True, append_images=pages[1:])
    return path
