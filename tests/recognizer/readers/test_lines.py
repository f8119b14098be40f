"""Ink on several lines: each is read as if it stood alone."""

from dataclasses import replace
from itertools import product
from math import prod

import numpy as np
import pytest

from recognizer.errors import InputError, NothingToRead
from recognizer.ink import Ink
from recognizer.readers import lines
from recognizer.readers.letters import letters_of
from recognizer.readers.lines import LinesReader, PageBudget, lines_of
from recognizer.readers.reader import ALTERNATIVES, LatticeReader
from recognizer.readers.reading import Reading
from recognizer.readers.text import text_reader
from tests.recognizer.ink.test_frames import page
from tests.recognizer.readers.test_text import WORDS, Sure

TEXTS = ("ab   abaa", "abba", "aba")


def reader() -> LatticeReader[Ink]:
    return text_reader(Sure(), 0.3, WORDS)


def test_a_line_is_read_the_same_whatever_stands_above_and_below() -> None:
    together = LinesReader(lines_of, reader()).read(page(*((250.0 * k, text) for k, text in enumerate(TEXTS))))
    alone = [reader().read(page((0.0, text))) for text in TEXTS]
    assert [line.text for line in together.lines] == [line.text for line in alone]
    assert [line.confidence for line in together.lines] == pytest.approx([line.confidence for line in alone], abs=1e-5)
    assert together.text == "\n".join(line.text for line in alone) == "ab abaa\nabba\naba"
    assert together.confidence == pytest.approx(prod(line.confidence for line in alone), abs=1e-5)
    assert together.accepted == (together.confidence >= 0.3)


def test_lines_of_a_page_keep_no_pictures_and_tell_the_same_of_their_letters() -> None:
    first, *others = (
        LinesReader(lines_of, reader()).read(page(*((250.0 * k, text) for k, text in enumerate(TEXTS)))).lines
    )
    alone = [reader().read(page((0.0, text))) for text in TEXTS]
    assert len(first.trace.segments.images)
    for found, whole in zip(others, alone[1:], strict=True):
        assert not found.trace.segments.images.size
        told, expected = letters_of(found), letters_of(whole)
        assert [letter.text for letter in told] == [letter.text for letter in expected]
        for stage in found.trace.names:
            followed, expected = (each.trace.follow("best path", stage) for each in (found, whole))
            if stage == "recognition":  # which is as it was
                np.testing.assert_array_equal(followed, expected)
            assert (followed < len(found.trace.graph(stage).label)).all()


def test_the_alternatives_of_a_page_are_the_likeliest_of_all_there_are() -> None:
    reading = LinesReader(lines_of, reader()).read(page(*((250.0 * k, text) for k, text in enumerate(TEXTS))))
    every = product(*(line.alternatives for line in reading.lines))
    chances = sorted((prod(each.confidence for each in choice) for choice in every), reverse=True)[:ALTERNATIVES]
    assert [each.confidence for each in reading.alternatives] == pytest.approx(chances)
    symbols = reading.trace.symbols
    for each in reading.alternatives:
        assert "".join(symbols[label] for label in each.labels) == each.text


def test_one_line_is_read_by_what_reads_lines() -> None:
    reading = LinesReader(lines_of, reader()).read(page((0.0, "abba")))
    assert reading.lines == ()
    assert reading.text == "abba"


class Refusing:
    """Reads lines but those of one stroke."""

    threshold = 0.0

    def read(self, source: Ink, on_stage: object = None) -> object:
        if len(source.strokes) == 1:
            raise NothingToRead("A single stroke.")
        return reader().read(source)


def test_a_line_that_holds_nothing_is_passed_over_unless_all_do() -> None:
    by_line = LinesReader(lines_of, Refusing())  # type: ignore[arg-type]
    assert by_line.read(page((0.0, "abba"), (250.0, "a"))).text == "abba"
    with pytest.raises(NothingToRead, match="single"):
        by_line.read(page((0.0, "a"), (250.0, "a")))
    with pytest.raises(InputError, match="no ink"):
        by_line.read(Ink(()))


def test_who_waits_hears_of_each_line_before_it_is_read() -> None:
    heard: list[tuple[int, int]] = []
    by_line = LinesReader(lines_of, Refusing())  # type: ignore[arg-type]
    by_line.read(page((0.0, "abba"), (200.0, "a"), (400.0, "ab")), on_line=lambda *step: heard.append(step))
    assert heard == [(0, 3), (1, 3), (2, 3)]


def test_every_stroke_is_on_one_line_in_the_order_of_writing() -> None:
    ink = page((400.0, "aba"), (0.0, "ab pa"), (200.0, "pp"))
    found = lines_of(ink)
    tops = [min(float(stroke[:, 1].min()) for stroke in line.strokes) for line in found]
    assert tops == sorted(tops)
    assert sum(len(line.strokes) for line in found) == len(ink.strokes)
    for line in found:
        order = [k for stroke in line.strokes for k, other in enumerate(ink.strokes) if np.array_equal(stroke, other)]
        assert order == sorted(order)


class Scribbles:
    """Reads all lines alike; both systems agree on those that are True."""

    threshold = 0.0

    def __init__(self) -> None:
        self.reading, self.asked = reader().read(page((0.0, "ab"))), 0

    def read(self, source: bool, on_stage: object = None) -> Reading:
        self.asked += 1
        return replace(self.reading, agreed=source)


@pytest.mark.parametrize("above", [0, 12])
def test_a_page_on_which_nothing_can_be_read_is_given_up_and_the_rest_is_told(
    above: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "_SCRIBBLED", 30)
    stub, given = Scribbles(), [True] * above + [False] * 40
    reading = LinesReader[list[bool], bool](lambda source: source, stub).read(given)
    assert above < len(reading.lines) < len(given)
    assert len(reading.lines) == len(given) - reading.unread <= stub.asked < len(given)
    assert [line.agreed for line in reading.lines] == given[: len(reading.lines)]


def test_writing_never_spends_the_budget_of_a_page_and_pays_for_a_scribble_now_and_then() -> None:
    budget, whole = PageBudget(), reader().read(page((0.0, "ab abba")))
    for number in range(2_000):
        budget.count(replace(whole, agreed=number % 5 > 0))
        assert not budget.is_spent
    scribbles = 0
    while not budget.is_spent:
        budget.count(replace(whole, agreed=False))
        scribbles += 1
    assert 10 < scribbles < 2_000
