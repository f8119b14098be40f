"""From pen up to text: words of eight letters in the hand of the samples, read with the lexicon; one thread, warm."""

import time

import numpy as np

from recognizer import platform

WORDS = ("notebook", "mountain", "sunlight", "keyboard", "quantity", "exercise", "blizzard", "jumpsuit")
ROUNDS = 12


def run() -> dict[str, float | int]:
    """Median and 95th percentile of a reading, share of words read right, and the time until the reader is loaded."""
    platform.set_threads(1)
    from recognizer.readers import load_ink_reader
    from recognizer.training.synthesis.samples import Hand, write

    start = time.perf_counter()
    reader = load_ink_reader()
    loaded = time.perf_counter() - start
    generator = np.random.default_rng(8)
    seconds, right = [], 0
    for _ in range(ROUNDS):
        for word in WORDS:
            ink = write(word, 60, Hand(gap=0.12), generator)
            start = time.perf_counter()
            reading = reader.read(ink)
            seconds.append(time.perf_counter() - start)
            right += reading.text == word
    warm = seconds[len(WORDS) :]
    return {
        "readings": len(warm),
        "right_share": right / len(seconds),
        "load_ms": 1e3 * loaded,
        "median_ms": 1e3 * float(np.median(warm)),
        "worst_of_20_ms": 1e3 * float(np.percentile(warm, 95)),
    }
