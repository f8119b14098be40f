"""A reader of three pieces of ink, whose answer is known."""

import numpy as np
import pytest

from recognizer.gtn import graph_of
from recognizer.ink import Ink
from recognizer.page import Page
from recognizer.readers.reader import LatticeReader
from recognizer.readers.reading import Reading
from recognizer.segments import Segments

CLASSES = ("1", "2", "<", "junk")
FIRST, LAST = np.array([0, 1, 2, 0, 1], np.int32), np.array([1, 2, 3, 2, 3], np.int32)
# Segments 3 (pieces 0 and 1, a "2") and 2 (piece 2, a "<") are the best path.
PENALTIES = np.array([[9, 9, 9, 0], [9, 9, 9, 0], [5, 5, 0.1, 3], [4, 0.2, 4, 3], [3, 3, 3, 1]], np.float32)


def _segment(source: Ink | Page) -> Segments:
    boxes = np.zeros((5, 4), np.float32)
    return Segments(
        np.array([10, 14, 60, 90], np.float32), FIRST, LAST, boxes, np.zeros((5, 1, 2, 2), np.float32), boxes
    )


@pytest.fixture
def reader() -> LatticeReader[Ink | Page]:
    grammar = graph_of([0, 0, 0], [0, 0, 0], [1, 2, 3], final=[0])
    return LatticeReader(_segment, lambda images: PENALTIES, grammar, CLASSES, ("", *CLASSES[:-1], ""), 0.5)


@pytest.fixture
def ink() -> Ink:
    return Ink((np.array([[10, 5, 0], [90, 45, 1]], np.float32),))


@pytest.fixture
def reading(reader: LatticeReader[Ink | Page], ink: Ink) -> Reading:
    return reader.read(ink)
