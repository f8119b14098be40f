"""Pages of writing up to text, as somebody waits for them: thirty lines of forty characters on an image, twenty-five of pen ink, on all
cores."""

import time
from collections.abc import Callable
from statistics import mean, median
from typing import Any

import numpy as np

from recognizer.bench.lines import LINES
from recognizer.bench.scans import CORE
from recognizer.bench.words import written
from recognizer.ink import Ink

PITCH = 2.0  # from one line to the next [heights of a digit]
PAGES = 5


def run() -> dict[str, float | int]:
    """Of either kind of page the median and longest time, the median time until the first line is read, and the shares of lines found
    and of words read right; the first page only warms up."""
    from recognizer.page import Page
    from recognizer.training.synthesis import scans

    def scanned(ink: Ink, generator: np.random.Generator) -> Page:
        strokes = [stroke[:, :2] / CORE for stroke in ink.strokes]
        return Page(scans.scanned(scans.written(strokes, generator), generator))

    return {"pages": PAGES} | _timed("scan", 30, scanned) | _timed("text", 25, lambda ink, _generator: ink)


def _timed(kind: Any, count: int, source_of: Callable[[Ink, np.random.Generator], Any]) -> dict[str, float]:
    """Figures of pages of so many lines, which ``source_of`` makes from their ink."""
    from recognizer.readers.catalog import load_reader

    reader: Any = load_reader(kind)
    generator = np.random.default_rng(8)
    whole, first, found, right = [], [], [], []
    for _ in range(PAGES + 1):
        texts = [LINES[number % len(LINES)] for number in range(count)]
        source = source_of(_page(texts, generator), generator)
        heard: list[float] = []
        start = time.perf_counter()
        reading = reader.read(source, on_line=lambda _done, _total, heard=heard: heard.append(time.perf_counter()))
        whole.append(time.perf_counter() - start)
        first.append(heard[1] - start)
        lines = [line.text.split() for line in reading.lines]
        found.append(len(lines) / count)
        right += [word in line for text, line in zip(texts, lines, strict=False) for word in text.split()]
    figures = {
        "lines_found_share": mean(found),
        "right_share": float(np.mean(right)),
        "first_line_ms": 1e3 * median(first[1:]),
        "median_ms": 1e3 * median(whole[1:]),
        "worst_ms": 1e3 * max(whole[1:]),
    }
    return {f"{kind}_{name}": figure for name, figure in figures.items()}


def _page(texts: list[str], generator: np.random.Generator) -> Ink:
    """In the samples' hand."""
    strokes = []
    for number, text in enumerate(texts):
        for stroke in written(text, generator, CORE).strokes:
            strokes.append(stroke + np.eye(stroke.shape[1])[1] * PITCH * CORE * number)
    return Ink(tuple(strokes))
