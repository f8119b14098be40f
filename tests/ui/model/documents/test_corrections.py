from pathlib import Path

from ui.model.documents.corrections import CorrectionEntry, append, correction_of, load
from ui.model.documents.result import DocumentPage, Result

RESULT = Result(DocumentPage(Path("a.png"), 2), 2, "amount", "12.00", 0.4)


def test_what_was_said_last_counts_and_nothing_else_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "corrections.jsonl"
    assert load(path) == []
    other = Result(DocumentPage(Path("b.png"), 1), 1, "cheque", "7", 0.1)
    append(path, [correction_of(RESULT, "13.00"), correction_of(other, "70")])
    append(path, [correction_of(RESULT, "14.00")])
    assert [(c.file, c.page, c.kind, c.read, c.wanted) for c in load(path)] == [
        ("a.png", 2, "amount", "12.00", "14.00"),
        ("b.png", 1, "cheque", "7", "70"),
    ]
    append(path, [correction_of(other, None)])
    assert [c.file for c in load(path)] == ["a.png"]


def test_half_a_line_costs_itself_only(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    append(path, [correction_of(RESULT, "1")])
    with path.open("ab") as file:
        file.write(b'{"file": "b.png", "page"')
    append(path, [CorrectionEntry("c.png", 1, "text", "a", "b", "2026-01-01T00:00:00+00:00")])
    with path.open("ab") as file:
        file.write(b'[1]\n{"file": "no more"}\n\xff\n')
    assert [c.file for c in load(path)] == ["a.png", "c.png"]
