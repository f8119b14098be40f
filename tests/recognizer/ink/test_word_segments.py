"""Pen text in segments: every point in one piece, and nothing depends on how the pen came to draw what it drew."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.errors import NothingToRead
from recognizer.ink import Ink, amap
from recognizer.ink.amap import trajectory
from recognizer.ink.dynamics import CHANNELS
from recognizer.ink.normalise import normalise
from recognizer.ink.word_amap import MARGIN, word_paths, word_picture
from recognizer.ink.word_cuts import cut_line, joins
from recognizer.ink.word_paint import COLUMNS, paint_segments
from recognizer.ink.word_segments import LONGEST, WordSegments, cut_text, segment_text
from tests.recognizer.ink.test_frames import page


def cursive(arcs: int) -> np.ndarray:
    """A row of arcs like a running u: (n, 2) points of one stroke."""
    x = np.linspace(0, 40.0 * arcs, 60 * arcs)
    return np.stack([x - 12 * np.sin(2 * np.pi * x / 40), 100 - 20 * np.cos(2 * np.pi * x / 40)], 1)


def inked(*strokes: np.ndarray) -> Ink:
    return Ink(tuple(np.pad(stroke, ((0, 0), (0, 1))) for stroke in strokes))


def alike(one: WordSegments, other: WordSegments, tolerance: float, channels: slice = slice(None)) -> bool:
    """Whether two segmentations are the same and show the same on some channels."""
    return (
        np.array_equal(one.first, other.first)
        and np.array_equal(one.last, other.last)
        and float(np.abs(one.images - other.images)[:, channels].mean()) < tolerance
    )


@settings(max_examples=15)
@given(st.text("abp ", min_size=3, max_size=9).filter(str.strip))
def test_every_point_lies_in_one_piece_and_every_segment_between_cuts(text: str) -> None:
    ink = page((0.0, text))
    segments = segment_text(ink)
    owned = sorted((s, p) for piece in segments.pieces for s, a, b in piece.tolist() for p in range(a, b + 1))
    assert owned == [(s, p) for s, stroke in enumerate(ink.strokes) for p in range(len(stroke))]
    assert len(segments.cuts) == len(segments.pieces) + 1
    assert np.all(np.diff(segments.cuts) >= 0)
    assert set(zip(range(len(segments.pieces)), range(1, len(segments.cuts)), strict=True)) <= set(
        zip(segments.first.tolist(), segments.last.tolist(), strict=True)
    )
    between = segments.first[~np.isnan(segments.gaps)]
    inked_pieces = [np.setdiff1d(np.arange(u, v), between) for u, v in zip(segments.first, segments.last, strict=True)]
    assert max(map(len, inked_pieces)) <= LONGEST
    assert all(len(segments.pieces[piece]) == 0 for piece in between)
    assert np.all(segments.gaps[~np.isnan(segments.gaps)] > 0)


def test_a_running_hand_is_cut_between_its_arcs() -> None:
    line = normalise(inked(cursive(6)))
    path = trajectory(line.strokes[0], 14.0, 0.3)
    assert 5 <= len(joins(path.position)) <= 7


def test_the_speed_of_the_pen_changes_nothing() -> None:
    stroke = cursive(5)
    fine = np.stack([np.interp(np.arange(0, len(stroke) - 0.99, 0.25), np.arange(len(stroke)), c) for c in stroke.T], 1)
    assert alike(segment_text(inked(stroke)), segment_text(inked(fine)), 0.005)


def test_order_and_direction_of_strokes_change_neither_segments_nor_their_amaps() -> None:
    ink = page((0.0, "abba pa"))
    strokes = [stroke[:, :2] for stroke in ink.strokes]
    backwards = [stroke[::-1] for stroke in reversed(strokes)]
    assert alike(segment_text(inked(*strokes)), segment_text(inked(*backwards)), 0.02, slice(amap.CHANNELS))


@settings(max_examples=10)
@given(st.floats(0.3, 4.0), st.floats(-500, 500), st.floats(-500, 500))
def test_size_and_place_change_nothing(size: float, right: float, down: float) -> None:
    ink = page((0.0, "abba"), (200.0, "pab"))
    moved = ink.scaled(size).translated(right, down)
    assert alike(segment_text(ink), segment_text(moved), 0.005)


def test_a_segment_of_everything_shows_the_picture_of_the_word() -> None:
    line = normalise(inked(cursive(2)))
    cut = cut_text(cut_line(word_paths(line)))
    low, high = cut.samples
    whole = int(np.flatnonzero((low == 0) & (high == len(cut.position)))[0])
    image = paint_segments(cut.position, cut.paint, low, high)[whole]
    start = round(float(np.ptp(cut.position[:, 0]) - (COLUMNS - 1)) / 2)
    word = np.pad(word_picture(line), ((0, 0), (0, 0), (COLUMNS, COLUMNS)))
    at = start + MARGIN + COLUMNS
    assert np.allclose(image[:CHANNELS], word[:, :, at : at + COLUMNS], atol=0.02)
    assert image[CHANNELS].max() < 1e-5


def test_lines_that_stand_apart_are_painted_as_if_alone() -> None:
    lines = [cut_text(cut_line(word_paths(normalise(inked(cursive(n)))))) for n in (2, 3)]
    alone = [paint_segments(line.position, line.paint, *line.samples) for line in lines]
    apart = np.array([200, 0], np.float32)
    position = np.concatenate([lines[0].position, lines[1].position + apart])
    paint = np.concatenate([line.paint for line in lines])
    count = len(lines[0].position)
    ranges = [
        np.concatenate([one, other + count]) for one, other in zip(*(line.samples for line in lines), strict=True)
    ]
    assert np.allclose(paint_segments(position, paint, *ranges), np.concatenate(alone), atol=1e-4)


@pytest.mark.parametrize("points", [[[5, 5]], [[0, 0], [0, 0]], [[0, 0], [900, 0]], [[0, 0], [0, 900]]])
def test_dots_and_bars_are_segments_too(points: list[list[float]]) -> None:
    segments = segment_text(inked(np.array(points, float)))
    assert len(segments) >= 1
    assert np.isfinite(segments.images).all()
    assert np.isfinite(segments.features).all()
    assert np.isfinite(segments.boxes).all()


def test_nothing_is_nothing_to_read() -> None:
    with pytest.raises(NothingToRead):
        segment_text(Ink(()))
