"""Hands of nobody's: each character is a few straight strokes, or a picture of them."""

from itertools import pairwise

import numpy as np

from recognizer.training.synthesis.glyphs import DIGITS, LOOKALIKES, SIGNS, Glyph, Hand, PenGlyph, Picture
from tests.recognizer.writing import STROKES, write


def _trajectory(strokes: list[list[tuple[float, float]]]) -> PenGlyph:
    points = [np.linspace(a, b, 8) for stroke in strokes for a, b in pairwise(stroke)]
    lengths = [8 * (len(stroke) - 1) for stroke in strokes]
    starts = np.cumsum([0, *lengths[:-1]])
    return PenGlyph((100 * np.concatenate(points)).astype(np.float32), starts)


def _hand(characters: str) -> Hand:
    """The characters that `writing` draws, and its 4 for the others."""
    return Hand({character: [_trajectory(STROKES.get(character, STROKES["4"]))] for character in characters})


def _pictures() -> Hand:
    glyphs: dict[str, list[Glyph]] = {}
    for digit in DIGITS:
        ink = 1 - write(digit if digit in STROKES else "4", 20, 2.5, paper=255, ink=0) / np.float32(255)
        rows, columns = np.flatnonzero(ink.max(1) > 0.1), np.flatnonzero(ink.max(0) > 0.1)
        glyphs[digit] = [Picture(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])]
    return Hand(glyphs)


def hands() -> dict[str, list[Hand]]:
    """As `load_hands` gives them."""
    return {
        "mnist": [_pictures()],
        "unipen": [_hand(DIGITS)],
        "signs": [_hand(SIGNS)],
        "letters": [_hand("".join(LOOKALIKES.values()))],
    }
