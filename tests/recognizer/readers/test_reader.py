"""The chain of a reader on segments and penalties that are made up, against an enumeration of everything they can mean."""

import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.errors import Cancelled, InputError, NothingToRead
from recognizer.gtn import graph_of
from recognizer.language.amount import JUNK_INSIDE, JUNK_OUTSIDE, amount_grammar, number_grammar, written_symbols
from recognizer.readers.reader import LatticeReader
from recognizer.readers.reading import Reading
from recognizer.segments import Segments

DIGITS = "0123456789"
CLASSES = (*DIGITS, "junk")
SYMBOLS = written_symbols(CLASSES)
STAGES = ["segmentation", "recognition", "interpretation", "best path"]


def toy_segments(first: list[int], last: list[int]) -> Segments:
    count, cuts = len(first), max(last) + 1
    zeros = np.zeros((count, 4), np.float32)
    images = np.zeros((count, 1, 2, 2), np.float32)
    return Segments(
        np.arange(cuts, dtype=np.float32), np.array(first, np.int32), np.array(last, np.int32), zeros, images, zeros
    )


def toy_reader(segments: Segments, penalties: np.ndarray, threshold: float = 0.5) -> LatticeReader[str]:
    return LatticeReader(
        lambda source: segments, lambda given: penalties, number_grammar(CLASSES), CLASSES, SYMBOLS, threshold
    )


def paths_of(segments: Segments, cut: int = 0) -> Iterator[list[int]]:
    if cut == len(segments.cuts) - 1:
        yield []
        return
    for s in np.flatnonzero(segments.first == cut):
        for rest in paths_of(segments, int(segments.last[s])):
            yield [int(s), *rest]


def meanings_of(segments: Segments, penalties: np.ndarray, segment_path: list[int]) -> Iterator[tuple[str, float]]:
    """Every text of one path of segments with its penalty: digits, and junk at its price."""
    texts: list[tuple[tuple[int, ...], float]] = [((), 0.0)]
    for s in segment_path:
        texts = [((*text, k), cost + float(penalties[s, k])) for text, cost in texts for k in range(len(CLASSES))]
    several = [segments.last[s] - segments.first[s] > 1 for s in segment_path]
    for classes, cost in texts:
        junk = [k == len(CLASSES) - 1 for k in classes]
        if any(dirt and many for dirt, many in zip(junk, several, strict=True)):
            continue  # only single pieces can be junk
        if all(junk):
            yield "", cost
            continue
        head, tail = junk.index(False), junk[::-1].index(False)
        inside = sum(junk) - head - tail
        text = "".join(CLASSES[k] for k in classes if k < len(DIGITS))
        yield text, cost + JUNK_OUTSIDE * (head + tail) + JUNK_INSIDE * inside


LATTICES = [([0, 1, 2, 0, 1], [1, 2, 3, 2, 3]), ([0], [1]), ([0, 1], [1, 2]), ([0, 0, 1], [1, 2, 2])]


@given(st.sampled_from(LATTICES), st.integers(0, 2**32 - 1), st.floats(0.5, 6))
@settings(max_examples=25)
def test_a_reading_is_what_an_enumeration_finds(lattice: tuple[list[int], list[int]], seed: int, spread: float) -> None:
    segments = toy_segments(*lattice)
    penalties = np.random.default_rng(seed).exponential(spread, (len(segments), len(CLASSES))).astype(np.float32)
    total, least = defaultdict(float), defaultdict(lambda: math.inf)
    for path in paths_of(segments):
        for text, cost in meanings_of(segments, penalties, path):
            total[text] += math.exp(-cost)
            least[text] = min(least[text], cost)
    everything = sum(total.values())
    reader = toy_reader(segments, penalties)
    if total[""] > max(chance for text, chance in total.items() if text):
        with pytest.raises(NothingToRead):
            reader.read("")
        return
    reading = reader.read("")
    for alternative in reading.alternatives:
        assert alternative.confidence == pytest.approx(total[alternative.text] / everything, rel=1e-2, abs=1e-3)
    # Only the texts of the best paths are looked at: enough wherever an answer stands out.
    assert reading.confidence >= total[min(filter(None, least), key=least.__getitem__)] / everything - 1e-3
    assert reading.confidence == pytest.approx(
        max(chance for text, chance in total.items() if text) / everything, abs=0.03
    )
    assert float(reading.trace.stages[-1].graph.penalty.sum()) == pytest.approx(least[reading.text], rel=1e-4)
    _check(reading)


def _check(reading: Reading) -> None:
    """What is true of every reading."""
    found = [alternative.confidence for alternative in reading.alternatives]
    assert found == sorted(found, reverse=True)
    assert sum(found) <= 1 + 1e-4
    assert all(0 <= confidence <= 1 for confidence in found)
    assert len({alternative.text for alternative in reading.alternatives}) == len(found) <= 5
    assert (reading.text, reading.confidence) == (reading.alternatives[0].text, found[0])
    trace = reading.trace
    assert [stage.name for stage in trace.stages] == STAGES
    segmentation, recognition, interpretation, best = (stage.graph for stage in trace.stages)
    assert len(segmentation.source) == len(trace.segments)
    for graph, before in ((recognition, segmentation), (interpretation, recognition), (best, interpretation)):
        assert len(graph.origins[0]) == len(graph.source)
        assert graph.origins[0].max() < len(before.source)
    # The best path: connected, reads every piece once, writes the text.
    np.testing.assert_array_equal(best.source[1:], best.target[:-1])
    of_interpretation = best.origins[0]
    np.testing.assert_allclose(best.penalty, interpretation.penalty[of_interpretation])
    of_recognition = interpretation.origins[0][of_interpretation]
    of_segmentation = recognition.origins[0][of_recognition[of_recognition >= 0]]
    ways = list(zip(trace.segments.first[of_segmentation], trace.segments.last[of_segmentation], strict=True))
    assert ways[0][0] == 0
    assert ways[-1][1] == len(trace.segments.cuts) - 1
    assert all(before[1] == after[0] for before, after in pairwise(ways))
    written = "".join(trace.symbols[label] for label in best.output.tolist())
    assert written == "".join(trace.symbols[label] for label in reading.alternatives[0].labels) == reading.text


def sure_of(digits: str, classes: tuple[str, ...] = CLASSES) -> np.ndarray:
    penalties = np.full((len(digits), len(classes)), 30.0, np.float32)
    penalties[np.arange(len(digits)), [classes.index(digit) for digit in digits]] = 0
    return penalties


def test_stages_are_told_in_their_order() -> None:
    heard: list[str] = []
    reading = toy_reader(toy_segments([0, 1], [1, 2]), sure_of("42")).read("", heard.append)
    assert reading.text == "42"
    assert heard == STAGES
    assert reading.seconds >= 0


@pytest.mark.parametrize("stage", STAGES)
def test_cancelling_stops_before_the_stage(stage: str) -> None:
    ran: list[str] = []
    segments = toy_segments([0, 1], [1, 2])

    def segment(source: str) -> Segments:
        ran.append("segmentation")
        return segments

    def recognise(given: Segments) -> np.ndarray:
        ran.append("recognition")
        return sure_of("42")

    def on_stage(name: str) -> None:
        if name == stage:
            raise Cancelled

    with pytest.raises(Cancelled):
        LatticeReader(segment, recognise, number_grammar(CLASSES), CLASSES, SYMBOLS, 0.5).read("", on_stage)
    assert ran == STAGES[: min(2, STAGES.index(stage))]


def test_what_a_segmenter_refuses_is_refused() -> None:
    def segment(source: str) -> Segments:
        raise InputError("No.")

    with pytest.raises(InputError, match=r"No\."):
        LatticeReader(segment, lambda given: sure_of(""), number_grammar(CLASSES), CLASSES, SYMBOLS, 0.5).read("")


def test_what_no_grammar_accepts_is_nothing_to_read() -> None:
    two_digits = graph_of([0] * 10 + [1] * 10, [1] * 10 + [2] * 10, [*range(1, 11)] * 2, final=[2])
    reader = LatticeReader(
        lambda source: toy_segments([0], [1]), lambda given: sure_of("4"), two_digits, CLASSES, SYMBOLS, 0.5
    )
    with pytest.raises(NothingToRead, match="Nothing here looks like writing"):
        reader.read("")


@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.9, 1.0])
def test_a_reading_is_accepted_from_its_threshold_on(threshold: float) -> None:
    penalties = sure_of("4")
    penalties[0, 1] = math.log(2)  # a 1 is half as likely
    reading = toy_reader(toy_segments([0], [1]), penalties, threshold).read("")
    assert reading.confidence == pytest.approx(2 / 3, rel=1e-3)
    assert reading.accepted == (reading.confidence >= threshold)


def test_a_text_read_in_two_ways_is_one_alternative() -> None:
    """1250/100 and 12.50 are the same amount: their chances add up."""
    amounts = (*DIGITS, *"$.,-/*=#", "junk")
    # Two ways on from cut 2 to the end, which share no cut: "50/100" and ".50".
    segments = toy_segments([0, 1, 2, 3, 5, 7, 9, 11, 2, 4, 6], [1, 2, 3, 5, 7, 9, 11, 13, 4, 6, 13])
    penalties = sure_of("1250/100.50", amounts)
    reader = LatticeReader(
        lambda source: segments,
        lambda given: penalties,
        amount_grammar(amounts),
        amounts,
        written_symbols(amounts),
        0.5,
    )
    reading = reader.read("")
    assert reading.text == "12.50"
    assert reading.confidence == pytest.approx(1, abs=1e-3)
    assert [alternative.text for alternative in reading.alternatives].count("12.50") == 1
    _check(reading)
