"""Queues that earlier sessions left: all of them are taken up, and of damaged ones what can be read."""

from dataclasses import replace
from pathlib import Path

import pytest

from ui.model.documents.journal import Journal
from ui.model.documents.result import DocumentPage, Result, State, Verdict


def result(name: str, text: str = "1.00") -> Result:
    return Result(DocumentPage(Path(name), 1), 1, "amount", text, 0.5, ("blurred",), (1.0, 2.0, 3.0, 4.0))


def test_the_queues_of_all_sessions_that_have_ended_are_taken_up_once(tmp_path: Path) -> None:
    first, second, third = (Journal(tmp_path) for _ in range(3))
    for number, journal in enumerate((first, second, third)):
        journal.load()
        journal.add_files([Path(f"{number}.png")])
        journal.add_result(result(f"{number}.png"))
    third.add_verdict(DocumentPage(Path("2.png"), 1), Verdict(State.CORRECTED, "7"))
    first.close()
    third.close()
    after = Journal(tmp_path)
    kept = after.load()
    assert kept.files == (Path("0.png"), Path("2.png")), "the second one still runs"
    assert [row.text for row in kept.rows] == ["1.00", "7"]
    after.close()
    second.close()
    last = Journal(tmp_path).load()
    assert set(last.files) == {Path("0.png"), Path("1.png"), Path("2.png")}
    assert last.whole


def test_a_person_s_word_is_kept_for_the_picture_and_no_other(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    said = Verdict(State.CORRECTED, "7", "2026-01-02T03:04:05+00:00")
    for name in ("same.png", "other.png", "away.png", "gone.png"):
        journal.add_result(replace(result(name), digest="one"))
        journal.add_verdict(DocumentPage(Path(name), 1), said)
    journal.add_result(replace(result("same.png", "2.00"), digest="one"))
    journal.add_result(replace(result("other.png", "2.00"), digest="two"))
    journal.add_result(Result(DocumentPage(Path("away.png"), 1), error="It does not exist."))
    journal.remove([DocumentPage(Path("gone.png"), 1)], None)
    journal.close()
    kept = Journal(tmp_path).load()
    assert [(row.result.text, row.verdict) for row in kept.rows] == [("2.00", said), ("2.00", None), ("1.00", said)]
    assert [each.place.file.name for each in kept.removed] == ["gone.png"]


@pytest.mark.parametrize(
    "line",
    [
        "[" * 200_000,
        "[]",
        "7",
        '{"files": [3]}',
        '{"files": ["a\\u0000b"]}',
        '{"place": [], "verdict": null}',
        '{"place": ["0.png", 1e999], "verdict": null}',
        '{"place": ["0.png", 1], "verdict": []}',
        '{"place": ["0.png", 1], "verdict": ["corrected", 5]}',
        '{"result": {"place": ["x", 1], "text": 3}}',
        '{"result": {"place": ["x", 1], "confidence": NaN}}',
        '{"result": {"place": ["x", 1], "box": [1, 2, 3, 1e999]}}',
        '{"result": {"place": ["x", 123456789012345678901234567890]}}',
        "\ufffd",
    ],
)
def test_a_damaged_line_costs_itself_and_is_told_once(tmp_path: Path, line: str) -> None:
    first = Journal(tmp_path)
    first.add_result(result("0.png"))
    (path,) = tmp_path.glob("*.jsonl")
    with path.open("a") as file:
        file.write(line + "\n")
    first.add_result(result("1.png", "2.00"))
    first.close()
    second = Journal(tmp_path)
    kept = second.load()
    assert [row.text for row in kept.rows] == ["1.00", "2.00"]
    assert not kept.whole
    second.close()
    assert line in path.with_name(path.name + ".broken").read_text(), "whoever wants to see it can"
    again = Journal(tmp_path).load()
    assert again.whole
    assert again.rows == kept.rows
