from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from recognizer.language.alphabet import COUNT, labels_of
from recognizer.training.data.cut_words import make_cut_words
from recognizer.training.data.inksets import load_inkset
from recognizer.training.evaluation.cut_words import word_errors
from tests.recognizer.training.toys import write_rings


class _Sure(nn.Module):
    """Takes every segment for one character."""

    def __init__(self, character: str) -> None:
        super().__init__()
        self.label = (labels_of(character) or [0])[0]

    def forward(self, images: Tensor, features: Tensor) -> Tensor:
        penalties = torch.full((len(images), COUNT + 1), 50.0)
        penalties[:, self.label - 1] = 1.0
        return penalties


def test_edits_are_counted_of_the_best_path(tmp_path: Path) -> None:
    """All that is cheap writes one letter, so that each other letter of the three words is one edit."""
    words = make_cut_words(load_inkset(write_rings(tmp_path / "ink.npz", ["ab", "ba", "a"])), "train")
    assert word_errors(_Sure("a"), words, np.arange(3)) == (2 / 3, 2 / 5)
    assert word_errors(_Sure("x"), words, np.arange(3)) == (1, 1)
    assert word_errors(_Sure("a"), words, np.array([2])) == (0, 0)
