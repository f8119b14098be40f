"""Confidence and error of strings of two pieces."""

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from recognizer.language.amount import number_grammar
from recognizer.training.data.cut_strings import CutStrings
from recognizer.training.evaluation.strings import error_of, outcome

CLASSES = (*"0123456789", "junk")
STRING = CutStrings(
    images=np.zeros((3, 1, 4, 4), np.uint8),
    features=np.zeros((3, 1), np.float32),
    classes=np.array([4, 2, 10]),
    first=np.array([0, 1, 0], np.int32),
    last=np.array([1, 2, 2], np.int32),
    ends=np.array([3]),
)


class _Given(nn.Module):
    """The same penalties whatever is shown."""

    def __init__(self, penalties: Tensor) -> None:
        super().__init__()
        self.penalties = penalties

    def forward(self, images: Tensor, features: Tensor) -> Tensor:
        return self.penalties


def test_the_answer_is_judged_by_its_text_and_believed_by_its_share() -> None:
    penalties = torch.full((3, len(CLASSES)), 50.0)
    penalties[0, 4] = penalties[1, 2] = 0.0
    penalties[1, 3] = 1.0
    network, grammar = _Given(penalties), number_grammar(CLASSES)
    confidence, wrong = outcome(network, STRING, grammar, [5, 3])
    assert not wrong
    assert confidence == pytest.approx(1 / (1 + np.exp(-1)), abs=1e-4)
    assert outcome(network, STRING, grammar, [5, 4]) == (confidence, True)


def test_no_answer_is_wrong_without_confidence() -> None:
    penalties = torch.full((3, len(CLASSES)), 50.0)
    penalties[:, -1] = 0.0  # junk throughout
    outcomes = [outcome(_Given(penalties), STRING, number_grammar(CLASSES), [5, 3])]
    assert outcomes == [(0.0, True)]
    assert error_of([*outcomes, (0.9, False)]) == 0.5
