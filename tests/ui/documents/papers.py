"""Small documents for the stand-in readers: as many bars as the amount has digits."""

from pathlib import Path

import numpy as np
from PIL import Image

INKML = '<ink xmlns="http://www.w3.org/2003/InkML"><trace>10 10, 12 40, 14 70</trace><trace>60 10, 62 40, 64 70</trace></ink>'


def amount(bars: int = 3) -> Image.Image:
    grey = np.full((80, 400), 240, np.uint8)
    for bar in range(bars):
        grey[20:60, 20 + 40 * bar : 34 + 40 * bar] = 30
    return Image.fromarray(grey)


def write_folder(folder: Path) -> Path:
    """Two pictures, a document of three pages, ink, a broken file, and what is no document at all."""
    (folder / "more").mkdir(parents=True)
    amount(1).save(folder / "a.png")
    amount(2).save(folder / "b.png")
    amount(1).save(folder / "c.tiff", save_all=True, append_images=[amount(2), amount(3)])
    (folder / "d.inkml").write_text(INKML)
    (folder / "e.png").write_bytes(b"\x89PNG broken")
    (folder / "more" / "f.png").write_bytes((folder / "b.png").read_bytes())
    (folder / "notes.txt").write_text("not read")
    (folder / ".hidden.png").write_bytes((folder / "b.png").read_bytes())
    return folder


TEXTS = {
    "a.png": ["0"],
    "b.png": ["01"],
    "c.tiff": ["0", "01", "012"],
    "d.inkml": ["01"],
    "e.png": [""],
    "f.png": ["01"],
}
