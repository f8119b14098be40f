import numpy as np
import pytest
import torch
from torch import nn

from recognizer.language.alphabet import COUNT, label_of
from recognizer.training.learning.prior import POWER, RAREST, surprises, take_out


def _index(character: str) -> int:
    return (label_of(character) or 0) - 1


def test_characters_that_come_alike_stay_as_they_are() -> None:
    every = "".join(chr(code) for code in range(ord("!"), ord("~") + 1))
    np.testing.assert_allclose(surprises([every, every]), 0, atol=1e-6)


def test_of_two_characters_that_look_alike_the_rarer_gains_by_how_much_rarer_it_is() -> None:
    texts = ["s" * 799, "S" * 99]  # each counts once more than it comes
    for layer in (nn.Linear(3, COUNT), nn.Conv1d(3, COUNT + 1, 1)):
        before = layer.bias.detach().clone()
        take_out(layer, texts)
        gained = (layer.bias - before).detach()
        assert float(gained[_index("S")] - gained[_index("s")]) == pytest.approx(POWER * np.log(8), abs=1e-5)
        assert float(gained.max()) == pytest.approx(POWER * RAREST)  # of those that never come
        assert torch.all(gained[COUNT:] == 0)
