"""How space displacement networks learn: their frames against a text, with no word of where each character stands."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.frames import STRIDE
from recognizer.language.alphabet import labels_of
from recognizer.training.data.line_pictures import LinePictures
from recognizer.training.data.word_pictures import WordPictures, by_width
from recognizer.training.learning.loop import Batch, half_precision
from recognizer.training.synthesis.word_distort import distorted


def line_batches(
    pictures: LinePictures, alphabet: Sequence[str], columns: int, generator: np.random.Generator
) -> Iterator[Batch]:
    """Distorted images, their frames, the classes of all texts in a row (by ``alphabet``) and how many each has; some
    ``columns`` a batch."""
    for chosen in by_width(pictures.widths, columns, generator):
        images, widths = distorted(pictures.batch(chosen), pictures.widths[chosen], generator)
        texts = [pictures.texts[k] for k in chosen]
        classes = torch.tensor([alphabet.index(character) for text in texts for character in text])
        yield images, widths // STRIDE, classes, torch.tensor([len(text) for text in texts])


def word_batch(pictures: WordPictures, chosen: np.ndarray, generator: np.random.Generator) -> Batch:
    """The same of some words or lines (n,), whose classes are those of the alphabet of text."""
    images, widths = distorted(pictures.batch(chosen), pictures.widths[chosen], generator)
    texts = [labels_of(str(pictures.labels[word])) or [] for word in chosen]
    classes = torch.tensor([label - 1 for text in texts for label in text])
    return images, widths // STRIDE, classes, torch.tensor([len(text) for text in texts])


def mixed_batches(
    training: Mapping[str, WordPictures], shown: Mapping[str, int], columns: int, generator: np.random.Generator
) -> Iterator[Batch]:
    """So many such batches of each set as are ``shown``, of some ``columns``, in random order."""
    drawn = [
        (training[name], batch)
        for name, count in shown.items()
        for batch in islice(by_width(training[name].widths, columns, generator), count)
    ]
    for index in generator.permutation(len(drawn)):
        source, chosen = drawn[index]
        yield word_batch(source, chosen, generator)


def line_loss(network: nn.Module, batch: Batch) -> Tensor:
    """The `text_loss` of a batch: images (B, channels, ROWS, W), and what that takes beside penalties."""
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
