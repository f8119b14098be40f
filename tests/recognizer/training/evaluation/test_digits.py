import numpy as np
import torch
from torch import Tensor, nn

from recognizer.networks.lenet5 import BACKGROUND, FOREGROUND
from recognizer.training.evaluation.digits import error_rate, framed, scaled

IMAGES = np.zeros((3, 28, 28), np.uint8)
IMAGES[1, 3:5, 4] = 255


class _Inked(nn.Module):
    """The class 7 where there is ink, else 2."""

    def forward(self, images: Tensor) -> Tensor:
        classes = torch.where(images.amax((1, 2, 3)) > 0.5, 7, 2)
        return 1 - nn.functional.one_hot(classes, 10).float()


def test_a_frame_of_paper_is_around_what_was_there() -> None:
    images = framed(IMAGES)
    assert images.shape == (3, 1, 32, 32)
    assert torch.all(images[[0, 2]] == BACKGROUND)
    assert torch.nonzero(images[1, 0] > 0).tolist() == [[5, 6], [6, 6]]
    assert torch.allclose(images[1, 0, 5, 6], torch.tensor(FOREGROUND))


def test_the_share_of_wrong_answers() -> None:
    for inputs in (framed(IMAGES), scaled(IMAGES)):
        assert error_rate(_Inked(), inputs, np.array([2, 7, 2])) == 0
        assert error_rate(_Inked(), inputs, np.array([2, 2, 7])) == 2 / 3
