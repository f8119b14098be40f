"""Explanations: whatever the reading and the wanted text, the parts sum to the whole difference."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.errors import NothingToRead
from recognizer.gtn import viterbi
from recognizer.readers.alignment import paths_writing
from recognizer.readers.explain import Explanation, explain, written
from recognizer.readers.reading import Reading
from tests.recognizer.ink.test_frames import page
from tests.recognizer.readers.test_reader import sure_of, toy_reader, toy_segments
from tests.recognizer.readers.test_reread import read
from tests.recognizer.readers.test_text import WORDS, Sure


def check(reading: Reading, explanation: Explanation) -> None:
    """The laws."""
    whole = float(viterbi(paths_writing(explanation.wanted, reading))[0])
    best = float(reading.trace.stages[-1].graph.penalty.sum())
    assert explanation.difference.total == pytest.approx(whole - best, abs=1e-3)
    assert explanation.places[0].first == 0
    assert explanation.places[-1].last == len(reading.trace.segments.cuts) - 1
    for before, after in pairwise(explanation.places):
        assert before.last == after.first
    assert "".join(written(place.won) for place in explanation.places) == explanation.won
    assert "".join(written(place.wanted) for place in explanation.places) == explanation.wanted
    assert 0 <= explanation.share <= 1
    for place in explanation.places:
        for side in (place.won, place.wanted):
            covered = [s.segment for s in side if s.segment >= 0]
            assert sum(int(reading.trace.segments.last[s] - reading.trace.segments.first[s]) for s in covered) == (
                place.last - place.first
            )


@settings(max_examples=60)
@given(st.integers(0, 500), st.text("0123456789", min_size=1, max_size=3))
def test_the_parts_sum_to_the_whole_difference(seed: int, text: str) -> None:
    try:
        reading = read(seed)
    except NothingToRead:
        return
    check(reading, explain(reading, text))


@pytest.mark.parametrize("text", ["abba aba", "abba ab", "aba abba", "a", "xyz"])
@pytest.mark.parametrize("lexicon", [WORDS, None])
def test_also_for_frames(text: str, lexicon: dict[str, float] | None) -> None:
    from recognizer.readers.text import text_reader

    reading = text_reader(Sure(), 0.0, lexicon).read(page((0.0, "abba aba")))
    check(reading, explain(reading, text))


def test_nothing_differs_from_the_answer_itself() -> None:
    reading = read(2)
    explanation = explain(reading, reading.text)
    assert explanation.difference.total == pytest.approx(0, abs=1e-4)


def test_the_arc_where_it_was_lost_is_named() -> None:
    penalties = sure_of("427")
    penalties[1, 1] = 3.5  # a 1 in the middle, not as good as the 2
    reading = toy_reader(toy_segments([0, 1, 2], [1, 2, 3]), penalties).read("")
    explanation = explain(reading, "417")
    assert [(written(p.won), written(p.wanted)) for p in explanation.places] == [("4", "4"), ("2", "1"), ("7", "7")]
    assert (explanation.lost.first, explanation.lost.last) == (1, 2)
    assert explanation.lost.difference.recogniser == pytest.approx(3.5)


def test_what_is_left_out_is_one_place_of_its_own() -> None:
    penalties = sure_of("427")
    penalties[1, -1] = 5.0
    reading = toy_reader(toy_segments([0, 1, 2], [1, 2, 3]), penalties).read("")
    places = explain(reading, "47").places
    assert [(written(p.won), written(p.wanted)) for p in places] == [("4", "4"), ("2", ""), ("7", "7")]
    assert places[1].difference.language > 0  # junk inside has its price


def test_a_transparent_recogniser_parts_segmentation_from_recognition() -> None:
    from recognizer.networks.recogniser import SegmentRecogniser
    from recognizer.readers.transparent import SegmentNetwork, Transparent

    network = SegmentRecogniser({"input_channels": 1, "rows": 28, "columns": 28, "classes": 11}, 3).eval()
    with torch.no_grad():
        network.segmentation.weight.fill_(0.5)
    recogniser = SegmentNetwork(network)
    assert isinstance(recogniser, Transparent)
    segments = replace(
        toy_segments([0, 1], [1, 2]),
        images=np.random.default_rng(0).random((2, 1, 28, 28)).astype(np.float32),
        features=np.array([[1, 2, 3], [0, 1, 0]], np.float32),
    )
    np.testing.assert_allclose(recogniser.cutting(segments), [3.0, 0.5], atol=1e-5)
    plain = recogniser(replace(segments, features=np.zeros((2, 3), np.float32)))
    np.testing.assert_allclose(recogniser(segments)[:, :-1] - plain[:, :-1], [[3.0] * 10, [0.5] * 10], atol=1e-5)


def test_gaps_are_cutting_and_frames_are_looked_into() -> None:
    from recognizer.ink.dynamics import CHANNELS
    from recognizer.ink.frames import frames_of
    from recognizer.language.alphabet import SPACE
    from recognizer.networks.displacement import Displacement
    from recognizer.readers.text import CLASSES as TEXT
    from recognizer.readers.text import FrameNetwork

    recogniser = FrameNetwork(Displacement(CHANNELS, 20, len(TEXT) - 2, (4, 6, 8, 12), (1,)).eval())
    segments = frames_of(page((0.0, "ab  ab")))
    gaps = np.isfinite(segments.gaps)
    np.testing.assert_allclose(recogniser.cutting(segments)[gaps], recogniser(segments)[gaps, SPACE - 1], rtol=1e-5)
    assert not recogniser.cutting(segments)[~gaps].any()
    assert len(recogniser.layers(segments.images[3])) >= 6
