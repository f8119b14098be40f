"""The picture of a character: what it keeps of the pen's way, and what it does not see."""

import numpy as np
import pytest

from recognizer.errors import NothingToRead
from recognizer.ink import Ink, amap
from recognizer.ink.character import CHANNELS, SIDE, character_picture

WAY = slice(amap.CHANNELS, CHANNELS - 1)


def hook(scale: float = 1.0, shift: float = 0.0) -> np.ndarray:
    """Down, then to the right."""
    points = [(0.0, float(y)) for y in range(0, 40, 2)] + [(float(x), 40.0) for x in range(0, 30, 2)]
    return np.array([(x * scale + shift, y * scale - shift, 0.0) for x, y in points])


def test_size_and_place_do_not_matter() -> None:
    one, other = character_picture(Ink((hook(),))), character_picture(Ink((hook(3.0, 500.0),)))
    assert one.shape == (CHANNELS, SIDE, SIDE)
    assert one == pytest.approx(other, abs=2e-3)
    assert 0 <= one.min() <= one.max() <= 1


def test_written_backwards_only_way_and_time_differ() -> None:
    forth, back = character_picture(Ink((hook(),))), character_picture(Ink((hook()[::-1],)))
    assert forth[: amap.CHANNELS] == pytest.approx(back[: amap.CHANNELS], abs=1e-3)
    assert forth[WAY] == pytest.approx(back[WAY][[2, 3, 0, 1]], abs=1e-3)  # right for left, down for up
    right, down, left, up = forth[WAY].sum((1, 2))
    assert right > 5 * left
    assert down > 5 * up
    ink = forth[: amap.ORIENTATIONS].sum(0) > 0.5
    assert forth[-1][ink][0] < 0.2 < 0.8 < back[-1][ink][0]  # the top of the hook: first, or last


def test_time_goes_on_from_stroke_to_stroke() -> None:
    first, second = hook(), hook()
    second[:, 0] += 60
    picture = character_picture(Ink((first, second)))[-1]
    assert picture[:, : SIDE // 2].max() < 0.6 < picture[:, SIDE // 2 :].max()


def test_a_dot_has_a_picture_and_nothing_has_none() -> None:
    assert character_picture(Ink((np.array([[5.0, 5.0, 0.0]]),))).max() > 0
    with pytest.raises(NothingToRead):
        character_picture(Ink(()))
