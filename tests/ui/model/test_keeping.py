import time
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from recognizer.ink import read_inkml
from ui.model import keeping
from ui.model.ink.document import Content, InkDocument, Stroke
from ui.model.ink.journal import InkJournal, read_journal
from ui.model.keeping import InkKeeper

STROKE = Stroke(np.array([[1, 2, 0], [3, 4, 0.1]], np.float32), None)


def strokes_of(path: Path) -> tuple[Stroke, ...]:
    return read_journal(path)[0].strokes


def keeper(folder: Path, document: InkDocument) -> InkKeeper:
    def fail(error: BaseException) -> None:
        raise error

    return InkKeeper(folder, document, fail)


def test_ink_is_kept_after_a_change_and_found_by_the_next_session(tmp_path: Path, qtbot: QtBot) -> None:
    document = InkDocument()
    first = keeper(tmp_path, document)
    document.replace((STROKE,))
    qtbot.waitUntil(lambda: bool(list(tmp_path.glob("*.journal"))), timeout=60_000)
    assert keeper(tmp_path, InkDocument()).left_over() == [], "the session still runs"
    first.close(saved=False)
    (found,) = keeper(tmp_path, InkDocument()).left_over()
    np.testing.assert_array_equal(strokes_of(found)[0].points, STROKE.points)


def test_closing_keeps_what_was_written_a_moment_ago(tmp_path: Path, qtbot: QtBot) -> None:
    document = InkDocument()
    first = keeper(tmp_path, document)
    document.replace((STROKE,))
    first.close(saved=False)
    assert len(keeper(tmp_path, InkDocument()).left_over()) == 1


def test_saved_or_empty_ink_is_not_offered(tmp_path: Path, qtbot: QtBot) -> None:
    for strokes, saved in (((STROKE,), True), ((), False)):
        document = InkDocument()
        session = keeper(tmp_path, document)
        document.replace((STROKE,))
        qtbot.waitUntil(lambda: bool(list(tmp_path.glob("*.journal"))), timeout=60_000)
        document.replace(strokes)
        session.close(saved)
        later = keeper(tmp_path, InkDocument())
        assert later.left_over() == []
        assert len(later.earlier()) == 1, "but it can still be had"
        for path in later.earlier():
            path.unlink()


def test_a_restored_file_goes_only_after_its_ink_is_kept_again(tmp_path: Path, qtbot: QtBot) -> None:
    old = tmp_path / "ink-1.inkml"
    old.write_text("<ink/>")
    document = InkDocument()
    session = keeper(tmp_path, document)
    document.replace((STROKE,))
    session.take_over(old)
    session.close(saved=False)
    assert not old.exists()
    assert old.with_name("ink-1.inkml~").exists()
    assert len(keeper(tmp_path, InkDocument()).left_over()) == 1


def test_a_restored_file_stays_where_its_ink_cannot_be_kept(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_journal: InkJournal, _content: object) -> None:
        raise OSError(28, "No space left on device")

    old = tmp_path / "ink-1.inkml"
    old.write_text("<ink/>")
    told: list[BaseException] = []
    document = InkDocument()
    session = InkKeeper(tmp_path, document, told.append)
    monkeypatch.setattr(InkJournal, "write", fail)
    document.replace((STROKE,))
    session.take_over(old)
    session.close(saved=False)
    assert old.exists()
    assert "space" in str(told[0])


def test_a_sheet_that_is_set_aside_is_offered_beside_the_next(tmp_path: Path, qtbot: QtBot) -> None:
    document = InkDocument()
    session = keeper(tmp_path, document)
    document.replace((STROKE,))
    session.set_aside()
    document.replace((STROKE, STROKE))
    session.close(saved=False)
    newest, oldest = keeper(tmp_path, InkDocument()).left_over()
    assert (len(strokes_of(newest)), len(strokes_of(oldest))) == (2, 1)


def test_a_failure_is_told_once_and_tried_again(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "DELAY", 1)
    monkeypatch.setattr(keeping, "RETRY", 20)
    tries: list[Content] = []
    real = InkJournal.write

    def write(journal: InkJournal, content: Content) -> None:
        tries.append(content)
        if len(tries) < 4:
            raise OSError(28, "No space left on device")
        real(journal, content)

    monkeypatch.setattr(InkJournal, "write", write)
    told: list[BaseException] = []
    document = InkDocument()
    session = InkKeeper(tmp_path, document, told.append)
    document.replace((STROKE,))
    qtbot.waitUntil(lambda: len(tries) == 4, timeout=60_000)
    qtbot.waitUntil(lambda: not session.failing)
    assert len(told) == 1
    assert len(list(tmp_path.glob("*.journal"))) == 1
    session.close(saved=False)


def test_more_ink_than_can_be_read_at_once_is_kept(tmp_path: Path, qtbot: QtBot) -> None:
    document = InkDocument()
    session = keeper(tmp_path, document)
    document.replace(tuple(Stroke(np.full((2, 3), k, np.float32), None) for k in range(20_500)))
    session.close(saved=False)
    (found,) = keeper(tmp_path, InkDocument()).left_over()
    assert len(strokes_of(found)) == 20_500


def test_what_another_program_wrote_is_kept_when_it_is_saved_over(tmp_path: Path, qtbot: QtBot) -> None:
    path, backup, document = tmp_path / "mine.inkml", tmp_path / "mine.inkml~", InkDocument()
    path.write_text("what was there")
    backup.write_text("a backup of the user's own")
    session = keeper(tmp_path / "kept", document)
    for count in (1, 2):
        document.replace((STROKE,) * count)
        with qtbot.waitSignal(session.saved):
            session.save_as(path)
    session.close(saved=True)
    assert len(read_inkml(path).strokes) == 2
    assert backup.read_text() == "a backup of the user's own"
    kept = [found.read_bytes() for found in keeper(tmp_path / "kept", InkDocument()).earlier()]
    assert kept.count(b"what was there") == 1
    assert len(kept) == 2, "and the sheet itself"


def test_steady_writing_does_not_put_off_keeping(tmp_path: Path, qtbot: QtBot) -> None:
    document = InkDocument()
    session = keeper(tmp_path, document)
    ends: list[float] = []  # of the strokes
    worst = 0.0
    while not ends or time.monotonic() - ends[0] < 4:
        ends.append(time.monotonic())
        document.replace((*document.strokes, Stroke(STROKE.points + np.float32(len(ends)), None)))
        qtbot.wait(30)
        kept = sum(len(strokes_of(path)) for path in tmp_path.glob("*.journal"))
        if kept < len(ends):
            worst = max(worst, time.monotonic() - ends[kept])
    session.close(saved=False)
    assert worst < 3.0, "it would be kept when the writing ends"


def test_a_sheet_whose_lock_was_written_on_a_full_disk_is_offered(tmp_path: Path, qtbot: QtBot) -> None:
    document = InkDocument()
    session = keeper(tmp_path, document)
    document.replace((STROKE,))
    session.close(saved=False)
    (found,) = tmp_path.glob("*.journal")
    found.with_name(found.name + ".lock").touch()
    assert keeper(tmp_path, InkDocument()).left_over() == [found]


def test_however_often_it_is_looked_for_what_is_left_over_has_one_lock(tmp_path: Path, qtbot: QtBot) -> None:
    document = InkDocument()
    session = keeper(tmp_path, document)
    document.replace((STROKE,))
    session.close(saved=False)
    for _ in range(3):
        assert len(keeper(tmp_path, InkDocument()).left_over()) == 1
    assert len(list(tmp_path.glob("*.lock"))) == 1


def test_kept_ink_is_its_users_alone(tmp_path: Path, qtbot: QtBot) -> None:
    document = InkDocument()
    session = keeper(tmp_path / "ink", document)
    document.replace((STROKE,))
    session.flush()
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "ink").iterdir()}
    assert modes == {0o600}
    assert (tmp_path / "ink").stat().st_mode & 0o777 == 0o700
    session.close(saved=False)


def test_corrections_are_kept_with_the_ink(tmp_path: Path, qtbot: QtBot) -> None:
    document = InkDocument()
    session = keeper(tmp_path, document)
    document.replace((STROKE,))
    document.correct({frozenset({STROKE}): "I", frozenset(): "gone"})
    session.close(saved=False)
    (found,) = keeper(tmp_path, InkDocument()).left_over()
    content, _whole = read_journal(found)
    assert dict(content.corrections) == {frozenset(content.strokes): "I"}
