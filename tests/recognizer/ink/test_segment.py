"""Laws of pen segments: all ink in every path, scale of the line, order of reading, and never a failure."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.errors import NothingToRead
from recognizer.ink import Ink
from recognizer.ink.segment import CHANNELS, COLUMNS, FEATURES, ROWS, InkSegments, segment_ink

coordinates = st.floats(-1e5, 1e5, width=32)
random_strokes = st.lists(
    st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=30), min_size=1, max_size=8
)


def ink_of(*strokes: list[tuple[float, float]]) -> Ink:
    return Ink(tuple(np.column_stack([np.array(s, float), np.arange(len(s)) / 100]) for s in strokes))


def ring(x: float, y: float = 50, rx: float = 30, ry: float = 45, turns: float = 1.0) -> list[tuple[float, float]]:
    angle = np.linspace(-np.pi / 2, 2 * np.pi * turns - np.pi / 2, 60)
    return list(zip(x - rx * np.sin(angle), y + ry * np.cos(angle), strict=True))


def line(x0: float, y0: float, x1: float, y1: float) -> list[tuple[float, float]]:
    share = np.linspace(0, 1, 20)
    return list(zip(x0 + share * (x1 - x0), y0 + share * (y1 - y0), strict=True))


def runs(segments: InkSegments) -> set[tuple[int, int]]:
    return set(zip(segments.first.tolist(), segments.last.tolist(), strict=True))


def strokes_of(segments: InkSegments, piece: int) -> list[int]:
    return segments.pieces[piece][:, 0].tolist()


def check(ink: Ink) -> InkSegments:
    segments = segment_ink(ink)
    count = len(segments.pieces)
    owned = {(s, p) for piece in segments.pieces for s, a, b in piece.tolist() for p in range(a, b + 1)}
    assert owned == {(s, p) for s, stroke in enumerate(ink.strokes) for p in range(len(stroke))}
    assert sum(b - a + 1 for piece in segments.pieces for _, a, b in piece.tolist()) == len(owned)
    assert {(i, i + 1) for i in range(count)} <= runs(segments)
    assert (segments.first < segments.last).all()
    assert segments.last.max() == count == len(segments.cuts) - 1
    assert (np.diff(segments.cuts) >= 0).all()
    assert segments.images.shape == (len(segments), CHANNELS, ROWS, COLUMNS)
    assert segments.images.min() >= 0
    assert segments.images.max() <= 1
    assert segments.features.shape == (len(segments), len(FEATURES))
    assert np.isfinite(segments.features).all()
    assert np.isfinite(segments.images).all()
    return segments


@settings(max_examples=60)
@given(random_strokes)
def test_every_path_holds_every_point_once_whatever_is_written(strokes):
    check(ink_of(*strokes))


@pytest.mark.parametrize(
    "ink",
    [
        ink_of([(5, 5)]),
        ink_of([(5, 5)], [(300, 5)]),
        ink_of(line(0, 0, 0, 100)),
        ink_of(line(0, 50, 100, 50)),
        ink_of([(0, 0), (0, 0), (0, 0)]),
        ink_of(line(0, 0, 1e5, 1)),
    ],
    ids=["dot", "two dots", "one", "dash", "pen that waits", "endless line"],
)
def test_little_ink_is_segmented(ink):
    check(ink)


def test_nothing_is_nothing_to_read():
    with pytest.raises(NothingToRead):
        segment_ink(Ink(()))


def test_two_strokes_apart_are_two_pieces_that_may_not_join():
    segments = check(ink_of(line(0, 0, 0, 100), line(250, 0, 250, 100)))
    assert runs(segments) == {(0, 1), (1, 2)}


def test_a_late_bar_goes_to_the_stroke_it_crosses():
    seven, one, bar = line(50, 0, 20, 100), line(160, 0, 160, 100), line(10, 50, 60, 50)
    segments = check(ink_of(seven, one, bar))
    assert [strokes_of(segments, piece) for piece in range(3)] == [[0], [2], [1]]
    assert (0, 2) in runs(segments)


def test_digits_written_from_right_to_left_are_read_from_left_to_right():
    segments = check(ink_of(ring(500), ring(300), ring(100)))
    assert [strokes_of(segments, piece) for piece in range(3)] == [[2], [1], [0]]


def test_two_noughts_in_one_stroke_are_cut_between_them():
    segments = check(ink_of(ring(50, turns=1.0) + line(75, 50, 125, 50) + ring(150, turns=1.0)))
    assert len(segments.pieces) == 2
    assert segments.cuts[1] == pytest.approx(100, abs=30)


def test_a_digit_alone_is_not_cut():
    assert len(check(ink_of(ring(50))).pieces) == 1


def test_size_on_the_canvas_does_not_matter():
    ink = ink_of(ring(50), ring(130), line(200, 0, 200, 100))
    for factor in (0.4, 3.0):
        np.testing.assert_allclose(segment_ink(ink.scaled(factor)).images, segment_ink(ink).images, atol=2e-2)


def test_a_speck_stays_a_speck():
    segments = check(ink_of(ring(50), line(120, 90, 123, 93)))
    speck = segments.images[runs_index(segments, (1, 2))]
    assert (speck[:5].max(axis=0) > 0.2).sum() <= 9


def test_the_last_channel_shows_what_is_around_and_not_part():
    segments = check(ink_of(ring(50), line(95, 0, 95, 100)))
    alone, together = (segments.images[runs_index(segments, run)] for run in ((0, 1), (0, 2)))
    assert alone[-1].max() > 0.5
    assert together[-1].max() == 0


def runs_index(segments: InkSegments, run: tuple[int, int]) -> int:
    return list(zip(segments.first.tolist(), segments.last.tolist(), strict=True)).index(run)
