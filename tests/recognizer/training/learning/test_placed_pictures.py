"""What each frame should say, and what it costs to say something else."""

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from recognizer.frames import STRIDE
from recognizer.training.learning.displacement import line_loss
from recognizer.training.learning.placed_pictures import UNSAID, placed_batches, placed_loss, places_loss
from recognizer.training.synthesis.amount_pictures import BLANK, CLASSES
from recognizer.training.synthesis.placed_pictures import PlacedPictures, make_placed
from tests.recognizer.training.hands import hands


@pytest.fixture(scope="module")
def made() -> PlacedPictures:
    return make_placed(hands(), 20, np.random.default_rng(5))


def test_frames_say_the_text_and_nothing_else(made: PlacedPictures) -> None:
    seen = []
    for images, frames, classes, lengths, said in placed_batches(made, 400, np.random.default_rng(1)):
        assert said.shape == (len(images), images.shape[3] // STRIDE)
        for row, text in zip(said, torch.split(classes, lengths.tolist()), strict=True):
            spoken = row[(row != BLANK) & (row != UNSAID)]
            assert len(spoken) <= len(text)  # signs written over a digit may share its frame
            assert set(spoken.tolist()) <= set(text.tolist())
            seen.append("".join(CLASSES[k] for k in text.tolist()))
        assert all(torch.all(row[count:] == UNSAID) for row, count in zip(said, frames.tolist(), strict=True))
    assert sorted(seen) == sorted(made.pictures.texts)


class _Says(nn.Module):
    """Answers with these classes of frames, sure of them."""

    def __init__(self, classes: Tensor) -> None:
        super().__init__()
        self.classes = classes

    def forward(self, images: Tensor) -> Tensor:
        sure = 20.0 * nn.functional.one_hot(self.classes.clamp(min=0), len(CLASSES)).float()
        return -nn.functional.log_softmax(sure, 2)


def test_who_says_what_should_be_said_loses_nothing_and_who_is_silent_does(made: PlacedPictures) -> None:
    for batch in placed_batches(made, 400, np.random.default_rng(1)):
        said = torch.where(batch[4] == UNSAID, BLANK, batch[4])
        assert float(places_loss(_Says(said), batch)) < 1e-3
        silent = _Says(torch.full_like(said, BLANK))
        assert float(places_loss(silent, batch)) > 0.1
        assert float(placed_loss(silent, batch)) > float(line_loss(silent, batch[:4])) > 1
