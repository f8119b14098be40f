import numpy as np

from recognizer.readers.transparent import Codes, LayerAnswer
from ui.inspect.network import pictures_of


def test_maps_of_a_layer_share_a_range_and_strong_is_dark() -> None:
    maps = np.array([[[0.0, 1.0]], [[2.0, 0.5]]], np.float32)
    (name, pictures, _), *rest = pictures_of([LayerAnswer("convolution, 2 maps", maps)])
    assert not rest
    assert name == "convolution, 2 maps"
    grey = [[picture.pixelColor(x, 0).red() for x in range(2)] for picture in pictures]
    assert grey == [[255, 128], [0, 191]]


def test_even_maps_do_no_harm() -> None:
    [(_, pictures, _)] = pictures_of([LayerAnswer("units", np.zeros((3, 1, 1), np.float32))])
    assert [picture.pixelColor(0, 0).red() for picture in pictures] == [255] * 3


def test_codes_come_with_their_distances_after_what_is_seen() -> None:
    drawings = np.array([[[1, -1]], [[-1, -1]]], np.float32)
    layer = LayerAnswer("distances", np.zeros((2, 1, 1), np.float32), Codes(drawings[0], drawings))
    _, codes = pictures_of([layer], ("0", "1"))
    assert codes.words == ("seen", "0 0.0", "1 4.0")
    ink = [[picture.pixelColor(x, 0).red() for x in range(2)] for picture in codes.pictures]
    assert ink == [[0, 255], [0, 255], [255, 255]]
