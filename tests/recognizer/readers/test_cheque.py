"""The reader of cheques against brute force over its fields, with a recogniser of nobody's."""

from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch

from recognizer.errors import InputError
from recognizer.gtn import chain, compose, ctc_expansion, forward
from recognizer.language.amount import acceptor_of
from recognizer.networks.field import FieldPenalty
from recognizer.networks.recogniser import SegmentRecogniser
from recognizer.page import Page
from recognizer.page.line import ROWS
from recognizer.page.segment import COLUMNS
from recognizer.readers.candidates import find_candidates, links_of, segmentations
from recognizer.readers.cheque import ChequeReader, cheque_grammar, free_penalties, penalties_by
from recognizer.readers.chosen_field import amount_reading
from recognizer.readers.displacement_opinion import DisplacementOpinion
from recognizer.readers.drawing import as_svg, best_segments
from recognizer.readers.fields import FieldNetwork
from recognizer.readers.reader import conclude, recognise_arcs
from recognizer.readers.recut import recut
from recognizer.readers.reread import NO_CONSTRAINTS, reread
from recognizer.segments import Join, Segments, Split
from tests.recognizer.page.test_fields import sheet

CLASSES = (*"0123456789", *"$.,-/*=#", "junk")
SYMBOLS = ("", *CLASSES[:-1], "", *(f".{digit}" for digit in range(10)))


def recognise(segments: Segments) -> np.ndarray:
    """Something that depends on the ink and on nothing else, and knows wide segments for no characters."""
    spread = np.linspace(1, 9, len(CLASSES))
    penalties = 3 * np.abs(np.sin(segments.images.mean((1, 2, 3))[:, None] * 40 * spread))
    penalties[:, -1] = 12 + (segments.last - segments.first)
    penalties[links_of(segments)] = np.where(np.arange(len(CLASSES)) == CLASSES.index("."), 0, np.inf)
    return penalties.astype(np.float32)


def field_penalties(features: np.ndarray) -> np.ndarray:
    """Rather to the right."""
    return (0.5 * features[:, 5]).astype(np.float32)


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(sheet(("12 5", 560, 140), ("42", 640, 60), ("7051", 100, 220), ("1", 300, 140)))


@pytest.fixture(scope="module")
def reader() -> ChequeReader:
    return reader_of((1.0, 0.0))


def of_frames(lines: np.ndarray) -> np.ndarray:
    """Penalties of frames that depend on the ink alone."""
    shade = lines.mean((0, 1)).reshape(-1, 2).mean(1)
    penalties = 40 * np.abs(np.sin(shade[:, None] * 50 * np.linspace(1, 9, len(CLASSES)))).astype(np.float32)
    penalties[penalties > penalties.min(1, keepdims=True) + 4] = np.inf
    return penalties


def reader_of(weights: tuple[float, ...], recognise_frames=of_frames, legal=None) -> ChequeReader:  # type: ignore[no-untyped-def]
    grammar = cheque_grammar(CLASSES)
    second = DisplacementOpinion(
        lambda pictures: [*map(recognise_frames, pictures)], ctc_expansion(grammar, len(CLASSES)), CLASSES, SYMBOLS
    )
    return ChequeReader(field_penalties, recognise, grammar, CLASSES, SYMBOLS, second, legal, weights, 0.5)


def test_a_displacement_opinion_that_counts_for_nothing_changes_nothing(page: Page) -> None:
    reader = reader_of((1.0, 0.0))
    reading = reader.read(page)
    first, _ = conclude(reading.trace.graph("interpretation"), SYMBOLS)
    doubt = 0.7 ** len(reading.flaws)
    assert reading.text == first[0].text
    assert reading.confidence == pytest.approx(first[0].confidence * doubt, rel=1e-3)


def test_each_opinion_shares_out_one_and_the_answer_has_the_best_product(page: Page) -> None:
    reader = reader_of((0.5, 0.8))
    _, _, (texts, chances), _ = reader.opinions(page)
    assert np.all(chances >= 0)
    assert chances[0].sum() == pytest.approx(1, abs=1e-4)
    assert chances[1].sum() == pytest.approx(1, abs=1e-4)
    products = np.maximum(chances, 1e-12).T ** [0.5, 0.8]
    assert reader.read(page).text == texts[int(products.prod(1)[:-1].argmax())][0]


def test_a_sure_displacement_opinion_decides_among_what_the_first_thinks_possible(page: Page) -> None:
    unheard = reader_of((1.0, 0.0))
    _, _, (texts, _), _ = unheard.opinions(page)
    for text, _ in texts[:3]:
        if not text.endswith(".00"):
            continue
        wanted = text[: -len(".00")]

        def sure(lines: np.ndarray, wanted: str = wanted) -> np.ndarray:
            frames = np.full((lines.shape[2] // 2, len(CLASSES)), 30.0, np.float32)
            for place, character in enumerate(wanted):
                frames[2 * place, CLASSES.index(character)] = 0
                frames[2 * place + 1, -1] = 0
            frames[2 * len(wanted) :, -1] = 0
            return frames

        assert reader_of((1.0, 4.0), sure).read(page).text == text


def test_fields_cost_what_the_network_says() -> None:
    torch.manual_seed(1)
    network = FieldPenalty(7)
    torch.nn.init.normal_(network.linear.weight)
    network.mean.normal_()
    network.spread.uniform_(0.5, 2)
    features = 20 * torch.randn(40, 7)
    np.testing.assert_allclose(
        penalties_by(network)(features.numpy()), network(features).detach(), rtol=1e-5, atol=1e-6
    )


def test_confidence_is_the_share_of_all_fields_paths_that_write_the_answer(reader: ChequeReader, page: Page) -> None:
    candidates = find_candidates(page, field_penalties)
    penalties = recognise(candidates.segments)
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
    penalties = recognise(candidates.segments)
    graphs = segmentations(candidates, -free_penalties(candidates, penalties))
    assert np.asarray(forward(recognise_arcs(graphs, penalties))) == pytest.approx(0, abs=1e-3)


def test_what_is_a_part_of_several_fields_is_recognised_once(reader: ChequeReader) -> None:
    page = Page(sheet(("12", 560, 140), ("50", 660, 130), ("42", 640, 60), ("7051", 100, 220)))
    candidates = find_candidates(page, field_penalties)
    segments, twins, counts = candidates.segments, candidates.twins, []
    assert np.any(twins < np.arange(len(segments)))
    assert np.array_equal(segments.images[twins], segments.images)
    assert np.array_equal(segments.features[twins], segments.features)

    def counted(segments: Segments) -> np.ndarray:
        counts.append(len(segments))
        return recognise(segments)

    _, trace, _, _ = replace(reader, recognise=counted).opinions(page)
    assert counts == [len(np.unique(twins))]
    assert np.array_equal(trace.penalties, recognise(segments))


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


def test_a_narrowed_reading_is_decoded_and_cut_again(reader: ChequeReader, page: Page) -> None:
    narrow = amount_reading(reader.read(page))
    assert reread(narrow, NO_CONSTRAINTS).text == narrow.text
    assert recut(narrow, page, []).text == narrow.text
    segments = narrow.trace.segments
    places = [tuple(np.argwhere(segments.piece_map == piece)[0, ::-1].tolist()) for piece in (0, 1)]
    joined = recut(narrow, page, [Join(*places)])
    assert len(joined.trace.segments.cuts) == len(segments.cuts) - 1
    assert ((joined.trace.segments.piece_map >= 0) == (segments.piece_map >= 0)).all()
    assert joined.fields == narrow.fields
    assert joined.flaws == narrow.flaws
    assert recut(narrow, page, [Join((0, 0), places[0]), Split((page.grey.shape[1] + 9, 2))]).text == narrow.text


def test_a_link_between_dollars_and_cents_is_a_point_and_nothing_else(page: Page) -> None:
    candidates = find_candidates(page, field_penalties, 100, np.inf)
    links = np.flatnonzero(links_of(candidates.segments))
    assert len(links) == sum(len(parts) - 1 for parts in candidates.parts) > 0
    point = CLASSES.index(".")
    shape = {"input_channels": 1, "rows": ROWS, "columns": COLUMNS, "classes": len(CLASSES)}
    network = SegmentRecogniser(shape, features=5)
    penalties = FieldNetwork(network, point)(candidates.segments)
    assert np.isfinite(penalties[~links_of(candidates.segments)]).all()
    for link in links:
        assert penalties[link, point] == 0
        assert np.isinf(np.delete(penalties[link], point)).all()
        assert candidates.segments.last[link] == candidates.segments.first[link] + 1


@pytest.mark.parametrize(("amount", "texts"), [("42.00", ["42.00", "42"]), ("7.05", ["7.05"])])
def test_all_ways_to_write_an_amount_are_accepted(amount: str, texts: list[str]) -> None:
    accepted = acceptor_of(amount, CLASSES)
    for text in ["42.00", "42", "7.05", "7"]:
        dollars, _, cents = text.partition(".")
        written = [*dollars, *([f".{cents[0]}", cents[1]] if cents else [])]
        labels = [SYMBOLS.index(symbol) for symbol in written]
        assert np.isfinite(forward(compose(chain(labels), accepted))[0]) == (text in texts)


@pytest.mark.parametrize(
    "grey",
    [
        np.full((1, 1), 255, np.uint8),
        np.full((1, 4000), 0, np.uint8),
        np.full((4000, 1), 0, np.uint8),
        np.full((600, 1200), 255, np.uint8),
        np.zeros((600, 1200), np.uint8),
    ],
)
def test_hostile_images_get_a_sentence(reader: ChequeReader, grey: np.ndarray) -> None:
    with pytest.raises(InputError, match=r"\.$"):
        reader.read(Page(grey))


def test_noise_is_accepted_as_nothing(reader: ChequeReader) -> None:
    grey = np.random.default_rng(0).integers(0, 256, (600, 1200), dtype=np.uint8)
    with suppress(InputError):
        assert not reader.read(Page(grey)).accepted


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
