"""Replay shows every stroke, in order, as fast as it was written."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.model.ink.document import Stroke
from ui.model.ink.timeline import LONGEST_PAUSE, PAUSE, timeline_of


def stroke(start: float, seconds: float, points: int = 5) -> Stroke:
    t = start + np.linspace(0, seconds, points)
    return Stroke(np.stack([t, t, t], 1).astype(np.float32), np.linspace(0, 1, points, dtype=np.float32))


spans = st.lists(st.tuples(st.floats(0, 50), st.floats(0, 3)), min_size=1, max_size=6)


@given(spans)
def test_strokes_keep_their_order_and_pace_and_pauses_are_short(times: list[tuple[float, float]]) -> None:
    strokes = tuple(stroke(*pair) for pair in times)
    line = timeline_of(strokes)
    ends = [start + s.points[-1, 2] - s.points[0, 2] for start, s in zip(line.starts, strokes, strict=True)]
    assert line.starts[0] == 0
    assert line.seconds == pytest.approx(ends[-1], abs=1e-4)
    for start, end in zip(line.starts[1:], ends[:-1], strict=True):
        assert -1e-4 <= start - end <= max(LONGEST_PAUSE, PAUSE) + 1e-4


@given(spans, st.floats(0, 1))
def test_more_and_more_is_there(times: list[tuple[float, float]], share: float) -> None:
    strokes = tuple(stroke(*pair) for pair in times)
    line = timeline_of(strokes)
    finished, written = line.at(share * line.seconds)
    assert finished == strokes[: len(finished)]
    if written is not None:
        whole = strokes[len(finished)]
        assert 1 <= len(written.points) <= len(whole.points)
        np.testing.assert_array_equal(written.points, whole.points[: len(written.points)])
    assert line.at(line.seconds + 0.01) == (strokes, None)


def test_the_middle_of_a_stroke_is_half_of_it() -> None:
    line = timeline_of((stroke(3, 1, points=11), stroke(50, 1, points=11)))
    finished, written = line.at(0.5)
    assert finished == ()
    assert written is not None
    assert len(written.points) == 6
    assert line.starts[1] == pytest.approx(1 + LONGEST_PAUSE)
