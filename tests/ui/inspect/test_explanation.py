"""Explanations in words."""

from recognizer.readers.explain import explain
from tests.recognizer.readers.test_reader import CLASSES, sure_of, toy_reader, toy_segments
from tests.recognizer.readers.test_reread import read
from ui.inspect.explanation import sentence


def test_the_answer_itself_is_said_to_be_it() -> None:
    reading = read(2)
    assert sentence(explain(reading, reading.text), CLASSES) == f"\u201c{reading.text}\u201d is the answer."


def test_the_arc_where_it_was_lost_is_named() -> None:
    penalties = sure_of("427")
    penalties[1, 1] = 3.5  # a 1 in the middle, not as good as the 2
    reading = toy_reader(toy_segments([0, 1, 2], [1, 2, 3]), penalties).read("")
    told = sentence(explain(reading, "417"), CLASSES)
    assert "costs 3.50 nats more" in told
    assert "arc 1 between cut 2 and cut 3, where 2 was read" in told
    assert "the recogniser 3.50 more" in told
