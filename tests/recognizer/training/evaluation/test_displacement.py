"""What is read off the best class of each frame."""

import numpy as np
import pytest
from torch import Tensor, nn

from recognizer.frames import STRIDE
from recognizer.page.frames import CHANNELS
from recognizer.page.line import ROWS
from recognizer.training.data.line_pictures import LinePictures
from recognizer.training.evaluation.displacement import best_classes, characters_error, digits_error
from recognizer.training.synthesis.amount_pictures import BLANK, CLASSES


class _Knows(nn.Module):
    """Says for each frame the class that its first channel's upper left corner holds."""

    def forward(self, pictures: Tensor) -> Tensor:
        classes = (pictures[:, 0, 0, ::STRIDE] * 100).round().long()
        return 1 - nn.functional.one_hot(classes, len(CLASSES)).float()


def _images(frames: list[list[int]]) -> list[np.ndarray]:
    images = []
    for row in frames:
        image = np.zeros((CHANNELS, ROWS, STRIDE * len(row)), np.float32)
        image[0, 0] = np.repeat(row, STRIDE) / 100
        images.append(image)
    return images


def test_repetitions_and_blanks_are_read_over() -> None:
    images = _images([[BLANK, 1, 1, BLANK, 1, 0], [2, 2, CLASSES.index("."), 5], [3, BLANK]])
    pictures = LinePictures.of(images, ["110", "2.5", "3"])
    read = dict(best_classes(_Knows(), pictures, np.array([2, 0]), 100))
    assert read == {0: [1, 1, 0], 2: [3]}
    assert digits_error(_Knows(), pictures) == 0
    assert characters_error(_Knows(), pictures, CLASSES) == 0
    wrong = LinePictures.of(images, ["10", "25-", "4"])
    assert digits_error(_Knows(), wrong) == pytest.approx(2 / 3)
    assert characters_error(_Knows(), wrong, CLASSES) == pytest.approx((1 + 2 + 1) / 6)
