"""Amounts whose point is as wide as the pen and close to what follows: lost, it makes an amount a hundred times as large."""

import numpy as np
import pytest

from recognizer.ink import Ink
from recognizer.page import Page
from recognizer.readers.catalog import load_reader
from recognizer.readers.reading import Reading
from recognizer.training.synthesis.samples import Paper, Style, scan, write

AMOUNTS = 40


def _pointed(dollars: str, cents: str, generator: np.random.Generator) -> np.ndarray:
    """Grey levels (H, W) uint8 of an amount whose point is one touch of the pen."""
    height = generator.uniform(24, 60)
    hand = Style(slant=generator.uniform(0, 0.3), gap=generator.uniform(0.14, 0.28), wander=0.02, uneven=0.02)
    before, after = (write(text, height, hand, generator) for text in (dollars, cents))
    *_, right, foot = before.bounds
    pen, time = height * generator.uniform(0.05, 0.09), before.strokes[-1][-1, 2] + 0.2
    x = right + max(hand.gap * height, 1.5 * pen)
    dot = np.array([[x, foot - 0.02 * height, time], [x + 0.015 * height, foot, time + 0.01]])
    after = after.translated(x + generator.uniform(0.06, 0.16) * height + pen / 2 - after.bounds[0], 0)
    pressures = (*(before.pressures or ()), np.full(2, 0.55), *(after.pressures or ()))
    ink = Ink((*before.strokes, dot, *after.strokes), pressures)
    paper = Paper(grey=generator.uniform(215, 245), print_depth=0, period=7, ink=50, pen=pen, rule=False)
    return np.pad(np.asarray(scan(ink, paper, generator)), 12, mode="edge")


@pytest.fixture(scope="module")
def readings() -> list[tuple[str, Reading]]:
    reader, found = load_reader("amount"), []
    for number in range(AMOUNTS):
        generator = np.random.default_rng([818, number])
        dollars, cents = str(generator.integers(1, 2000)), f"{generator.integers(100):02d}"
        sign = "$" if generator.random() < 0.4 else ""
        grey = _pointed(sign + dollars, cents, generator)
        found.append((f"{dollars}.{cents}", reader.read(Page(grey))))
    return found


def test_most_are_read(readings: list[tuple[str, Reading]]) -> None:
    assert sum(reading.value == value for value, reading in readings) >= 0.8 * AMOUNTS


def test_none_is_accepted_as_a_hundredfold(readings: list[tuple[str, Reading]]) -> None:
    accepted = [(value, reading.value) for value, reading in readings if reading.accepted]
    assert len(accepted) >= 0.2 * AMOUNTS
    assert not [pair for pair in accepted if pair[1] != pair[0]]
