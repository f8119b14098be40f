"""Two readers as one: what each says of the other's texts counts, and what one alone is sure of does not win by default."""

from dataclasses import replace

import numpy as np
import pytest

from recognizer.errors import NothingToRead
from recognizer.gtn import forward
from recognizer.language.amount import number_grammar, written_symbols
from recognizer.readers.calibration import UNCALIBRATED, Calibration
from recognizer.readers.pooled import PooledReader, calibrated, join
from recognizer.readers.reader import LatticeReader, confidences_of, path_of
from recognizer.readers.reading import Reading
from recognizer.readers.reread import NO_CONSTRAINTS, Constraints, Mark, reread
from recognizer.segments import Segments

CLASSES = (*"0123456789", "junk")


def _reader(penalties: dict[str, float], threshold: float = 0.5) -> LatticeReader[str]:
    """Reads one piece as any digit, at these penalties, 20 for the others."""
    row = np.array([[*(penalties.get(digit, 20.0) for digit in CLASSES[:-1]), 20.0]], np.float32)
    nothing = np.zeros((1, 4), np.float32)
    images = np.zeros((1, 1, 2, 2), np.float32)

    def segment(source: str) -> Segments:
        if source == "blank":
            raise NothingToRead("There is nothing.")
        first = np.zeros(1, np.int32)
        return Segments(np.array([0.0, 9.0], np.float32), first, first + 1, nothing, images, nothing)

    return LatticeReader(
        segment, lambda segments: row, number_grammar(CLASSES), CLASSES, written_symbols(CLASSES), threshold
    )


def _chances(reader: LatticeReader[str]) -> dict[str, float]:
    return {each.text: each.confidence for each in reader.read("x").alternatives}


def test_the_product_decides() -> None:
    one, other = _reader({"1": 0.0, "7": 0.4, "4": 6.0}), _reader({"1": 3.0, "7": 0.1, "2": 0.3})
    joined = PooledReader((one, other), (1.0, 1.0), 0.5).read("x")
    assert joined.text == "7"
    a, b = _chances(one), _chances(other)
    products = {text: a.get(text, 1e-9) * b.get(text, 1e-9) for text in {*a, *b}}
    total = sum(products.values())
    assert joined.confidence == pytest.approx(products["7"] / total, abs=0.01)
    assert [each.text for each in joined.alternatives[:2]] == sorted(products, key=lambda text: -products[text])[:2]


def test_calibrated_confidence_is_what_was_measured_and_the_others_share_the_rest() -> None:
    raw = join([_reader({"1": 0.0, "7": 0.4, "4": 6.0}).read("x"), _reader({"1": 3.0, "7": 0.1}).read("x")], (1.0, 1.0))
    told = calibrated(raw, Calibration(((raw[0].confidence, 0.9),)))
    assert [each.text for each in told] == [each.text for each in raw]
    assert told[0].confidence == pytest.approx(0.9)
    left = 0.1 / (1 - raw[0].confidence)
    assert [each.confidence for each in told[1:]] == pytest.approx([left * each.confidence for each in raw[1:]])
    assert [each.confidence for each in calibrated(raw, UNCALIBRATED)] == pytest.approx(
        [each.confidence for each in raw]
    )


@pytest.mark.parametrize("weights", [(1.0, 0.0), (0.0, 1.0)])
def test_a_weight_of_nought_leaves_the_other_alone(weights: tuple[float, float]) -> None:
    readers = (_reader({"1": 0.0, "7": 0.4}), _reader({"1": 3.0, "7": 0.1}))
    alone = readers[weights.index(1.0)].read("x")
    joined = PooledReader(readers, weights, 0.5).read("x")
    assert joined.text == alone.text
    assert joined.confidence == pytest.approx(alone.confidence, abs=1e-3)


def test_one_that_fails_leaves_the_other() -> None:
    class Fails(LatticeReader[str]):
        def read(self, source: str, on_stage: object = None) -> Reading:
            raise NothingToRead("There is nothing.")

    good = _reader({"3": 0.0})
    bad = Fails(**vars(good))
    for readers in ((good, bad), (bad, good)):
        assert PooledReader(readers, (0.5, 0.5), 0.5).read("x").text == "3"
    with pytest.raises(NothingToRead):
        PooledReader((bad, bad), (0.5, 0.5), 0.5).read("x")


def test_the_trace_leads_to_the_answer() -> None:
    one, other = _reader({"1": 0.0, "7": 0.4}), _reader({"1": 3.0, "7": 0.1})
    reading = PooledReader((one, other), (1.0, 1.0), 0.5).read("x")
    best = reading.trace.stages[-1]
    assert best.name == "best path"
    assert [reading.trace.symbols[label] for label in best.graph.output.tolist() if label] == [*reading.text]
    interpretation = reading.trace.stages[2].graph
    np.testing.assert_array_equal(interpretation.penalty[best.graph.origins[0]], best.graph.penalty)


def test_a_threshold_accepts() -> None:
    readers = (_reader({"1": 0.0, "7": 0.4}), _reader({"1": 0.0, "7": 0.4}))
    reading = PooledReader(readers, (0.5, 0.5), 0.0).read("x")
    assert reading.accepted
    assert not replace(PooledReader(readers, (0.5, 0.5), 1.0)).read("x").accepted


def test_confidence_and_path_of_a_text_are_the_readers_own() -> None:
    reading = _reader({"1": 0.0, "7": 0.4}).read("x")
    graph = reading.trace.stages[2].graph
    best = reading.alternatives[:2]
    found = confidences_of(graph, [*(each.labels for each in best), (1, 1)])
    assert found == pytest.approx([*(each.confidence for each in best), 0], abs=1e-4)
    assert not len(confidences_of(graph, []))
    for each in best:
        path = path_of(graph, each.labels)
        assert float(forward(path)[0]) >= float(forward(graph)[0])
    assert len(join([reading], [1.0])) == len(reading.alternatives)


@pytest.mark.parametrize("first", [{"1": 0.0, "7": 0.4, "4": 2.0}, {"7": 0.0, "1": 1.5}])
def test_conditions_hold_for_all_and_what_is_read_is_no_less_sure_where_it_is_forced(first: dict[str, float]) -> None:
    readers = (_reader(first), _reader({"1": 3.0, "7": 0.1, "2": 0.3}))
    joined = PooledReader(readers, (0.7, 0.5), 0.5).read("x")
    read, other = (Mark(0, CLASSES.index(text) + 1) for text in (joined.text, "1"))
    forced = reread(joined, Constraints(forced=frozenset({read})))
    assert forced.text == joined.text
    assert forced.confidence >= joined.confidence
    assert [each.text for each in forced.alternatives] == [joined.text]
    assert reread(joined, Constraints(forced=frozenset({other}))).text == "1"
    without = reread(joined, Constraints(forbidden=frozenset({read})))
    assert joined.text not in [each.text for each in without.alternatives]
    a, b = ({text: share for text, share in _chances(each).items() if text != joined.text} for each in readers)
    products = {text: a.get(text, 1e-9) ** 0.7 * b.get(text, 1e-9) ** 0.5 for text in {*a, *b}}
    assert without.text == max(products, key=products.__getitem__)
    assert reread(joined, NO_CONSTRAINTS).confidence == pytest.approx(joined.confidence, abs=1e-3)
