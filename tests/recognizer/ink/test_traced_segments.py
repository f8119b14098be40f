"""What was traced is cut as pen ink is, and where strokes meet, and shown without the pen's ways and with how thick its strokes are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.errors import NothingToRead
from recognizer.ink import Ink, amap
from recognizer.ink.normalise import normalise
from recognizer.ink.traced_segments import CHANNELS, cut_tracing, segment_tracing
from recognizer.ink.tracing import Tracing
from recognizer.ink.word_segments import segment_text
from recognizer.segments import Split
from tests.recognizer.ink.test_frames import page
from tests.recognizer.ink.test_tracing import covered
from tests.recognizer.ink.test_word_segments import inked


def traced(ink: Ink, reach: int = 2) -> Tracing:
    return Tracing(ink, covered(ink, reach))


def path(*corners: tuple[float, float]) -> np.ndarray:
    """Points (n, 2) along straight lines."""
    places = np.arange(len(corners))
    return np.stack(
        [np.interp(np.linspace(0, places[-1], 60 * places[-1]), places, c) for c in np.transpose(corners)], 1
    )


@settings(max_examples=10)
@given(st.text("abp ", min_size=3, max_size=8).filter(str.strip))
def test_every_point_lies_in_one_piece(text: str) -> None:
    ink = page((0.0, text))
    segments = segment_tracing(traced(ink))
    owned = sorted((s, p) for piece in segments.pieces for s, a, b in piece.tolist() for p in range(a, b + 1))
    assert owned == [(s, p) for s, stroke in enumerate(ink.strokes) for p in range(len(stroke))]
    assert segments.images.shape[1] == CHANNELS


def test_where_no_strokes_meet_it_is_cut_as_pen_ink_is_and_shows_the_same_amap() -> None:
    ink = page((0.0, "aaa aa"))
    seen, penned = segment_tracing(traced(ink)), segment_text(ink)
    assert (seen.first == penned.first).all()
    assert (seen.last == penned.last).all()
    assert seen.cuts == pytest.approx(penned.cuts)
    assert seen.images[:, : amap.CHANNELS] == pytest.approx(penned.images[:, : amap.CHANNELS], abs=1e-5)
    assert seen.images[:, -1] == pytest.approx(penned.images[:, -1], abs=1e-5)


def test_neither_order_nor_direction_of_the_strokes_is_seen() -> None:
    strokes = [stroke[:, :2] for stroke in page((0.0, "abba pa")).strokes]
    one = segment_tracing(traced(inked(*strokes)))
    other = segment_tracing(traced(inked(*(stroke[::-1] for stroke in strokes[::-1]))))
    assert (one.first == other.first).all()
    assert (one.last == other.last).all()
    assert np.abs(one.images - other.images).mean() < 0.02


def test_thicker_strokes_fill_their_channel_more_and_nothing_else() -> None:
    thin, thick = (segment_tracing(traced(page((0.0, "abpa")), reach)).images for reach in (1, 4))
    others = np.arange(CHANNELS) != amap.CHANNELS
    assert (thin[:, others] == thick[:, others]).all()
    assert thick[:, amap.CHANNELS].sum() > 1.5 * thin[:, amap.CHANNELS].sum()
    assert thick.max() <= 1


SLOPE, STEM = path((0, 100), (100, 200)), path((100, 0), (100, 200))


@pytest.mark.parametrize(
    ("met", "meeting", "cuts"),
    [
        (SLOPE, path((50, 150), (50, 0)), True),  # half way down
        (SLOPE, path((30, 180), (70, 120)), True),  # crossed
        (SLOPE, path((50, 90), (50, 0)), False),  # above it
        (STEM, path((100, 100), (0, 100)), False),  # what is upright leads on to nothing
    ],
)
def test_a_stroke_that_leads_on_where_another_one_meets_it_is_cut_there(
    met: np.ndarray, meeting: np.ndarray, cuts: bool
) -> None:
    beside = [path((x, 100), (x, 200)) for x in (250, 350, 450)]  # tells the lines

    def parts(*strokes: np.ndarray) -> int:
        ink = inked(*strokes, *beside)
        pieces = cut_tracing(normalise(ink), covered(ink, 2))
        return sum(part.stroke == 0 for piece in pieces.parts for part in piece)

    alone, both = parts(met), parts(met, meeting)
    assert both - alone == cuts


def test_a_person_may_cut_it_elsewhere() -> None:
    ink = page((0.0, "aba"))
    middle = len(ink.strokes[0]) // 2
    segments = segment_tracing(traced(ink), [Split((0, middle))])
    assert any((piece[:, :2] == (0, middle)).all(1).any() for piece in segments.pieces if len(piece))


def test_nothing_is_nothing_to_read() -> None:
    with pytest.raises(NothingToRead):
        segment_tracing(Tracing(Ink(()), np.empty((0, 2), np.float32)))
