"""The cheques in resources/samples, in the hand that draws our other samples.

``python -m recognizer.training.synthesis.cheque_samples FOLDER`` makes them again, the same on every machine.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image

from recognizer.files import replacing
from recognizer.training.synthesis import samples
from recognizer.training.synthesis.cheques import Writers, WrittenCheque, draw_cheque
from recognizer.training.synthesis.glyphs import DIGITS, LOOKALIKES, Hand, PenGlyph

SEEDS = {"cheque-90.00": 16, "cheque-2558.00": 13}
SIGNS = "$.,-/*=#"
_VARIANTS = 6  # of each character
_SLASH = np.array([[0.4, 0.0], [0.2, 0.5], [0.0, 1.0]], np.float32) * 50
# Characters that the hand does not write, and what it writes instead.
_INSTEAD = {
    "Z": "z",
    "S": "s",
    "*": "-",
    "=": "-",
    "#": "-",
}


def main(folder: Path) -> None:
    """Writes the cheques into the folder."""
    for name, seed in SEEDS.items():
        with replacing(folder / f"{name}.jpg") as file:
            Image.fromarray(draw_sample(seed).grey).save(file, "JPEG", quality=80, dpi=(200, 200))


def draw_sample(seed: int) -> WrittenCheque:
    """A cheque filled in by nobody."""
    return draw_cheque(own_writers(), np.random.default_rng(seed))


def own_writers() -> Writers:
    """The hand of our samples, for amounts and for texts."""
    generator = np.random.default_rng(7)
    letters = "".join(LOOKALIKES.values())
    amounts = {
        "unipen": [_hand(DIGITS, generator)],
        "signs": [_hand(SIGNS, generator)],
        "letters": [_hand(letters, generator)],
    }
    return Writers(amounts, [_hand("abcdefghijklmnopqrstuvwxyz0123456789/-.,", generator)])


def _hand(characters: str, generator: np.random.Generator) -> Hand:
    return Hand({c: [_glyph(_INSTEAD.get(c, c), generator) for _ in range(_VARIANTS)] for c in characters})


def _glyph(character: str, generator: np.random.Generator) -> PenGlyph:
    if character == "/":
        return PenGlyph(_SLASH, np.array([0]))
    strokes = [stroke[:, :2] for stroke in samples.write(character, 50, samples.Style(slant=0.05), generator).strokes]
    return PenGlyph.of(strokes)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
