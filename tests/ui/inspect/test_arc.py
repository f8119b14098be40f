import numpy as np

from ui.inspect.arc import as_pictures


def test_channels_are_shown_dark_where_they_are_strong_on_one_range() -> None:
    image = np.array([[[0.0, 1.0]], [[0.5, 0.5]]], np.float32)
    first, second = as_pictures(image)
    assert first.tolist() == [[255, 0]]
    assert second.tolist() == [[128, 128]]


def test_an_even_image_does_no_harm() -> None:
    assert as_pictures(np.zeros((1, 2, 2), np.float32))[0].tolist() == [[255, 255], [255, 255]]
