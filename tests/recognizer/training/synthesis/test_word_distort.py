import numpy as np

from recognizer.ink.dynamics import CHANNELS
from recognizer.ink.normalise import BASE
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


def test_writing_grows_or_shrinks_along_the_line() -> None:
    images = np.zeros((20, CHANNELS, ROWS, 200), np.float32)
    images[:, :, round(BASE) - 7 : round(BASE)] = 1
    found, _ = distorted(images, np.full(20, 200), np.random.default_rng(3))
    heights = found[:, 0].numpy().sum(1)
    growth = np.log(heights[:, 140:150].mean(1) / heights[:, :10].mean(1))
    assert growth.min() < -0.1 < 0.1 < growth.max()
