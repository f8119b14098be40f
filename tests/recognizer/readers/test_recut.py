"""Cuts that a person moves: pieces stay a partition of the ink, and only new segments reach the network."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.errors import InputError
from recognizer.ink import Ink, read_inkml
from recognizer.ink.word_segments import WordSegments, segment_text
from recognizer.page import load_pages
from recognizer.platform import resources_folder
from recognizer.readers.catalog import load_reader
from recognizer.readers.recut import can_recut, recut
from recognizer.segments import Edit, Join, Segments, Split
from recognizer.training.synthesis.rehearsal import MEASURED, rehearsal

INK = next(ink for ink, text in rehearsal(MEASURED) if len(text) >= 6)
POINTS = [(stroke, point) for stroke, points in enumerate(INK.strokes) for point in range(len(points))]
EDITS = st.lists(
    st.builds(Split, st.sampled_from(POINTS)) | st.builds(Join, st.sampled_from(POINTS), st.sampled_from(POINTS)),
    max_size=5,
)


def rows(segments: WordSegments) -> list[tuple[int, int]]:
    return [(s, p) for piece in segments.pieces for s, first, last in piece.tolist() for p in range(first, last + 1)]


@settings(max_examples=25)
@given(EDITS)
def test_whatever_is_cut_and_joined_every_point_is_in_one_piece(edits: list[Edit]) -> None:
    segments = segment_text(INK, edits=edits)
    assert sorted(rows(segments)) == sorted(rows(segment_text(INK)))
    assert (np.diff(segments.cuts) >= 0).all()
    assert np.isfinite(segments.images).all()


def test_a_split_and_a_join_take_each_other_back() -> None:
    before = segment_text(INK)
    piece = max((p for p in before.pieces if len(p)), key=lambda p: p[0, 2] - p[0, 1])
    stroke, first, last = piece[0].tolist()
    middle = (first + last) // 2
    split = [Split((stroke, middle))]
    parted = segment_text(INK, edits=split)
    assert len(parted.cuts) == len(before.cuts) + 1
    starts = [int(row[1]) for piece in parted.pieces for row in piece if row[0] == stroke]
    start = min(starts, key=lambda point: abs(point - middle))
    assert abs(start - middle) <= 2  # a cut lies between samples of the path, and they between points
    again = segment_text(INK, edits=[*split, Join((stroke, start - 1), (stroke, start))])
    assert [p.tolist() for p in again.pieces] == [p.tolist() for p in before.pieces]


def test_only_new_segments_reach_the_network_and_the_answer_is_as_if_all_had() -> None:
    reader = load_reader("text", system="segmentation", lexicon="none", extent="word")
    seen: list[int] = []

    def counting(segments: WordSegments) -> np.ndarray:
        seen.append(len(segments))
        return reader.recognise(segments)

    reading = replace(reader, recognise=counting).read(INK)
    piece = next(p for p in reading.trace.segments.pieces if len(p) and p[0, 2] - p[0, 1] > 8)
    stroke, first, last = piece[0].tolist()
    edits = [Split((stroke, (first + last) // 2))]
    again = recut(reading, INK, edits)
    assert 0 < seen[1] < seen[0]
    whole = replace(reader, segment=lambda ink: reader.segment(ink, edits)).read(INK)
    assert again.text == whole.text
    np.testing.assert_allclose(again.trace.penalties, whole.trace.penalties, atol=1e-2)
    assert len(seen) == 2
    assert recut(reading, INK, []).text == reading.text
    assert len(seen) == 2, "no segment is new"


def test_a_number_is_recut_too() -> None:
    reader, ink = load_reader("number"), read_inkml(resources_folder() / "samples" / "number-60135.inkml")
    reading = reader.read(ink)
    assert can_recut(reading)
    assert recut(reading, ink, []).text == reading.text
    pieces = reading.trace.segments.pieces
    ends = [(int(piece[0, 0]), int(piece[0, 1])) for piece in pieces]
    joined = recut(reading, ink, [Join(ends[-2], ends[-1])])  # the two strokes of the 5
    assert len(joined.trace.segments.cuts) == len(reading.trace.segments.cuts) - 1
    assert joined.text == reading.text == "60135"
    middle = len(ink.strokes[ends[0][0]]) // 2
    parted = recut(reading, ink, [Split((ends[0][0], middle))])
    assert sorted(rows(parted.trace.segments)) == sorted(rows(reading.trace.segments))
    assert len(parted.trace.segments.cuts) == len(reading.trace.segments.cuts) + 1


def test_an_amount_on_a_page_is_recut_and_only_new_segments_reach_the_network() -> None:
    reader = load_reader("amount", system="segmentation")
    page = load_pages(resources_folder() / "samples" / "amount-60135.png")[0]
    seen: list[int] = []

    def counting(segments: Segments) -> np.ndarray:
        seen.append(len(segments))
        return reader.recognise(segments)

    reading = replace(reader, recognise=counting).read(page)
    assert recut(reading, page, []).text == reading.text
    assert len(seen) == 1
    segments = reading.trace.segments
    ink = np.argwhere(segments.piece_map == 0)
    row, column = ink[np.argsort(ink[:, 1])[len(ink) // 2]].tolist()
    edits = [Split((column, row))]
    again = recut(reading, page, edits)
    assert 0 < seen[1] < seen[0]
    assert len(again.trace.segments.cuts) == len(segments.cuts) + 1
    whole = replace(reader, segment=lambda page: reader.segment(page, edits)).read(page)
    assert again.text == whole.text
    np.testing.assert_allclose(again.trace.penalties, whole.trace.penalties, atol=1e-2)


def test_the_joined_reader_is_recut_among_what_displacement_leaves_open() -> None:
    reading = load_reader("text", extent="word").read(INK)
    assert can_recut(reading)
    assert recut(reading, INK, []).text == reading.text
    assert recut(reading, INK, []).trace.beside is reading.trace.beside


def test_frames_have_no_cuts_to_move() -> None:
    reading = load_reader("text", system="displacement", lexicon="none", extent="word").read(INK)
    assert not can_recut(reading)
    with pytest.raises(InputError, match="cannot be moved"):
        recut(reading, Ink(INK.strokes), [])
