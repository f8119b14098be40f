"""What is traced is seen as the pen's ink is, but for its ways, and with how thick its strokes are."""

from dataclasses import replace

import numpy as np
import pytest

from recognizer.ink import Ink, amap
from recognizer.ink.frames import frames_of
from recognizer.ink.normalise import normalise
from recognizer.ink.tracing import CHANNELS, Tracing, frames_of_tracing, traced_picture
from recognizer.ink.word_amap import ROWS, word_picture
from tests.recognizer.ink.test_normalise import word


def covered(ink: Ink, reach: int) -> np.ndarray:
    """The middles of the pixels within so many of the ink's path."""
    points = np.concatenate(
        [
            np.stack([np.interp(np.arange(0, len(s), 0.1), np.arange(len(s)), s[:, k]) for k in (0, 1)], 1)
            for s in ink.strokes
        ]
    )
    steps = np.mgrid[-reach : reach + 1, -reach : reach + 1].reshape(2, -1).T
    return np.unique((np.floor(points)[:, None] + steps).reshape(-1, 2), axis=0).astype(np.float32) + np.float32(0.5)


INK = word("abapa")


def test_points_of_the_ink_are_placed_where_its_strokes_come_to() -> None:
    line = normalise(INK)
    for stroke, normal in zip(INK.strokes, line.strokes, strict=True):
        assert line.placed(stroke[:, :2].astype(np.float64)) == pytest.approx(normal, abs=1e-3)


def test_the_picture_is_the_amap_and_how_thick_the_strokes_are() -> None:
    line = normalise(INK)
    thin, thick = (traced_picture(line, covered(INK, reach)) for reach in (1, 4))
    assert thin.shape == (CHANNELS, ROWS, word_picture(line).shape[2])
    assert (thin[: amap.CHANNELS] == word_picture(line)[: amap.CHANNELS]).all()
    assert (thin[: amap.CHANNELS] == thick[: amap.CHANNELS]).all()
    assert thick[-1].sum() > 1.8 * thin[-1].sum()
    assert thick.min() >= 0
    assert thick.max() <= 1


def test_neither_order_nor_direction_of_the_strokes_is_seen() -> None:
    line, pixels = normalise(INK), covered(INK, 2)
    turned = replace(line, strokes=tuple(stroke[::-1] for stroke in line.strokes[::-1]))
    assert traced_picture(line, pixels) == pytest.approx(traced_picture(turned, pixels), abs=1e-3)
    assert np.abs(word_picture(line) - word_picture(turned)).max() > 0.5


def test_frames_stand_where_those_of_the_pens_ink_do() -> None:
    traced, penned = frames_of_tracing(Tracing(INK, covered(INK, 2))), frames_of(INK)
    assert (traced.cuts == penned.cuts).all()
    assert (traced.boxes == penned.boxes).all()
    assert traced.images.shape[1] == CHANNELS
