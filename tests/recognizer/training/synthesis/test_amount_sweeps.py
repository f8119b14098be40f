import numpy as np
import pytest
import torch
from torch import Tensor, nn

from recognizer.page.frames import CHANNELS, STRIDE
from recognizer.page.line import ROWS
from recognizer.training.synthesis.amount_sweeps import BLANK, CLASSES, Sweeps, batches, digits_error, make_sweeps
from tests.recognizer.training.hands import hands


@pytest.fixture(scope="module")
def made() -> Sweeps:
    return make_sweeps(hands(), 20, np.random.default_rng(5))


def test_made_up_amounts_are_swept(made: Sweeps) -> None:
    assert 15 <= len(made) <= 20
    assert len(made.texts) == len(made) == len(made.widths)
    assert all(image.shape[:2] == (CHANNELS, ROWS) and image.shape[2] % STRIDE == 0 for image in made.images)
    assert all(set(text) <= set(CLASSES[:BLANK]) for text in made.texts)


def test_a_batch_holds_what_was_swept_and_paper_beside_it(made: Sweeps) -> None:
    batch = made.batch(np.array([3, 1]))
    for row, k in enumerate((3, 1)):
        width = made.images[k].shape[2]
        np.testing.assert_allclose(batch[row, :, :, :width] * 100, made.images[k], atol=1e-4)
        assert not batch[row, :, :, width:].any()


def test_batches_of_a_pass_show_everything_once(made: Sweeps) -> None:
    shown = []
    for images, frames, classes, lengths in batches(made, CLASSES, 400, np.random.default_rng(1)):
        assert len(images) == len(frames) == len(lengths)
        assert int(frames.max()) * STRIDE <= images.shape[3]
        parts = torch.split(classes, lengths.tolist())
        shown += ["".join(CLASSES[k] for k in part.tolist()) for part in parts]
    assert sorted(shown) == sorted(made.texts)


class _Knows(nn.Module):
    """Says for each frame the class that its first channel's upper left corner holds."""

    def forward(self, pictures: Tensor) -> Tensor:
        classes = (pictures[:, 0, 0, ::STRIDE] * 100).round().long()
        return 1 - nn.functional.one_hot(classes, len(CLASSES)).float()


def test_repetitions_and_blanks_are_read_over() -> None:
    frames = [[BLANK, 1, 1, BLANK, 1, 0], [2, 2, CLASSES.index("."), 5], [3, BLANK]]
    images = []
    for row in frames:
        image = np.zeros((CHANNELS, ROWS, STRIDE * len(row)), np.float32)
        image[0, 0] = np.repeat(row, STRIDE) / 100
        images.append(image)
    assert digits_error(_Knows(), Sweeps.of(images, ["110", "2.5", "3"])) == 0
    assert digits_error(_Knows(), Sweeps.of(images, ["10", "25-", "4"])) == pytest.approx(2 / 3)
