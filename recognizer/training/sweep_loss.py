"""What every space displacement network learns by: its frames against a text, with no word of where each character stands."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.training.loop import Batch, half_precision


def sweep_loss(network: nn.Module, batch: Batch) -> Tensor:
    """-log P(text | image) over frames, mean over the characters of the batch: connectionist temporal classification.

    ``batch``: images, how many frames of each count, the classes of all texts in a row, and how many each has; the last
    class of the network is the blank.
    """
    images, frames, classes, lengths = batch
    with half_precision():
        penalties = network(images.contiguous(memory_format=torch.channels_last))
    evidence, blank = -penalties.float().transpose(0, 1), penalties.shape[2] - 1
    losses = functional.ctc_loss(evidence, classes, frames, lengths, blank, "none", zero_infinity=True)
    return losses.sum() / lengths.sum()
