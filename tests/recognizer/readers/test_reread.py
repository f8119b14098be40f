"""Rereading against an enumeration of all paths: what obeys the conditions, and nothing else, competes."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.errors import InputError, NothingToRead
from recognizer.readers.alignment import paths_writing, writings
from recognizer.readers.reading import Reading
from recognizer.readers.reread import ANY, NO_CONSTRAINTS, Constraints, Mark, reread
from tests.recognizer.ink.test_frames import page
from tests.recognizer.readers.test_reader import CLASSES, SYMBOLS, meanings_of, paths_of, toy_reader, toy_segments
from tests.recognizer.readers.test_text import WORDS, Sure

FIRST, LAST = [0, 1, 2, 0, 1, 0], [1, 2, 3, 2, 3, 3]
JUNK = len(CLASSES)


def read(seed: int) -> Reading:
    segments = toy_segments(FIRST, LAST)
    penalties = np.random.default_rng(seed).exponential(3, (len(segments), len(CLASSES))).astype(np.float32)
    penalties[:, -1] += 6
    return toy_reader(segments, penalties).read("")


def least(reading: Reading, constraints: Constraints) -> dict[str, float]:
    """The least penalty of every text that obeys the conditions, by enumeration."""
    trace = reading.trace
    found: dict[str, float] = {}
    for path in paths_of(trace.segments):
        cuts = {0} | {int(trace.segments.last[s]) for s in path}
        if not constraints.forced_cuts <= cuts or constraints.forbidden_cuts & cuts:
            continue
        if any(mark.segment not in path for mark in constraints.forced):
            continue
        penalties = trace.penalties.copy()
        for mark in constraints.forced:
            if mark.label != ANY:
                penalties[mark.segment, np.arange(len(CLASSES)) != mark.label - 1] = np.inf
        for mark in constraints.forbidden:
            penalties[mark.segment, slice(None) if mark.label == ANY else mark.label - 1] = np.inf
        for text, penalty in meanings_of(trace.segments, penalties, path):
            if text and math.isfinite(penalty) and constraints.text in ("", text):
                found[text] = min(found.get(text, math.inf), penalty)
    return found


marks = st.builds(Mark, st.integers(0, 5), st.integers(0, JUNK))
some = st.builds(
    Constraints,
    forced=st.frozensets(marks, max_size=1),
    forbidden=st.frozensets(marks, max_size=3),
    forced_cuts=st.frozensets(st.integers(1, 2), max_size=1),
    forbidden_cuts=st.frozensets(st.integers(1, 2), max_size=1),
    text=st.sampled_from(["", "", "7", "42", "305"]),
)


@settings(max_examples=60)
@given(st.integers(0, 1000), some)
def test_the_best_path_is_the_best_that_obeys(seed: int, constraints: Constraints) -> None:
    reading = read(seed)
    expected = least(reading, constraints)
    if not expected:
        with pytest.raises(NothingToRead):
            reread(reading, constraints)
        return
    try:
        again = reread(reading, constraints)
    except NothingToRead:  # likelier that there is no text at all
        return
    path = again.trace.stages[-1].graph
    assert float(path.penalty.sum()) == pytest.approx(expected[again.text], rel=1e-4, abs=1e-3)
    assert {alternative.text for alternative in again.alternatives} <= set(expected)
    assert again.trace.segments is reading.trace.segments
    assert again.trace.penalties is reading.trace.penalties


@pytest.mark.parametrize("seed", range(5))
def test_without_conditions_nothing_changes_and_earlier_ones_are_forgotten(seed: int) -> None:
    reading = read(seed)
    changed = reread(reading, Constraints(forbidden=frozenset({Mark(0)})))
    for start in (reading, changed):
        again = reread(start, NO_CONSTRAINTS)
        assert (again.text, again.alternatives, again.confidence) == (
            reading.text,
            reading.alternatives,
            reading.confidence,
        )


def test_the_network_is_not_asked() -> None:
    reading = read(3)
    asked = reading.trace.reader.recognise
    assert asked is not None
    object.__setattr__(reading.trace.reader, "recognise", None)
    object.__setattr__(reading.trace.reader, "segment", None)
    assert reread(reading, Constraints(text="42")).text == "42"


def test_the_wanted_text_of_frames_is_found_where_the_beam_has_left_it_out() -> None:
    from recognizer.readers.text import text_reader

    reading = text_reader(Sure(), 0.0, WORDS).read(page((0.0, "ab abba")))
    again = reread(reading, Constraints(text="ab abaa"))
    assert again.text == "ab abaa"
    assert float(again.trace.stages[-1].graph.penalty.sum()) > float(reading.trace.stages[-1].graph.penalty.sum())
    recognition = again.trace.stages[1].graph
    behind = again.trace.stages[2].graph.origins[0][again.trace.stages[3].graph.origins[0]]
    assert np.isfinite(recognition.penalty[behind[behind >= 0]]).all()


def test_all_ways_to_write_a_text_are_one_graph() -> None:
    graph = writings("12.50", SYMBOLS)
    found = set()
    for labels in itertools.product(range(len(SYMBOLS)), repeat=4):
        if "".join(SYMBOLS[label] for label in labels) == "12.50" and all(labels):
            found.add(labels)
    from recognizer.gtn import shortest_paths

    assert found == {tuple(graph.label[path.arcs].tolist()) for path in shortest_paths(graph, 20)[0]}


def test_what_cannot_be_written_is_told_in_words() -> None:
    reading = read(1)
    with pytest.raises(InputError, match="writes no 'x'"):
        paths_writing("4x", reading)
    with pytest.raises(InputError, match="type one"):
        paths_writing("", reading)
    with pytest.raises(NothingToRead, match="No way of cutting"):
        paths_writing("1234567", reading)
