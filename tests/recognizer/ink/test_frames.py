"""Frames of a line: every point in one frame, gaps where words may part."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.errors import NothingToRead
from recognizer.frames import STRIDE
from recognizer.ink import Ink
from recognizer.ink.frames import FrameSegments, frames_of
from recognizer.ink.layout import lay_out
from recognizer.ink.word_amap import ROWS
from tests.recognizer.ink.test_normalise import letter


def page(*lines: tuple[float, str]) -> Ink:
    """Words of rings, a space standing for a gap of three letters; each line at its height."""
    strokes = []
    for y, text in lines:
        strokes += [letter(58.0 * (k + 1), c) + np.array([0, y]) for k, c in enumerate(text) if c != " "]
    return Ink(tuple(np.pad(stroke, ((0, 0), (0, 1))) for stroke in strokes))


def owned(segments: FrameSegments) -> list[tuple[int, int]]:
    return [(s, p) for piece in segments.pieces for s, a, b in piece.tolist() for p in range(a, b + 1)]


@settings(max_examples=15)
@given(st.text("abp ", min_size=3, max_size=9).filter(str.strip))
def test_every_point_lies_in_one_frame(text: str) -> None:
    ink = page((0.0, text))
    segments = frames_of(ink)
    assert sorted(owned(segments)) == [(s, p) for s, stroke in enumerate(ink.strokes) for p in range(len(stroke))]
    assert len(segments) == len(segments.pieces) == len(segments.gaps) == len(segments.cuts) - 1
    assert np.all(np.diff(segments.cuts) >= 0)
    assert np.isnan(segments.gaps).sum() == segments.picture.shape[2] // STRIDE
    assert segments.images.shape[2] == ROWS


def test_lines_are_found_from_top_to_bottom() -> None:
    ink = page((400.0, "aba"), (0.0, "ab pa"), (200.0, "pp"))
    assert [line.tolist() for line in lay_out(ink).lines] == [[3, 4, 5, 6], [7, 8], [0, 1, 2]]


def test_a_word_gap_is_wider_than_a_gap_between_letters() -> None:
    gaps = frames_of(page((0.0, "aba paa"))).gaps
    gaps = gaps[~np.isnan(gaps)]
    assert np.sum(gaps > 1) == 1
    assert np.all(gaps[gaps <= 1] < 0.9)


def test_nothing_is_nothing_to_read() -> None:
    with pytest.raises(NothingToRead):
        frames_of(Ink(()))


def test_cuts_of_a_line_stand_where_its_ink_is() -> None:
    ink = page((0.0, "abba"))
    for shift in (0.0, 300.0):
        segments = frames_of(ink.translated(shift, 0))
        left, _top, right, _bottom = ink.translated(shift, 0).bounds
        inked = [k for k, piece in enumerate(segments.pieces) if len(piece)]
        assert abs(segments.cuts[inked[0]] - left) < 20
        assert abs(segments.cuts[inked[-1] + 1] - right) < 20
