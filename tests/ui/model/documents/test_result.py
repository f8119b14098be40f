import json
import os
from pathlib import Path

import pytest

from ui.model.documents.result import DocumentPage, Result, Row, State, Verdict, as_json, from_json

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
