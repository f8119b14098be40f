"""Cuts that a person makes on a page: pieces stay a partition of the ink, whatever is cut and joined."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.page import Page, PageSegments, segment_page
from recognizer.page.recut import NONE, edited, in_order
from recognizer.segments import Edit, Join, Point, Split
from tests.recognizer.writing import write

PAGE = Page(write("4725"))
BEFORE = segment_page(PAGE)
INK = [(int(x), int(y)) for y, x in np.argwhere(BEFORE.piece_map >= 0)[::40]]
POINTS = st.sampled_from(INK) | st.tuples(st.integers(-9, 900), st.integers(-9, 300))
EDITS = st.lists(st.builds(Split, POINTS) | st.builds(Join, POINTS, POINTS), max_size=5)


def at(segments: PageSegments, point: Point) -> int:
    return int(segments.piece_map[point[1], point[0]])


@settings(max_examples=25)
@given(EDITS)
def test_whatever_is_cut_and_joined_all_ink_is_in_pieces_from_left_to_right(edits: list[Edit]) -> None:
    after = segment_page(PAGE, edits)
    pieces = len(after.cuts) - 1
    assert ((after.piece_map >= 0) == (BEFORE.piece_map >= 0)).all()
    assert set(np.unique(after.piece_map).tolist()) == set(range(-1, pieces))
    assert len(after.lines) == pieces + 1
    assert (np.diff(after.cuts) >= 0).all()
    assert all(((after.first == i) & (after.last == i + 1)).any() for i in range(pieces))
    assert np.isfinite(after.images).all()


def test_a_split_parts_the_ink_left_of_its_point_from_the_rest_and_a_join_takes_it_back() -> None:
    piece = int(np.bincount(BEFORE.piece_map[BEFORE.piece_map >= 0]).argmax())
    ink = np.argwhere(BEFORE.piece_map == piece)
    y, x = ink[np.argsort(ink[:, 1])[len(ink) // 2]].tolist()
    after = segment_page(PAGE, [Split((x, y))])
    assert len(after.cuts) == len(BEFORE.cuts) + 1
    before, right = (int(after.piece_map[row, column]) for row, column in (ink[ink[:, 1].argmin()], (y, x)))
    assert before < right
    columns = [np.argwhere(after.piece_map == each)[:, 1].mean() for each in (before, right)]
    assert columns[0] < columns[1]
    left = tuple(ink[ink[:, 1].argmin()][::-1].tolist())
    again = segment_page(PAGE, [Split((x, y)), Join((x, y), left)])  # type: ignore[arg-type]
    assert (again.piece_map == BEFORE.piece_map).all()
    np.testing.assert_array_equal(again.images, BEFORE.images)


def test_a_join_takes_all_pieces_between() -> None:
    first, last = (np.argwhere(BEFORE.piece_map == piece)[0, ::-1].tolist() for piece in (0, len(BEFORE.cuts) - 2))
    one = segment_page(PAGE, [Join(tuple(first), tuple(last))])  # type: ignore[arg-type]
    assert len(one.cuts) == 2
    assert len(one) == 1


def test_the_line_of_a_cut_parts_the_ink_on_both_sides() -> None:
    """Most of it: strokes overhang, and lines of the segmenter's own bend."""
    for cut in range(1, len(BEFORE.cuts) - 1):
        x_top, top, x_foot, foot = BEFORE.lines[cut].tolist()
        for piece, side in ((cut - 1, -1), (cut, 1)):
            rows, columns = np.nonzero(BEFORE.piece_map == piece)
            line = x_foot + (foot - rows) / (foot - top) * (x_top - x_foot)
            assert (side * (columns - line) > -1).mean() > 0.6


def test_pieces_are_numbered_by_the_middle_of_their_columns() -> None:
    line = np.array([[5, NONE, 2, 2, NONE, 0]])
    assert in_order(line).tolist() == [[0, NONE, 1, 1, NONE, 2]]
    assert edited(line, line >= 0, [Split((0, 2))], lambda point: point).tolist() == line.tolist(), (
        "nothing to its left"
    )
    assert edited(line, line >= 0, [Split((0, 3))], lambda point: point).tolist() == [[0, NONE, 1, 2, NONE, 3]]
