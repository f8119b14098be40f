"""What is told of teaching."""

import numpy as np
import pytest

from recognizer.errors import Cancelled, NothingToRead
from recognizer.ink import Ink
from recognizer.readers.personal import Personal
from recognizer.training.teaching.report import measure, reading_with

INKS = [Ink((np.full((2, 3), k, np.float32),)) for k in range(4)]
TEXTS = ["ab", "cd", "ef", "gh"]
SAMPLES = list(zip(INKS, TEXTS, strict=True))


def read_as(texts: dict[int, str]) -> object:
    return lambda ink: texts.get(int(ink.strokes[0][0, 0]), TEXTS[int(ink.strokes[0][0, 0])])


def test_errors_are_counted_before_and_after() -> None:
    heard: list[float] = []
    report = measure(
        Personal({}, {}), SAMPLES[:2], SAMPLES[2:], read_as({0: "ax", 1: ""}), read_as({1: "cx", 2: "xx"}), heard.append
    )
    assert [each.wrong for each in (*report.corrections, *report.fixed)] == [2, 1, 0, 1]
    assert report.corrections[0].characters == pytest.approx(3 / 4)
    assert report.now == ("ab", "cx")
    assert report.worse
    assert heard == sorted(heard)
    assert len(heard) == 8
    better = measure(Personal({}, {}), SAMPLES[:1], SAMPLES[1:], read_as({}), read_as({}))
    assert not better.worse


def test_measuring_can_be_stopped() -> None:
    def stop(_share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        measure(Personal({}, {}), SAMPLES, SAMPLES, read_as({}), read_as({}), stop)


def test_what_is_not_read_is_nothing() -> None:
    class Blind:
        def read(self, ink: Ink) -> object:
            raise NothingToRead("")

    assert reading_with(Blind())(INKS[0]) == ""
