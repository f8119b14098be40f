"""From an image of a page of writing up to text, as somebody waits for it: thirty lines of forty characters, on all cores."""

import time
from statistics import mean, median
from typing import TYPE_CHECKING, Any

import numpy as np

from recognizer.bench.lines import LINES
from recognizer.bench.scans import CORE
from recognizer.bench.words import written

if TYPE_CHECKING:
    from recognizer.page import Page

COUNT, PITCH = 30, 2.0  # lines of a page, and from one to the next [heights of a digit]
PAGES = 5


def run() -> dict[str, float | int]:
    """Median and longest time of a page, median time until its first line is read, and shares of lines found and of words read right; the
    first page only warms up."""
    from recognizer.readers.catalog import load_reader

    reader: Any = load_reader("scan")
    generator = np.random.default_rng(8)
    whole, first, found, right = [], [], [], []
    for _ in range(PAGES + 1):
        source, texts = page(generator)
        heard: list[float] = []
        start = time.perf_counter()
        reading = reader.read(source, on_line=lambda _done, _total, heard=heard: heard.append(time.perf_counter()))
        whole.append(time.perf_counter() - start)
        first.append(heard[1] - start)
        lines = [line.text.split() for line in reading.lines]
        found.append(len(lines) / COUNT)
        right += [word in line for text, line in zip(texts, lines, strict=False) for word in text.split()]
    return {
        "pages": PAGES,
        "lines_found_share": mean(found),
        "right_share": float(np.mean(right)),
        "first_line_ms": 1e3 * median(first[1:]),
        "median_ms": 1e3 * median(whole[1:]),
        "worst_ms": 1e3 * max(whole[1:]),
    }


def page(generator: np.random.Generator) -> "tuple[Page, list[str]]":
    """The samples' hand, drawn and scanned, and what it wrote."""
    from recognizer.page import Page
    from recognizer.training.synthesis import scans

    texts = [LINES[number % len(LINES)] for number in range(COUNT)]
    strokes = []
    for number, text in enumerate(texts):
        ink = written(text, generator, CORE)
        strokes += [stroke[:, :2] / CORE + np.array([0, PITCH * number]) for stroke in ink.strokes]
    return Page(scans.scanned(scans.written(strokes, generator), generator)), texts
