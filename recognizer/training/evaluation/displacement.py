"""What a space displacement network reads without grammar or language: the best class of each frame."""

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
import torch
from torch import nn

from recognizer.frames import STRIDE, collapsed
from recognizer.language.alphabet import labels_of
from recognizer.language.money import CHARACTERS
from recognizer.training.data.labelled_amounts import digits_of
from recognizer.training.data.line_pictures import LinePictures
from recognizer.training.data.word_pictures import WordPictures, by_width
from recognizer.training.evaluation.distance import error_rates

_COLUMNS = 8_000  # of a batch of lines
_WORD_COLUMNS = 4_800  # and of one of words


class PictureSet(Protocol):
    """Lines of different widths."""

    @property
    def widths(self) -> np.ndarray:
        """(N,) columns of each."""

    def batch(self, chosen: np.ndarray, /) -> np.ndarray:
        """(n, channels, rows, widest) float32 of some of them."""


def best_classes(
    network: nn.Module, pictures: PictureSet, chosen: np.ndarray, columns: int
) -> Iterator[tuple[int, list[int]]]:
    """Each of the ``chosen`` pictures (n,), in another order, and the best class of each of its frames, repetitions taken as one,
    without the blank, which is the last class; some ``columns`` are read at a time."""
    widths = pictures.widths
    for part in by_width(widths[chosen], columns, np.random.default_rng(0)):
        with torch.inference_mode():
            penalties = network(torch.from_numpy(pictures.batch(chosen[part])))
        blank = penalties.shape[2] - 1
        for best, k in zip(penalties.argmin(2).numpy(), chosen[part].tolist(), strict=True):
            yield k, collapsed(best[: widths[k] // STRIDE], blank)


def digits_error(network: nn.Module, amounts: LinePictures) -> float:
    """Share of amounts some of whose digits are wrong; the network's classes are those of `money.CHARACTERS`."""
    wrong = 0
    for k, classes in best_classes(network, amounts, np.arange(len(amounts)), _COLUMNS):
        wrong += digits_of("".join(CHARACTERS[c] for c in classes)) != digits_of(amounts.texts[k])
    return wrong / max(len(amounts), 1)


def characters_error(network: nn.Module, lines: LinePictures, alphabet: Sequence[str]) -> float:
    """Edits for each true character, at most 1; classes are places in the ``alphabet``."""
    pairs = [
        (classes, [alphabet.index(character) for character in lines.texts[k]])
        for k, classes in best_classes(network, lines, np.arange(len(lines)), _COLUMNS)
    ]
    return min(1.0, error_rates(pairs)[1])


def word_errors(network: nn.Module, words: WordPictures, chosen: np.ndarray) -> tuple[float, float]:
    """Share of the ``chosen`` words (n,) that are read wrong, and edits for each true character; class k is label k + 1."""
    return error_rates(
        ([c + 1 for c in classes], labels_of(str(words.labels[k])) or [])
        for k, classes in best_classes(network, words, chosen, _WORD_COLUMNS)
    )
