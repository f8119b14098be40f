"""Results in files of other programs, with whatever people and files are called."""

import csv
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.errors import InputError
from ui.model.documents.export import FORMULAS, write_results
from ui.model.documents.result import DocumentPage, Result, Row, State, Verdict

ROWS = (
    Row(Result(DocumentPage(Path("/a/amount.png"), 1), 1, "amount", "12.50", 0.75, value="12.50", currency="USD")),
    Row(
        Result(DocumentPage(Path("/a/b.tif"), 2), 3, "cheque", "7", 0.1, ("too dark", "blurred"), value="7.00"),
        Verdict(State.CORRECTED, "70", "2026-01-02T03:04:05+00:00"),
    ),
    Row(Result(DocumentPage(Path(os.fsdecode(b"/a/\xff.png")), 1), error="It is damaged.")),
)


def test_json_holds_everything(tmp_path: Path) -> None:
    write_results(tmp_path / "out.json", ROWS, {"amount": 0.7})
    one, two, three = json.loads((tmp_path / "out.json").read_text())
    assert (one["file"], one["page"], one["kind"], one["text"], one["confidence"]) == (
        "/a/amount.png",
        1,
        "amount",
        "12.50",
        0.75,
    )
    assert (one["accepted"], one["corrected"], one["state"]) == (True, False, "accepted")
    assert (two["text"], two["accepted"], two["corrected"], two["flaws"]) == ("70", True, True, ["too dark", "blurred"])
    assert [(each["value"], each["currency"]) for each in (one, two, three)] == [
        ("12.50", "USD"),
        ("70.00", None),
        (None, None),
    ]
    decided = [(each["read"], each["decided_by"], each["decided_at"]) for each in (one, two, three)]
    assert decided == [("12.50", "reader", ""), ("7", "person", "2026-01-02T03:04:05+00:00"), ("", "", "")]
    assert (three["state"], three["error"], three["accepted"]) == ("failed", "It is damaged.", False)


def test_csv_holds_the_same_and_opens_in_spreadsheets(tmp_path: Path) -> None:
    write_results(tmp_path / "out.CSV", ROWS, {"amount": 0.7})
    assert (
        (tmp_path / "out.CSV")
        .read_bytes()
        .startswith(b"\xef\xbb\xbffile,page,kind,read,text,value,currency,confidence,accepted")
    )
    with (tmp_path / "out.CSV").open(encoding="utf-8-sig", newline="") as file:
        one, two, _three = csv.DictReader(file)
    assert (one["text"], one["value"], one["accepted"]) == ("12.50", "12.50", "yes")
    assert (two["value"], two["currency"]) == ("70.00", "")
    assert two["flaws"] == "too dark, blurred"


@given(text=st.text(max_size=12))
def test_no_cell_is_computed_and_none_loses_its_words(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("out") / "out.csv"
    row = Row(Result(DocumentPage(Path("a.png"), 1), 1, "text", text, 0.5))
    write_results(path, [row], {})
    with path.open(encoding="utf-8-sig", newline="") as file:
        (entry,) = csv.DictReader(file)
    assert not entry["text"].startswith(FORMULAS)
    written = text.encode("utf-8", "backslashreplace").decode()
    assert entry["text"].removeprefix("'" if text.startswith(FORMULAS) else "") == written


def test_what_was_there_stays_where_writing_fails(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.csv or \.json"):
        write_results(tmp_path / "out.xlsx", ROWS, {})
    (tmp_path / "out.csv").write_text("old")
    (tmp_path / "out.csv").chmod(0o400)
    with pytest.raises(InputError, match=r"out\.csv is write-protected"):
        write_results(tmp_path / "out.csv", ROWS, {})
    assert (tmp_path / "out.csv").read_text() == "old"
