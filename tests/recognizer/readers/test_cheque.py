"""The reader of cheques against brute force over its fields, with a recogniser of nobody's."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from recognizer.errors import InputError
from recognizer.gtn import chain, compose, forward
from recognizer.language.amount import acceptor_of
from recognizer.page import Page
from recognizer.readers.candidates import find_candidates, segmentations
from recognizer.readers.cheque import ChequeReader, character_penalties, cheque_grammar, free_penalties
from recognizer.readers.drawing import as_svg, best_segments
from recognizer.readers.narrow import amount_reading
from recognizer.readers.reader import recognise_arcs
from recognizer.segments import Segments
from tests.recognizer.page.test_fields import sheet

CLASSES = (*"0123456789", *"$.,-/*=#", "junk")
SYMBOLS = ("", *CLASSES[:-1], "", *(f".{digit}" for digit in range(10)))


def recognise(segments: Segments) -> np.ndarray:
    """Something that depends on the ink and on nothing else, and knows wide segments for no characters."""
    spread = np.linspace(1, 9, len(CLASSES))
    penalties = 3 * np.abs(np.sin(segments.images.mean((1, 2, 3))[:, None] * 40 * spread))
    penalties[:, -1] = 12 + (segments.last - segments.first)
    return penalties.astype(np.float32)


def field_penalties(features: np.ndarray) -> np.ndarray:
    """Rather to the right."""
    return (0.5 * features[:, 5]).astype(np.float32)


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(sheet(("12 5", 560, 140), ("42", 640, 60), ("7051", 100, 220), ("1", 300, 140)))


@pytest.fixture(scope="module")
def reader() -> ChequeReader:
    return ChequeReader(field_penalties, recognise, cheque_grammar(CLASSES), CLASSES, SYMBOLS, 0.5)


def test_confidence_is_the_share_of_all_fields_paths_that_write_the_answer(reader: ChequeReader, page: Page) -> None:
    candidates = find_candidates(page, field_penalties)
    penalties = character_penalties(candidates, recognise, CLASSES)
    free = free_penalties(candidates, penalties)
    whole, right = [], []
    reading = reader.read(page)
    for field in range(len(candidates.penalties)):
        graph = segmentations(candidates, candidates.penalties - free)
        alone = compose(recognise_arcs(graph, penalties)[field], reader.grammar)
        whole.append(-float(forward(alone)[0]))
        written = compose(alone, chain(reading.alternatives[0].labels))
        right.append(-float(forward(written)[0]))
    share = np.exp(np.logaddexp.reduce(right) - np.logaddexp.reduce(whole))
    doubt = 0.7 ** len(reading.flaws)
    assert reading.confidence >= share * doubt * 0.99  # several label sequences may write the same text
    assert reading.confidence <= 1
    assert reading.accepted == (reading.confidence >= 0.5)


def test_the_normalised_recognition_graphs_of_all_fields_weigh_the_same(page: Page) -> None:
    candidates = find_candidates(page, field_penalties)
    penalties = character_penalties(candidates, recognise, CLASSES)
    graphs = segmentations(candidates, -free_penalties(candidates, penalties))
    assert np.asarray(forward(recognise_arcs(graphs, penalties))) == pytest.approx(0, abs=1e-3)


def test_every_arc_leads_back_to_its_field(reader: ChequeReader, page: Page) -> None:
    trace = reader.read(page).trace
    fields, segmentation, *later = (stage.graph for stage in trace.stages)
    assert trace.stages[0].name == "fields"
    assert len(segmentation.source) == len(trace.segments)
    assert set(segmentation.origins[0].tolist()) == set(range(len(fields.source)))
    entries = segmentation.source == 0
    assert entries.any()
    arcs = np.arange(len(later[-1].source))
    for graph in reversed(later):
        arcs = graph.origins[0][arcs]
        arcs = arcs[arcs >= 0]
    assert len(set(segmentation.origins[0][arcs].tolist())) == 1


def test_places_are_those_of_the_page(reader: ChequeReader) -> None:
    small = sheet(("12 5", 560, 140), ("42", 640, 60), ("7051", 100, 220), ("1", 300, 140))
    one, two = (reader.read(Page(grey)).trace.segments for grey in (small, small.repeat(2, 0).repeat(2, 1)))
    assert two.boxes[:, 0].min() == pytest.approx(2 * one.boxes[:, 0].min(), abs=6)
    assert two.boxes[:, 3].max() == pytest.approx(2 * one.boxes[:, 3].max(), abs=6)


def test_narrowed_to_an_amount_a_reading_draws_as_one(reader: ChequeReader, page: Page) -> None:
    reading = reader.read(page)
    narrow = amount_reading(reading)
    assert narrow.text == reading.text
    assert [stage.name for stage in narrow.trace.stages] == [stage.name for stage in reading.trace.stages[1:]]
    for stage in narrow.trace.stages:
        stage.graph.check()
    segments = narrow.trace.segments
    assert (segments.first >= 0).all()
    assert segments.last.max() == len(segments.cuts) - 1
    assert len(segments) == len(narrow.trace.penalties) == len(narrow.trace.stages[0].graph.source)
    best = best_segments(narrow.trace)
    ways = sorted((int(segments.first[s]), int(segments.last[s])) for s in best)
    assert ways[0][0] == 0
    assert all(a[1] == b[0] for a, b in pairwise(ways))
    assert ways[-1][1] == len(segments.cuts) - 1
    assert as_svg(narrow, page).startswith("<svg")
    assert amount_reading(narrow) is narrow


def test_a_link_between_dollars_and_cents_is_a_point_and_nothing_else(page: Page) -> None:
    candidates = find_candidates(page, field_penalties, 100, np.inf)
    assert len(candidates.links)
    penalties = character_penalties(candidates, recognise, CLASSES)
    point = CLASSES.index(".")
    for link in candidates.links:
        assert penalties[link, point] == 0
        assert np.isinf(np.delete(penalties[link], point)).all()
        assert candidates.segments.last[link] == candidates.segments.first[link] + 1


@pytest.mark.parametrize(("amount", "texts"), [("42.00", ["42.00", "42"]), ("7.05", ["7.05"])])
def test_all_ways_to_write_an_amount_are_accepted(amount: str, texts: list[str]) -> None:
    accepted = acceptor_of(amount, CLASSES)
    for text in ["42.00", "42", "7.05", "7"]:
        labels = [SYMBOLS.index(character) for character in text]
        assert np.isfinite(forward(compose(chain(labels), accepted))[0]) == (text in texts)


@pytest.mark.parametrize(
    "grey",
    [
        np.full((1, 1), 255, np.uint8),
        np.full((1, 4000), 0, np.uint8),
        np.full((4000, 1), 0, np.uint8),
        np.full((600, 1200), 255, np.uint8),
        np.zeros((600, 1200), np.uint8),
        np.random.default_rng(0).integers(0, 256, (600, 1200), dtype=np.uint8),
    ],
)
def test_hostile_images_get_a_sentence(reader: ChequeReader, grey: np.ndarray) -> None:
    with pytest.raises(InputError, match=r"\.$"):
        reader.read(Page(grey))


def test_the_fields_lie_where_the_writing_is_and_the_chosen_one_around_the_answer(
    reader: ChequeReader, page: Page
) -> None:
    reading = reader.read(page)
    (chosen,) = [field for field in reading.fields if field.chosen]
    boxes = amount_reading(reading).trace.segments.boxes
    assert chosen.box == pytest.approx((*boxes[:, :2].min(0), *boxes[:, 2:].max(0)), abs=1)
    assert [field.penalty for field in reading.fields] == sorted(field.penalty for field in reading.fields)
    for left, top, right, foot in (field.box for field in reading.fields):
        assert (page.grey[int(top) : int(foot), int(left) : int(right)] < 128).any()


def test_a_given_field_is_the_only_candidate(reader: ChequeReader, page: Page) -> None:
    """The amount is where one says, at any resolution, and the trace is that of a cheque."""
    for scale in (1, 2):
        large = Page(page.grey.repeat(scale, 0).repeat(scale, 1))
        for field in reader.read(large).fields:
            margin = 4 * scale
            left, top, right, foot = field.box
            box = (left - margin, top - margin, right + margin, foot + margin)
            reading = reader.read(replace(large, field=box))
            assert len(reading.fields) == 1
            assert reading.fields[0].chosen
            assert reading.fields[0].box == pytest.approx(field.box, abs=3 * scale)
    with pytest.raises(InputError, match="rectangle"):
        reader.read(replace(page, field=(2, 2, 20, 20)))
