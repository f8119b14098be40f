"""What every space displacement network learns by: its frames against a text, with no word of where each character stands."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.training.learning.loop import Batch, half_precision


def sweep_loss(network: nn.Module, batch: Batch) -> Tensor:
    """The `text_loss` of a batch: images, and what that takes beside penalties."""
    images, frames, classes, lengths = batch
    with half_precision():
        penalties = network(images.contiguous(memory_format=torch.channels_last))
    return text_loss(penalties.float(), frames, classes, lengths)


def text_loss(penalties: Tensor, frames: Tensor, classes: Tensor, lengths: Tensor) -> Tensor:
    """-log P(text | image) over frames, mean over the characters of the batch: connectionist temporal classification.

    ``penalties`` (B, T, K), ``frames`` (B,): how many of each image count; the ``classes`` of all texts in a row, and how many
    each has, ``lengths`` (B,). The last class is the blank.
    """
    blank = penalties.shape[2] - 1
    losses = functional.ctc_loss(
        -penalties.transpose(0, 1), classes, frames, lengths, blank, "none", zero_infinity=True
    )
    return losses.sum() / lengths.sum()
