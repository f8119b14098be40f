import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ui.model.documents.result import DocumentPage, LineTexts, Result, Row, State, Verdict, as_json, from_json

READ = Result(DocumentPage(Path("a.png"), 1), 1, "amount", "12", 0.7)


@pytest.mark.parametrize(
    "result",
    [
        READ,
        Result(DocumentPage(Path(os.fsdecode(b"/odd\xff name.tif")), 3), 7, error="It is damaged."),
        Result(
            DocumentPage(Path("b.jpg"), 1), 1, "cheque", "3.50", 0.2, ("too dark", "blurred"), (1.0, 2.5, 30.0, 40.0)
        ),
    ],
)
def test_results_are_what_they_were_after_a_trip_to_the_disk(result: Result) -> None:
    assert from_json(json.loads(json.dumps(as_json(result)))) == result


@pytest.mark.parametrize(
    ("row", "state", "text"),
    [
        (Row(READ), State.ACCEPTED, "12"),
        (Row(Result(READ.place, 1, "amount", "12", 0.69)), State.REFUSED, "12"),
        (Row(Result(READ.place, 1, "unknown", "12", 0.99)), State.REFUSED, "12"),
        (Row(Result(READ.place, error="No.")), State.FAILED, ""),
        (Row(Result(READ.place, error="No."), Verdict(State.CORRECTED, "9")), State.CORRECTED, "9"),
        (Row(READ, Verdict(State.SKIPPED)), State.SKIPPED, "12"),
        (Row(Result(READ.place, 1, "amount", "12", 0.1), Verdict(State.ACCEPTED)), State.ACCEPTED, "12"),
    ],
)
def test_a_person_is_believed_before_the_threshold(row: Row, state: State, text: str) -> None:
    assert row.state({"amount": 0.7}) is state
    assert row.text == text


LETTER = Result(
    DocumentPage(Path("letter.png"), 1),
    kind="text",
    text="a bird\nin hand",
    lines=(
        LineTexts((0.0, 0.0, 90.0, 20.0), (("a bird", 0.6), ("a Bind", 0.25), ("a bind", 0.05))),
        LineTexts((0.0, 30.0, 90.0, 50.0), (("in hand", 0.9), ("in band", 0.04))),
    ),
)


@pytest.mark.parametrize(
    ("words", "line", "chance"), [("bird", 0, 0.6), ("bind", 0, 0.3), ("BAND", 1, 0.04), ("in hand", 1, 0.9)]
)
def test_words_are_found_in_whatever_a_line_may_say(words: str, line: int, chance: float) -> None:
    found = LETTER.line_with(words)
    assert found is LETTER.lines[line]
    assert found.chance_of(words) == pytest.approx(chance)


def test_what_no_line_may_say_is_not_found() -> None:
    assert LETTER.line_with("bush") is None
    assert replace(LETTER, lines=()).line_with("bird") is None


def test_which_cheque_it_is_survives_the_journal_and_nonsense_is_refused() -> None:
    second = replace(READ, cheque=(2, 3))
    assert from_json(json.loads(json.dumps(as_json(second)))) == second
    for wrong in ([3, 2], [0, 1], [1], "12", [1, 2.0], 7):
        with pytest.raises((TypeError, ValueError)):
            from_json(json.loads(json.dumps(as_json(READ))) | {"cheque": wrong})


def test_lines_survive_the_journal() -> None:
    assert from_json(json.loads(json.dumps(as_json(LETTER)))) == LETTER


@pytest.mark.parametrize("lines", [[1], [[None, []]], [[[0, 0, 1, 1], [["a", 2.0]]]], [[[0, 0, 1, 1], [[5, 0.5]]]]])
def test_lines_of_a_stranger_are_refused(lines: Any) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        from_json(json.loads(json.dumps(as_json(LETTER))) | {"lines": lines})
