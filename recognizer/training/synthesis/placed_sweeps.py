"""Made-up amounts as sweeps, with the place of each character: what the space displacement network learns before whole texts,
and beside them, so that it stays as unsure as it should be."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.errors import InputError
from recognizer.page import Page, sweep_page
from recognizer.page.frames import STRIDE
from recognizer.training.data.word_pictures import by_width
from recognizer.training.learning.loop import Batch, half_precision
from recognizer.training.learning.sweep_loss import text_loss
from recognizer.training.synthesis.amount_sweeps import BLANK, CLASSES, Sweeps
from recognizer.training.synthesis.amount_texts import draw_text
from recognizer.training.synthesis.amounts import write_amount
from recognizer.training.synthesis.glyphs import Hand
from recognizer.training.synthesis.word_distort import distorted

UNSAID = -100  # class of the frames beside a character's middle, and behind the line: whatever they say is right
PLACES = 2.0  # weight of the frames' loss beside that of the texts


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
            texts.append(amount.text)
            places.append(np.array([(int(of_one.min()) + int(of_one.max()) + 1) / 2 for of_one in found]))
    return PlacedSweeps(Sweeps.of(sweeps, texts), places)


def placed_batches(placed: PlacedSweeps, columns: int, generator: np.random.Generator) -> Iterator[Batch]:
    """As `amount_sweeps.batches`, and the class that each frame should say (B, frames): a character in its middle, else blank."""
    sweeps = placed.sweeps
    for chosen in by_width(sweeps.widths, columns, generator):
        images, widths = distorted(sweeps.batch(chosen), sweeps.widths[chosen], generator)
        texts = [torch.tensor([CLASSES.index(character) for character in sweeps.texts[k]]) for k in chosen]
        said = torch.full((len(chosen), images.shape[3] // STRIDE), BLANK)
        for row, k in enumerate(chosen):
            middle = torch.from_numpy(placed.places[k] * float(widths[row]) / sweeps.widths[k]).round().long()
            for beside in (middle - 1, middle + 1):
                said[row, beside.clamp(0, said.shape[1] - 1)] = UNSAID
            said[row, int(widths[row]) // STRIDE :] = UNSAID
            said[row, middle.clamp(0, said.shape[1] - 1)] = texts[row]
        yield images, widths // STRIDE, torch.cat(texts), torch.tensor([len(text) for text in texts]), said


def places_loss(network: nn.Module, batch: Batch) -> Tensor:
    """-log P of what each frame should say, mean over them: all that is learnt is where each character stands."""
    return _of_frames(_penalties(network, batch), batch)


def placed_loss(network: nn.Module, batch: Batch) -> Tensor:
    """Global training: the loss of the texts, and PLACES times that of the frames."""
    penalties = _penalties(network, batch)
    return text_loss(penalties, *batch[1:4]) + PLACES * _of_frames(penalties, batch)


def _penalties(network: nn.Module, batch: Batch) -> Tensor:
    with half_precision():
        penalties: Tensor = network(batch[0].contiguous(memory_format=torch.channels_last))
    return penalties.float()


def _of_frames(penalties: Tensor, batch: Batch) -> Tensor:
    return functional.nll_loss(-penalties.flatten(0, 1), batch[4].flatten(), ignore_index=UNSAID)
