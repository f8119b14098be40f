"""The pen number model that ships reads numbers as a person draws them, in any size, one stroke or several."""

from contextlib import suppress

import numpy as np
import pytest

from recognizer.errors import NothingToRead
from recognizer.ink import Ink, read_inkml
from recognizer.platform import resources_folder
from recognizer.readers.catalog import load_reader
from recognizer.training.recipes import RECIPES

pytestmark = pytest.mark.skipif(not RECIPES["ink-number"].out.exists(), reason="the model is not trained yet")

Stroke = list[tuple[float, float]]


@pytest.fixture(scope="module")
def reader():
    return load_reader("number")


def ink_of(*strokes: Stroke) -> Ink:
    return Ink(tuple(np.column_stack([np.array(s, float), np.arange(len(s)) / 100]) for s in strokes))


def line(x0: float, y0: float, x1: float, y1: float, points: int = 15) -> Stroke:
    share = np.linspace(0, 1, points)
    return list(zip(x0 + share * (x1 - x0), y0 + share * (y1 - y0), strict=True))


def ring(x: float) -> Stroke:
    angle = np.linspace(0, 2 * np.pi, 40)
    return list(zip(x - 30 * np.sin(angle), 50 - 45 * np.cos(angle), strict=True))


SEVEN = line(0, 0, 60, 0) + line(60, 0, 25, 100)
FOUR = (line(30, 0, 0, 60) + line(0, 60, 60, 60), line(45, 30, 45, 100))
NUMBERS = {
    "one": ("1", ink_of(line(0, 0, 0, 100))),
    "ones": ("111", ink_of(*(line(x, 0, x, 100) for x in (0, 40, 80)))),
    "ones far apart": ("11", ink_of(line(0, 0, 0, 100), line(300, 0, 300, 100))),
    "two strokes": ("4", ink_of(*FOUR)),
    "bar at once": ("7", ink_of(SEVEN, line(15, 50, 60, 50))),
    "bar at the end": ("71", ink_of(SEVEN, line(110, 0, 110, 100), line(15, 50, 60, 50))),
    "joined": ("00", ink_of(ring(50) + line(60, 5, 120, 5, 8) + ring(130))),
}


@pytest.mark.parametrize("factor", [0.3, 1.0, 4.0])
@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_drawn_on_a_canvas_are_read_in_any_size(reader, name, factor):
    text, ink = NUMBERS[name]
    assert reader.read(ink.scaled(factor)).text == text


@pytest.mark.parametrize("ink", [ink_of([(5, 5)]), ink_of([(5, 5)], [(60, 5)]), ink_of(line(0, 0, 80, 0))])
def test_dots_and_a_dash_are_not_trusted(reader, ink):
    with suppress(NothingToRead):
        assert not reader.read(ink).accepted


def test_the_samples_are_read(reader):
    samples = sorted((resources_folder() / "samples").glob("number-*.inkml"))
    assert samples
    for path in samples:
        assert reader.read(read_inkml(path)).text == path.stem.removeprefix("number-")
