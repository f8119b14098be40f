import numpy as np

from recognizer.ink.dynamics import CHANNELS
from recognizer.ink.word_amap import ROWS
from recognizer.training.synthesis.word_distort import distorted


def test_distorted_pictures_keep_their_ink_and_their_size() -> None:
    generator = np.random.default_rng(0)
    images = np.zeros((4, CHANNELS, ROWS, 60), np.float32)
    images[:, :, 6:14, 10:50] = 1
    found, widths = distorted(images, np.array([60, 60, 50, 60]), generator)
    assert found.shape[:3] == images.shape[:3]
    assert found.shape[3] % 4 == 0
    assert int(widths.max()) <= found.shape[3]
    assert 0.6 < float(found.sum()) / images.sum() < 1.6
