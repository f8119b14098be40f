"""The places of characters: what the space displacement network of amounts learns before whole texts, and beside them, so that it
stays as unsure as it should be."""

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.frames import STRIDE
from recognizer.training.data.word_pictures import by_width
from recognizer.training.learning.displacement import text_loss
from recognizer.training.learning.loop import Batch, half_precision
from recognizer.training.synthesis.amount_pictures import BLANK, CLASSES
from recognizer.training.synthesis.placed_pictures import PlacedPictures
from recognizer.training.synthesis.word_distort import distorted

UNSAID = -100  # class of the frames beside a character's middle, and behind the line: whatever they say is right
PLACES = 2.0  # weight of the frames' loss beside that of the texts


def placed_batches(placed: PlacedPictures, columns: int, generator: np.random.Generator) -> Iterator[Batch]:
    """As `line_batches`, and the class that each frame should say (B, frames): a character in its middle, else blank."""
    pictures = placed.pictures
    for chosen in by_width(pictures.widths, columns, generator):
        images, widths = distorted(pictures.batch(chosen), pictures.widths[chosen], generator)
        texts = [torch.tensor([CLASSES.index(character) for character in pictures.texts[k]]) for k in chosen]
        said = torch.full((len(chosen), images.shape[3] // STRIDE), BLANK)
        for row, k in enumerate(chosen):
            middle = torch.from_numpy(placed.places[k] * float(widths[row]) / pictures.widths[k]).round().long()
            for beside in (middle - 1, middle + 1):
                said[row, beside.clamp(0, said.shape[1] - 1)] = UNSAID
            said[row, int(widths[row]) // STRIDE :] = UNSAID
            said[row, middle.clamp(0, said.shape[1] - 1)] = texts[row]
        yield images, widths // STRIDE, torch.cat(texts), torch.tensor([len(text) for text in texts]), said


def places_loss(network: nn.Module, batch: Batch) -> Tensor:
    """-log P of what each frame (B, T) should say, mean over them: all that is learnt is where each character stands."""
    return _of_frames(_penalties(network, batch), batch)


def placed_loss(network: nn.Module, batch: Batch) -> Tensor:
    """Global training on a batch of images (B, channels, ROWS, W): the loss of the texts, and PLACES times that of the frames."""
    penalties = _penalties(network, batch)
    return text_loss(penalties, *batch[1:4]) + PLACES * _of_frames(penalties, batch)


def _penalties(network: nn.Module, batch: Batch) -> Tensor:
    with half_precision():
        penalties: Tensor = network(batch[0].contiguous(memory_format=torch.channels_last))
    return penalties.float()


def _of_frames(penalties: Tensor, batch: Batch) -> Tensor:
    return functional.nll_loss(-penalties.flatten(0, 1), batch[4].flatten(), ignore_index=UNSAID)
