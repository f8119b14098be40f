"""From pen up to text: words of eight letters in the hand of the samples, read with the lexicon; one thread, warm."""

import time
from collections.abc import Sequence

import numpy as np

from recognizer import platform

WORDS = ("notebook", "mountain", "sunlight", "keyboard", "quantity", "exercise", "blizzard", "jumpsuit")
ROUNDS = 12


def run() -> dict[str, float | int]:
    """Median and 95th percentile of a reading, share of words read right, and the time until the reader is loaded."""
    return timed(WORDS)


def timed(texts: Sequence[str]) -> dict[str, float | int]:
    """The same figures of any texts."""
    platform.set_threads(1)
    from recognizer.readers.catalog import load_reader
    from recognizer.training.synthesis.samples import Hand, write

    start = time.perf_counter()
    reader = load_reader("text")
    loaded = time.perf_counter() - start
    generator = np.random.default_rng(8)
    seconds, right = [], []
    for _ in range(ROUNDS):
        for text in texts:
            ink = write(text, 60, Hand(gap=0.12), generator)
            start = time.perf_counter()
            reading = reader.read(ink)
            seconds.append(time.perf_counter() - start)
            read = reading.text.split()
            right += [word in read for word in text.split()]
    warm = seconds[len(texts) :]
    return {
        "readings": len(warm),
        "right_share": float(np.mean(right)),
        "load_ms": 1e3 * loaded,
        "median_ms": 1e3 * float(np.median(warm)),
        "worst_of_20_ms": 1e3 * float(np.percentile(warm, 95)),
    }
