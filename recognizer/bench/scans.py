"""From an image of a line of writing up to text: lines of forty characters, timed as `words` are."""

import time
from typing import TYPE_CHECKING

import numpy as np

from recognizer.bench import words
from recognizer.bench.lines import LINES

if TYPE_CHECKING:
    from recognizer.page import Page

ROUNDS = 8
CORE = 40  # px that the samples' core height is written with


def run() -> dict[str, float | int]:
    """Median and 95th percentile of a reading, share of words read right, and the time until the reader is loaded."""
    return words.timed("scan", LINES, scanned, ROUNDS, time.process_time)


def scanned(text: str, generator: np.random.Generator) -> "Page":
    """The same hand, drawn and scanned."""
    from recognizer.page import Page
    from recognizer.training.synthesis import scans

    ink = words.written(text, generator, CORE)
    return Page(scans.scanned(scans.written([stroke[:, :2] / CORE for stroke in ink.strokes], generator), generator))
