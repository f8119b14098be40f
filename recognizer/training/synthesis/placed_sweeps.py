"""Made-up amounts as sweeps, with the place of each character."""

from dataclasses import dataclass

import numpy as np

from recognizer.errors import InputError
from recognizer.language.money import character_of
from recognizer.page import Page, sweep_page
from recognizer.training.data.sweeps import Sweeps
from recognizer.training.synthesis.amount_texts import draw_text
from recognizer.training.synthesis.amounts import write_amount
from recognizer.training.synthesis.glyphs import Hand


@dataclass(frozen=True)
class PlacedSweeps:
    """Amounts, and for each the frames (characters,) float that the middles of its characters' ink stand at."""

    sweeps: Sweeps
    places: list[np.ndarray]

    def __len__(self) -> int:
        return len(self.sweeps)


def make_placed(hands: dict[str, list[Hand]], count: int, generator: np.random.Generator) -> PlacedSweeps:
    """Write so many amounts; those are left out that hold no line to read, or a character none of whose ink was found."""
    sweeps, texts, places = [], [], []
    for _ in range(count):
        amount = write_amount(draw_text(generator), hands, generator)
        try:
            frames = sweep_page(Page(amount.grey))
        except InputError:
            continue
        owner = np.where(frames.piece_map >= 0, amount.owner, -1)
        found = [frames.piece_map[owner == index] for index, each in enumerate(amount.text) if each != " "]
        if all(len(of_one) for of_one in found):
            sweeps.append(frames.sweep)
            texts.append("".join(map(character_of, amount.text)))
            places.append(np.array([(int(of_one.min()) + int(of_one.max()) + 1) / 2 for of_one in found]))
    return PlacedSweeps(Sweeps.of(sweeps, texts), places)
