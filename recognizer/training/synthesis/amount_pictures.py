"""Made-up amounts as pictures."""

import numpy as np

from recognizer.errors import InputError
from recognizer.language.money import CHARACTERS, character_of
from recognizer.page.frames import picture_of
from recognizer.training.data.line_pictures import LinePictures
from recognizer.training.synthesis.amount_texts import draw_text
from recognizer.training.synthesis.amounts import write_amount
from recognizer.training.synthesis.glyphs import Hand

CLASSES = (*CHARACTERS, "blank")
BLANK = len(CLASSES) - 1


def make_pictures(hands: dict[str, list[Hand]], count: int, generator: np.random.Generator) -> LinePictures:
    """Write and normalise so many amounts; those that hold no line to read are left out."""
    pictures, texts = [], []
    for _ in range(count):
        amount = write_amount(draw_text(generator), hands, generator)
        try:
            pictures.append(picture_of(amount.grey))
        except InputError:
            continue
        texts.append("".join(map(character_of, amount.text)))
    return LinePictures.of(pictures, texts)
