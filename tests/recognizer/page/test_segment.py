import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from recognizer.errors import InputError, NothingToRead
from recognizer.page import Page, PageSegments, segment_page
from recognizer.page.line import HEIGHT, ROWS
from recognizer.page.segment import COLUMNS
from tests.recognizer.writing import ADVANCE, write

TEXT = "4725-10.5"


def _segments(grey: np.ndarray) -> PageSegments:
    return segment_page(Page(grey))


def _paths(segments: PageSegments) -> list[list[int]]:
    """Every path of segments from the first cut to the last, by brute force."""
    last = len(segments.cuts) - 1
    following = [np.flatnonzero(segments.first == cut).tolist() for cut in range(last)]

    def onward(cut: int) -> list[list[int]]:
        if cut == last:
            return [[]]
        return [[s, *rest] for s in following[cut] for rest in onward(int(segments.last[s]))]

    return onward(0)


def _check(segments: PageSegments, shape: tuple[int, int]) -> None:
    """What is true of all segments."""
    count, pieces = len(segments), len(segments.cuts) - 1
    assert 1 <= pieces <= 40
    assert (np.diff(segments.cuts) >= 0).all()
    assert segments.cuts.dtype == segments.boxes.dtype == segments.images.dtype == segments.features.dtype == np.float32
    assert segments.first.dtype == segments.last.dtype == np.int32
    assert (segments.first < segments.last).all()
    assert (segments.last <= segments.first + 5).all()
    assert len({*zip(segments.first.tolist(), segments.last.tolist(), strict=True)}) == count
    assert all(((segments.first == i) & (segments.last == i + 1)).any() for i in range(pieces))
    assert segments.boxes.shape == (count, 4)
    assert (segments.boxes[:, 0] < segments.boxes[:, 2]).all()
    assert (segments.boxes[:, 1] < segments.boxes[:, 3]).all()
    assert segments.images.shape == (count, 1, ROWS, COLUMNS)
    assert 0 <= segments.images.min() <= segments.images.max() <= 1
    assert len(segments.features) == count
    assert np.isfinite(segments.features).all()
    assert segments.piece_map.shape == shape
    assert segments.piece_map.dtype == np.int16
    assert -1 <= segments.piece_map.min() <= segments.piece_map.max() < pieces


def _check_sentence(error: InputError) -> None:
    assert str(error)[0].isupper()
    assert str(error)[-1] == "."


def test_every_path_holds_every_piece_exactly_once() -> None:
    segments = _segments(write("47-5"))
    paths = _paths(segments)
    assert len(paths) > 5
    for path in paths:
        pieces = [piece for s in path for piece in range(segments.first[s], segments.last[s])]
        assert pieces == list(range(len(segments.cuts) - 1))


def test_the_pictures_of_a_path_hold_all_the_ink_once() -> None:
    """But for soft rims of the widest, which reach out of their window."""
    segments = _segments(write("4725"))
    ink = [segments.images[path].sum() for path in _paths(segments)[::7]]
    assert ink == pytest.approx(ink[:1] * len(ink), rel=0.01)


def test_each_character_is_some_segment() -> None:
    height, edge = 40, 20
    segments = _segments(write(TEXT, height))
    _check(segments, (80, round(ADVANCE * height * len(TEXT)) + 2 * edge))
    for index in range(len(TEXT)):
        left = edge + ADVANCE * height * index
        near = (segments.boxes[:, 0] >= left - 5) & (segments.boxes[:, 2] <= left + ADVANCE * height + 3)
        inside = segments.piece_map[:, round(left) - 3 : round(left + ADVANCE * height) - 3]
        own = {*np.unique(inside).tolist()} - {-1}
        whole = [
            {*range(u, v)} == own
            for u, v in zip(segments.first[near].tolist(), segments.last[near].tolist(), strict=True)
        ]
        assert any(whole), TEXT[index]


def test_the_piece_map_and_the_boxes_agree() -> None:
    segments = _segments(write(TEXT))
    for u, v, box in zip(segments.first.tolist(), segments.last.tolist(), segments.boxes, strict=True):
        ys, xs = np.nonzero((segments.piece_map >= u) & (segments.piece_map < v))
        assert box == pytest.approx([xs.min(), ys.min(), xs.max() + 1, ys.max() + 1], abs=2)


def test_wide_gaps_are_not_bridged_and_narrow_ones_are() -> None:
    segments = _segments(write("1  1.1"))
    places = [20 + ADVANCE * 40 * index + 14 for index in (0, 3, 5)]
    pieces = [int(segments.piece_map[40, round(x) - 2 : round(x) + 4].max()) for x in places]
    runs = {*zip(segments.first.tolist(), segments.last.tolist(), strict=True)}
    assert not any(u <= pieces[0] and v > pieces[1] for u, v in runs)


@pytest.mark.parametrize(("paper", "ink"), [(255, 0), (200, 30), (150, 60), (120, 20)])
def test_brightness_and_contrast_do_not_matter(paper: int, ink: int) -> None:
    expected, found = _segments(write("4725")), _segments(write("4725", paper=paper, ink=ink))
    assert found.first.tolist() == expected.first.tolist()
    assert found.last.tolist() == expected.last.tolist()
    assert found.cuts == pytest.approx(expected.cuts, abs=1)
    assert np.abs(found.images - expected.images).mean() < 0.01


@pytest.mark.parametrize("scale", [2, 3, 4, 8])
def test_an_enlarged_scan_is_cut_at_the_same_places(scale: int) -> None:
    grey = write("4725", 48)
    expected, found = _segments(grey), _segments(grey.repeat(scale, 0).repeat(scale, 1))
    _check(found, (scale * grey.shape[0], scale * grey.shape[1]))
    ends = [0, -1]
    assert found.cuts[ends] / scale == pytest.approx(expected.cuts[ends], abs=2)
    for box in expected.boxes[[0, -1]]:
        assert np.abs(found.boxes / scale - box).max(1).min() <= 4
    seen = np.kron(expected.piece_map >= 0, np.ones((scale, scale))) > 0
    assert (seen != (found.piece_map >= 0)).mean() < 0.06


@pytest.mark.parametrize("reduced", [(600, 60.0), (900, 75.0)])
def test_a_scan_of_many_dots_costs_about_the_same(reduced: tuple[int, float]) -> None:
    segment_page(Page(write("1")))  # what is imported when first needed
    grey = write("4725", *reduced)
    start = time.thread_time()
    segments = _segments(grey)
    assert time.thread_time() - start < 2
    _check(segments, (grey.shape[0], grey.shape[1]))
    starts = [grey.shape[0] / 4 + ADVANCE * reduced[0] * index for index in range(4)]
    for left in starts:
        assert np.abs(segments.boxes[:, 0] - left).min() < 0.15 * reduced[0]


def test_specks_are_no_pieces() -> None:
    grey = write("4  5", 48)
    dirty = grey.copy()
    dirty[40, 80] = dirty[60, 90] = dirty[30, 100] = 60
    assert len(_segments(dirty).cuts) == len(_segments(grey).cuts)


def test_a_point_of_a_fine_pen_is_a_piece() -> None:
    pointed, plain = (_segments(write(text, 48, pen=1.5)) for text in ("47.5", "47 5"))
    assert len(pointed.cuts) == len(plain.cuts) + 1


def test_the_lines_foot_and_height_are_the_segments_own_on_all_of_them() -> None:
    """Never per segment: a point stays small and at the foot (III-E)."""
    segments = _segments(write("4.7"))
    left, right = segments.boxes[:, 0], segments.boxes[:, 2]
    (point,) = np.flatnonzero((left >= 20 + 34 - 3) & (right <= 20 + 34 + 8))
    rows = np.flatnonzero(segments.images[point, 0].max(1) > 0.3)
    assert len(rows) <= 6
    assert rows[0] > ROWS / 2
    assert (segments.boxes[:, 3] - segments.boxes[:, 1]).max() > 0.8 * HEIGHT * 40 / HEIGHT


BAD = {
    "one pixel": np.zeros((1, 1), np.uint8),
    "white": np.full((60, 200), 255, np.uint8),
    "black": np.zeros((60, 200), np.uint8),
    "large and white": np.full((4000, 3000), 255, np.uint8),
    "large and black": np.zeros((4000, 3000), np.uint8),
}


@pytest.mark.parametrize("name", BAD)
def test_where_nothing_is_written_there_is_nothing_to_read(name: str) -> None:
    with pytest.raises(NothingToRead, match=r"^There is no writing here: .*\.$"):
        _segments(BAD[name])


def test_only_dirt_is_nothing_to_read() -> None:
    grey = np.full((60, 60), 230, np.uint8)
    grey[::14, ::14] = 0
    with pytest.raises(NothingToRead, match="no writing"):
        _segments(grey)


def test_a_long_sentence_is_more_than_one_amount() -> None:
    with pytest.raises(InputError, match="more on this image than one amount"):
        _segments(write("4725710" * 8))


def test_strips_and_noise_are_refused_quickly() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (190, 6000)).astype(np.uint8)
    start = time.thread_time()
    for image in (noise, noise[:1], noise[:20], (noise > 128).astype(np.uint8) * 255):
        with pytest.raises(InputError):
            _segments(image)
    assert time.thread_time() - start < 20


@given(
    st.one_of(
        arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 60))),
        arrays(
            np.uint8,
            st.tuples(st.integers(1, 40), st.integers(1, 60)),
            elements=st.sampled_from([0, 230, 255]),
            fill=st.just(255),
        ),
    )
)
@settings(max_examples=150)
def test_whatever_the_image_there_are_segments_or_a_sentence(grey: np.ndarray) -> None:
    try:
        segments = _segments(grey)
    except InputError as error:
        _check_sentence(error)
        return
    _check(segments, (grey.shape[0], grey.shape[1]))


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=40)
def test_strokes_anywhere_are_cut_lawfully(seed: int) -> None:
    generator = np.random.default_rng(seed)
    shape = int(generator.integers(20, 260)), int(generator.integers(20, 500))
    grey = np.full(shape, 230, np.uint8)
    for _ in range(generator.integers(1, 12)):
        y, x = generator.integers(0, shape[0]), generator.integers(0, shape[1])
        high, wide = generator.integers(1, shape[0]), generator.integers(1, 8)
        grey[y : y + high, x : x + wide] = generator.integers(0, 120)
    grey = np.clip(grey + generator.normal(0, generator.uniform(0, 10), shape), 0, 255).astype(np.uint8)
    try:
        _check(_segments(grey), shape)
    except InputError as error:
        _check_sentence(error)


def test_the_same_page_gives_the_same_segments() -> None:
    grey = write(TEXT)
    first, second = _segments(grey), _segments(grey.copy())
    for name in vars(first).keys() - {"draw_map"} | {"piece_map"}:
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))
