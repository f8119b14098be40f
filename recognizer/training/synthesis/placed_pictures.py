"""Made-up amounts as pictures, with the place of each character."""

from dataclasses import dataclass

import numpy as np

from recognizer.errors import InputError
from recognizer.language.money import character_of
from recognizer.page import Page, frames_of_page
from recognizer.training.data.line_pictures import LinePictures
from recognizer.training.synthesis.amount_texts import draw_text
from recognizer.training.synthesis.amounts import write_amount
from recognizer.training.synthesis.glyphs import Hand


@dataclass(frozen=True)
class PlacedPictures:
    """Amounts, and for each the frames (characters,) float that the middles of its characters' ink stand at."""

    pictures: LinePictures
    places: list[np.ndarray]

    def __len__(self) -> int:
        return len(self.pictures)


def make_placed(hands: dict[str, list[Hand]], count: int, generator: np.random.Generator) -> PlacedPictures:
    """Write so many amounts; those are left out that hold no line to read, or a character none of whose ink was found."""
    pictures, texts, places = [], [], []
    for _ in range(count):
        amount = write_amount(draw_text(generator), hands, generator)
        try:
            frames = frames_of_page(Page(amount.grey))
        except InputError:
            continue
        owner = np.where(frames.piece_map >= 0, amount.owner, -1)
        found = [frames.piece_map[owner == index] for index, each in enumerate(amount.text) if each != " "]
        if all(len(of_one) for of_one in found):
            pictures.append(frames.picture)
            texts.append("".join(map(character_of, amount.text)))
            places.append(np.array([(int(of_one.min()) + int(of_one.max()) + 1) / 2 for of_one in found]))
    return PlacedPictures(LinePictures.of(pictures, texts), places)
