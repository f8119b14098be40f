"""The loss of whole words by enumeration of every path."""

import itertools
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from recognizer.language.alphabet import COUNT, labels_of
from recognizer.training.data.cut_words import CutWords, make_cut_words
from recognizer.training.data.inksets import load_inkset
from recognizer.training.learning.word_batches import batch_of
from recognizer.training.recipes import segmentation
from tests.recognizer.training.toys import write_rings


class _Table(nn.Module):
    """Given penalties, whatever is shown."""

    def __init__(self, penalties: Tensor) -> None:
        super().__init__()
        self.penalties = nn.Parameter(penalties)

    def forward(self, images: Tensor, features: Tensor) -> Tensor:
        return self.penalties[: len(images)]


def _enumerated(words: CutWords, word: int, penalties: np.ndarray) -> float:
    """-log P(text) by enumeration of all ways through one word and all names of its segments, gaps being none."""
    rows = slice(words.segment_ends[word] - words.segments[word], words.segment_ends[word])
    first, last = words.first[rows].astype(int), words.last[rows].astype(int)
    target = tuple(label - 1 for label in labels_of(str(words.labels[word])) or [])
    right = everything = 0.0

    def ways(cut: int) -> list[list[int]]:
        if cut == last.max():
            return [[]]
        return [[s, *rest] for s in np.flatnonzero(first == cut) for rest in ways(int(last[s]))]

    classes_of = [np.flatnonzero(np.isfinite(row)) for row in penalties]
    for way in ways(0):
        for classes in itertools.product(*(classes_of[s] for s in way)):
            if any(c == COUNT and last[s] - first[s] > 1 for s, c in zip(way, classes, strict=True)):
                continue
            mass = float(np.exp(-sum(penalties[s, c] for s, c in zip(way, classes, strict=True))))
            everything += mass
            right += mass * (tuple(c for c in classes if c != COUNT) == target)
    return -float(np.log(right / everything))


def test_the_loss_of_whole_words_is_that_of_all_ways_of_cutting_and_naming(tmp_path: Path) -> None:
    words = make_cut_words(load_inkset(write_rings(tmp_path / "ink.npz", ["ab"])), "train")
    batch = batch_of(words, np.array([0]), None)
    penalties = torch.full((len(batch.images), COUNT + 1), torch.inf)
    few = [(labels_of(c) or [0])[0] - 1 for c in "ab"] + [COUNT]
    penalties[:, few] = 2 * torch.rand(len(penalties), 3, generator=torch.Generator().manual_seed(1))
    of_all = np.full((len(batch.gap), COUNT + 1), np.inf)
    of_all[batch.gap, COUNT] = 0
    of_all[~batch.gap] = penalties.numpy()
    expected = _enumerated(words, 0, of_all)
    arrays = (batch.images, batch.features, batch.gap, batch.first, batch.last, batch.ends)
    given = (*arrays, np.array([2]), np.array(labels_of("ab")))
    loss = segmentation._whole(_Table(penalties), tuple(torch.from_numpy(array) for array in given))
    assert float(loss.detach()) * 2 == pytest.approx(expected, abs=1e-4)  # two characters
