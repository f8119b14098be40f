"""From pen up to text: words of eight letters in the hand of the samples, read with the lexicon; one thread, warm."""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from recognizer import platform

if TYPE_CHECKING:
    from recognizer.ink import Ink
    from recognizer.readers.catalog import Kind

WORDS = ("notebook", "mountain", "sunlight", "keyboard", "quantity", "exercise", "blizzard", "jumpsuit")
ROUNDS = 12


def run() -> dict[str, float | int]:
    """Median and 95th percentile of a reading, share of words read right, and the time until the reader is loaded."""
    return timed("text", WORDS, written)


def written(text: str, generator: np.random.Generator, core: float = 60) -> "Ink":
    """In the hand of the samples, letters ``core`` px high."""
    from recognizer.training.synthesis.samples import Style, write

    return write(text, core, Style(gap=0.12), generator)


def timed(
    kind: "Kind",
    texts: Sequence[str],
    source_of: Callable[[str, np.random.Generator], Any],
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float | int]:
    """The same figures of the reader of a kind and any texts, by a clock of seconds; all of the first round only warms up."""
    platform.set_threads(1)
    from recognizer.readers.catalog import load_reader

    start = clock()
    reader = load_reader(kind)
    loaded = clock() - start
    generator = np.random.default_rng(8)
    seconds, right = [], []
    for _ in range(rounds):
        for text in texts:
            source = source_of(text, generator)
            start = clock()
            reading = reader.read(source)
            seconds.append(clock() - start)
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
