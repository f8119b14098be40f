"""Kept ink: any row of changes comes back as it was at last, and a damaged file as far as it can be read."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.model.ink import journal as journals
from ui.model.ink.document import USUAL, Content, Pen, Stroke
from ui.model.ink.journal import InkJournal, read_journal


def stroke(seed: int, points: int = 7) -> Stroke:
    generator = np.random.default_rng(seed)
    pressures = generator.uniform(0, 1, points).astype(np.float32) if seed % 2 else None
    pen = Pen("#1b5fc1", 1.5 + seed) if seed % 4 else USUAL
    return Stroke(generator.normal(0, 300, (points, 3)).astype(np.float32), pressures, seed % 3 == 0, pen)


STROKES = [stroke(seed) for seed in range(8)]
rows = st.lists(st.permutations(STROKES).map(lambda row: tuple(row[:5])) | st.just(()), min_size=1, max_size=6)


def told(content: Content) -> tuple[list[object], dict[frozenset[int], str]]:
    """All that is kept of it."""
    number = {each: k for k, each in enumerate(content.strokes)}
    strokes: list[object] = [
        (each.points.tolist(), None if each.pressures is None else each.pressures.tolist(), each.writing, each.pen)
        for each in content.strokes
    ]
    words = {word: text for word, text in content.corrections.items() if word and all(each in number for each in word)}
    return strokes, {frozenset(number[each] for each in word): text for word, text in words.items()}


def histories() -> st.SearchStrategy[list[Content]]:
    def corrected(row: tuple[Stroke, ...], text: str) -> Content:
        return Content(row, {frozenset(row[:2]): text, frozenset(row[3:]): "x", frozenset(): "none"} if text else {})

    return st.lists(st.builds(corrected, rows.map(lambda found: found[0]), st.sampled_from(["", "a", "b"])), max_size=9)


@settings(max_examples=60)
@given(histories(), st.sampled_from([1, 1 << 16]))
def test_what_was_written_last_is_read(
    tmp_path_factory: pytest.TempPathFactory, history: list[Content], least: int
) -> None:
    path = tmp_path_factory.mktemp("kept") / "ink.journal"
    journal, before = InkJournal(path), journals.LEAST_FOLDED
    journals.LEAST_FOLDED = least  # folded at nearly every change, or never
    try:
        for content in history:
            journal.write(content)
            before_and_after = [read_journal(path), journal.settle() and read_journal(path)]
            assert [(told(found), whole) for found, whole in before_and_after] == [(told(content), True)] * 2
    finally:
        journals.LEAST_FOLDED = before


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "ink.journal"
    journal = InkJournal(path)
    for count in range(1, 6):
        journal.write(Content(tuple(STROKES[:count])))
    return path


def test_wherever_the_last_record_is_torn_the_ink_before_it_is_there(written: Path) -> None:
    data = written.read_bytes()
    last = data[:-1].rindex(b"\n") + 1
    for end in range(last, len(data)):
        written.write_bytes(data[:end])
        found, whole = read_journal(written)
        assert whole, "a record that was broken off is no damage"
        assert len(found.strokes) == (5 if end == len(data) - 1 else 4)


def test_a_damaged_record_costs_its_stroke_and_is_noticed(written: Path) -> None:
    lines = written.read_bytes().splitlines(keepends=True)
    for damage in (
        b"\xff\xfe\n",
        b"[[[[\n",
        b"[" * 100_000 + b"\n",
        b'{"at": 1e999}\n',
        b'{"at":2,"in":[{"id":2}]}\n',
        b"[1]\n",
    ):
        written.write_bytes(b"".join([*lines[:2], damage, *lines[3:]]))
        found, whole = read_journal(written)
        assert not whole
        assert [each.points.tolist() for each in found.strokes] == [STROKES[k].points.tolist() for k in (0, 1, 3, 4)]


@pytest.mark.parametrize("points", [b"", b"AAAA", b"AADAfwAAAAAAAAAA", b"!"])
def test_what_no_canvas_could_hold_is_left_out(tmp_path: Path, points: bytes) -> None:
    path = tmp_path / "ink.journal"
    path.write_bytes(b'{"at":0,"out":0,"in":[{"id":0,"points":"' + points + b'","pressures":null,"writing":false}]}\n')
    assert read_journal(path) == (Content(), False)


@pytest.mark.parametrize("least", [-1_000_000, 1 << 16])
def test_what_failed_is_as_if_it_had_not_been(written: Path, monkeypatch: pytest.MonkeyPatch, least: int) -> None:
    monkeypatch.setattr(journals, "LEAST_FOLDED", least)
    journal = InkJournal(written)
    journal.write(Content(tuple(STROKES[:3])))

    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        for count in (4, 5, 6):
            journal.write(Content(tuple(STROKES[:count])))
            with pytest.raises(OSError, match="No space"):
                journal.settle()
            assert not journal.settle()
    journal.write(Content(tuple(STROKES[:7])))
    assert journal.settle()
    assert told(read_journal(written)[0]) == told(Content(tuple(STROKES[:7])))
    assert list(written.parent.iterdir()) == [written]


def test_what_is_written_while_the_disk_is_busy_is_there(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journals, "LEAST_FOLDED", -1_000_000)  # folded each time
    journal = InkJournal(written)
    journal.write(Content(tuple(STROKES[:3])))
    real, busy = os.fsync, [4, 5]  # strokes that are on the sheet while the disk works for the file, and its folder

    def fsync(descriptor: int) -> None:
        if busy:
            sheet = Content(tuple(STROKES[: busy.pop(0)]))
            journal.write(sheet)
            assert told(read_journal(written)[0]) == told(sheet)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    journal.settle()
    assert told(read_journal(written)[0]) == told(Content(tuple(STROKES[:5])))


def test_a_sheet_that_is_retired_while_it_is_folded_stays_retired(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journals, "LEAST_FOLDED", -1_000_000)
    journal, aside = InkJournal(written), written.with_name("aside")
    journal.write(Content(tuple(STROKES[:3])))
    monkeypatch.setattr(os, "fsync", lambda _descriptor: journal.retire(aside) if written.exists() else None)
    journal.settle()
    assert list(written.parent.iterdir()) == [aside]


def test_a_file_that_was_taken_away_is_written_whole_again(written: Path) -> None:
    journal = InkJournal(written)
    journal.write(Content(tuple(STROKES[:2])))
    written.unlink()
    journal.write(Content(tuple(STROKES[:3])))
    assert len(read_journal(written)[0].strokes) == 3


def test_a_stroke_more_costs_as_much_on_a_large_sheet_as_on_a_small_one(tmp_path: Path) -> None:
    grown = []
    for many in (10, 3000):
        sheet = tuple(stroke(seed, 30) for seed in range(many + 40))
        path = tmp_path / f"{many}.journal"
        journal = InkJournal(path)
        journal.write(Content(sheet[:many]))
        journal.settle()
        begin = path.stat().st_size
        for count in range(many + 1, many + 41):
            journal.write(Content(sheet[:count]))
        grown.append((path.stat().st_size - begin) / 40)
    assert grown[1] == pytest.approx(grown[0], rel=0.05)


FIRST = '{"at":0,"in":[{"id":0,"points":"AAAAAAAAAAAAAAAA","pressures":null,"writing":false}]}\n'


@pytest.mark.parametrize(
    "more",
    [
        '{"in":[' + ",".join(["{}"] * 100) + "]}",
        '{"in":[' + ",".join(["0"] * 500) + "]}",
        '{"in":[0]}\n' * 20,  # more strokes than there may be
        '{"at":0,"out":1,"in":[0]}\n' * 60,  # more work
        "\n" * 60,
        '{"words":[[[0],"' + "x" * 11 + '"]]}',
    ],
)
def test_what_asks_for_more_than_a_sheet_is_left_out_and_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str
) -> None:
    limits = {"STROKES": 10, "LINES": 50, "MOVED": 30, "TEXT": 10}
    for name, limit in limits.items():
        monkeypatch.setattr(journals, f"MOST_{name}", limit)
    path = tmp_path / "ink.journal"
    path.write_text(FIRST + more + "\n")
    content, whole = read_journal(path)
    assert not whole
    assert 1 <= len(content.strokes) <= 10
    path.write_text(FIRST)
    assert read_journal(path)[1]
