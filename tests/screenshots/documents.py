"""Screenshots of documents: none, an amount, a cheque, several pages."""

import tempfile
from pathlib import Path

from PIL import Image

from tests.screenshots.scene import SAMPLES, Scene, State
from ui.readers import KINDS, PAGE
from ui.window import Window


def scene() -> Scene:
    """Someone opens pictures, with the readers that ship."""
    return Scene(KINDS, states)


def states(window: Window) -> list[State]:
    """From no page to a file of several."""
    return [
        ("empty", lambda: window.bench.look_at(PAGE)),
        ("amount", lambda: window.open_paths([SAMPLES / "amount-1250.00.png"])),
        ("chosen", lambda: window.bench.desk.spotlight.choose(0)),
        ("refused", lambda: window.open_paths([SAMPLES / "amount-742.50.png"])),
        ("cheque", lambda: window.open_paths([SAMPLES / "cheque-2558.00.jpg"])),
        ("pages", lambda: window.open_paths([_several_pages()])),
    ]


def _several_pages() -> Path:
    pages = [Image.open(file) for file in sorted(SAMPLES.glob("amount-*.png"))]
    path = Path(tempfile.mkdtemp()) / "amounts.tiff"
    pages[0].save(path, save_all=True, append_images=pages[1:])
    return path
