"""Which rows are shown and in what order, against sorting and filtering by hand."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.documents.arrangement import (
    ANY_PICTURE,
    CONFIDENCE,
    EVERY,
    FLAWED,
    PAGE,
    STATE,
    TEXT,
    TO_DO,
    Arrangement,
    arranged,
    place_for,
)
from ui.model.documents.result import DocumentPage, Result, Row, State, Verdict

THRESHOLDS = {"amount": 0.5}
VERDICTS = (None, Verdict(State.ACCEPTED), Verdict(State.CORRECTED, "9"), Verdict(State.SKIPPED))
ROWS = st.lists(
    st.builds(
        lambda name, page, text, confidence, flaws, error, verdict: Row(
            Result(DocumentPage(Path(name), page), 9, "amount", text, confidence, tuple(flaws), error=error), verdict
        ),
        st.sampled_from(["a.png", "B.png", "c.tif"]),
        st.integers(1, 9),
        st.sampled_from(["12", "7.5", "nan", "-inf", "hello", ""]),
        st.sampled_from([0.1, 0.5, 0.9]),
        st.sets(st.sampled_from(["blurred", "too dark"])),
        st.sampled_from(["", "It is damaged."]),
        st.sampled_from(VERDICTS),
    ),
    max_size=25,
)
ARRANGEMENTS = st.builds(
    Arrangement,
    st.sampled_from([EVERY, TO_DO, *(state.value for state in State)]),
    st.sampled_from([ANY_PICTURE, FLAWED, "blurred", "cut off"]),
    st.sampled_from(["", ".png", "7", "9"]),
    st.sampled_from([None, *range(6)]),
    st.booleans(),
)


@given(ROWS, ARRANGEMENTS)
def test_rows_that_come_one_by_one_stand_where_they_stand_when_all_are_arranged(
    rows: list[Row], arrangement: Arrangement
) -> None:
    shown: list[int] = []
    for number, row in enumerate(rows):
        if arrangement.shows(row, THRESHOLDS):
            shown.insert(place_for(number, shown, rows, THRESHOLDS, arrangement), number)
    assert shown == arranged(rows, THRESHOLDS, arrangement)


@given(ROWS)
def test_filters_keep_what_they_say(rows: list[Row]) -> None:
    def kept(**wanted: str) -> list[Row]:
        return [rows[number] for number in arranged(rows, THRESHOLDS, Arrangement(**wanted))]  # type: ignore[arg-type]

    for state in State:
        assert kept(state=state.value) == [row for row in rows if row.state(THRESHOLDS) is state]
    assert len(kept(state=TO_DO)) == len(kept(state="refused")) + len(kept(state="failed"))
    assert kept(flaw="blurred") == [row for row in rows if "blurred" in row.result.flaws]
    assert kept(flaw=FLAWED) == [row for row in rows if row.result.flaws]
    assert kept(words="b.p") == [row for row in rows if row.result.place.file.name == "B.png" or "b.p" in row.text]
    assert kept() == rows


@pytest.mark.parametrize("falling", [False, True])
@given(rows=ROWS)
def test_columns_sort_by_what_they_mean(falling: bool, rows: list[Row]) -> None:
    def sorted_by(column: int) -> list[Row]:
        return [rows[k] for k in arranged(rows, THRESHOLDS, Arrangement(column=column, falling=falling))]

    confidences = [row.result.confidence for row in sorted_by(CONFIDENCE)]
    assert confidences == sorted(confidences, reverse=falling)
    pages = [row.result.place.page for row in sorted_by(PAGE)]
    assert pages == sorted(pages, reverse=falling)
    numbers = [float(row.text) for row in sorted_by(TEXT) if row.text.replace(".", "").isdecimal()]
    assert numbers == sorted(numbers, reverse=falling)
    first = [row.state(THRESHOLDS) for row in sorted_by(STATE)][-1 if falling else 0 :][:1]
    if any(row.state(THRESHOLDS) is State.REFUSED for row in rows):
        assert first == [State.REFUSED]
