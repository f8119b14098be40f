import numpy as np
import pytest

from recognizer.frames import STRIDE
from recognizer.page.frames import CHANNELS
from recognizer.page.line import ROWS
from recognizer.training.data.line_pictures import LinePictures
from recognizer.training.synthesis.amount_pictures import BLANK, CLASSES, make_pictures
from tests.recognizer.training.hands import hands


@pytest.fixture(scope="module")
def made() -> LinePictures:
    return make_pictures(hands(), 20, np.random.default_rng(5))


def test_made_up_amounts_have_pictures(made: LinePictures) -> None:
    assert 15 <= len(made) <= 20
    assert len(made.texts) == len(made) == len(made.widths)
    assert all(image.shape[:2] == (CHANNELS, ROWS) and image.shape[2] % STRIDE == 0 for image in made.images)
    assert all(set(text) <= set(CLASSES[:BLANK]) for text in made.texts)


def test_a_batch_holds_what_was_drawn_and_paper_beside_it(made: LinePictures) -> None:
    batch = made.batch(np.array([3, 1]))
    for row, k in enumerate((3, 1)):
        width = made.images[k].shape[2]
        np.testing.assert_allclose(batch[row, :, :, :width] * 100, made.images[k], atol=1e-4)
        assert not batch[row, :, :, width:].any()
