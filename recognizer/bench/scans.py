"""From an image of a line of writing up to text: lines of forty characters, timed as `words` are."""

import time

import numpy as np

from recognizer import platform
from recognizer.bench.lines import LINES

ROUNDS = 8
CORE = 40  # px that the samples' core height is written with


def run() -> dict[str, float | int]:
    """Median and 95th percentile of a reading, share of words read right, and the time until the reader is loaded."""
    platform.set_threads(1)
    from recognizer.page import Page
    from recognizer.readers.catalog import load_reader
    from recognizer.training.synthesis.samples import Hand, write
    from recognizer.training.synthesis.scans import scanned, written

    start = time.process_time()
    reader = load_reader("scan")
    loaded = time.process_time() - start
    generator = np.random.default_rng(8)
    seconds, right = [], []
    for _ in range(ROUNDS):
        for text in LINES:
            ink = write(text, CORE, Hand(gap=0.12), generator)
            page = Page(scanned(written([stroke[:, :2] / CORE for stroke in ink.strokes], generator), generator))
            start = time.process_time()
            reading = reader.read(page)
            seconds.append(time.process_time() - start)
            read = reading.text.split()
            right += [word in read for word in text.split()]
    warm = seconds[len(LINES) :]
    return {
        "readings": len(warm),
        "right_share": float(np.mean(right)),
        "load_ms": 1e3 * loaded,
        "median_ms": 1e3 * float(np.median(warm)),
        "worst_of_20_ms": 1e3 * float(np.percentile(warm, 95)),
    }
