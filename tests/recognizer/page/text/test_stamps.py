"""Round stamps are told from what a hand draws around its writing."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from recognizer.page.text import find_text
from recognizer.page.text.stamps import stamps_on

CORE = 24.0
MIDDLE, RADIUS = (420, 300), 90


def wave(pencil: ImageDraw.ImageDraw, left: float, top: float, turns: int) -> None:
    """Writing as small letters that are joined are."""
    turn = np.arange(0, 2 * np.pi * turns, 0.1)
    points = np.stack([left + 5 * turn + 6 * np.cos(turn), top - 14 * np.sin(turn)], 1)
    pencil.line(points.ravel().tolist(), fill=40, width=4)


def ring(pencil: ImageDraw.ImageDraw, radius: float, width: int, wobble: float = 0.0, missing: int = 0) -> None:
    """A rim around MIDDLE, of which so many of twenty parts are missing."""
    for part in np.random.default_rng(2).permutation(20)[missing:]:
        turn = np.linspace(part, part + 1, 12) * np.pi / 10
        away = radius * (1 + wobble * np.sin(3 * turn + 1) + 0.6 * wobble * np.cos(2 * turn))
        points = np.array(MIDDLE) + away[:, None] * np.stack([np.cos(turn), np.sin(turn)], 1)
        pencil.line(points.ravel().tolist(), fill=60, width=width)


def page() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("L", (900, 900), 240)
    return image, ImageDraw.Draw(image)


def stamps_of(image: Image.Image) -> np.ndarray:
    return stamps_on(np.asarray(image) < 128, CORE)


@pytest.mark.parametrize("missing", [0, 5])
def test_two_rims_around_one_middle_are_a_stamp_whatever_is_beside_it(missing: int) -> None:
    image, pencil = page()
    for line in range(5):
        wave(pencil, 60, 500 + 80 * line, 24)
    ring(pencil, RADIUS, 4, missing=missing)
    ring(pencil, RADIUS - 9, 2, missing=missing)
    ((x, y, radius),) = stamps_of(image)
    assert (x, y) == pytest.approx(MIDDLE, abs=3)
    assert RADIUS + 2 < radius < 1.2 * RADIUS


def test_what_a_hand_draws_around_writing_and_the_ring_of_a_cup_are_none() -> None:
    image, pencil = page()
    ring(pencil, RADIUS, 4, wobble=0.04)
    ring(pencil, RADIUS - 12, 4, wobble=-0.03)
    assert not len(stamps_of(image))
    image, pencil = page()
    ring(pencil, RADIUS, 14)
    assert not len(stamps_of(image))


@pytest.mark.parametrize("shape", [(1, 1), (3, 700), (700, 3), (40, 40)])
def test_ink_of_any_shape_is_answered(shape: tuple[int, int]) -> None:
    assert not len(stamps_on(np.zeros(shape, bool), CORE))
    assert not len(stamps_on(np.ones(shape, bool), CORE))


def test_what_a_stamp_says_is_print_and_a_line_that_goes_through_it_is_written() -> None:
    image, pencil = page()
    for line in range(5):
        wave(pencil, 60, 500 + 80 * line, 24)
    ring(pencil, RADIUS, 4)
    ring(pencil, RADIUS - 9, 2)
    pencil.text(MIDDLE, "COPY", fill=60, font=ImageFont.load_default(36.0), anchor="mm")
    found = find_text(np.asarray(image))
    assert len(found.lines) == 5
    assert {region.shows for region in found.regions} == {"print"}
    wave(pencil, 60, 300, 24)
    assert len(find_text(np.asarray(image)).lines) == 6
