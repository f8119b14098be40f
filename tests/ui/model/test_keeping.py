from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from recognizer.ink import read_inkml, read_labelled_inkml
from ui.model import keeping
from ui.model.ink.document import Content, InkDocument, Stroke
from ui.model.keeping import InkKeeper, write_atomically

STROKE = Stroke(np.array([[1, 2, 0], [3, 4, 0.1]], np.float32), None)


def keeper(folder: Path, document: InkDocument) -> InkKeeper:
    def fail(error: BaseException) -> None:
        raise error

    return InkKeeper(folder, document, fail)


def test_a_crash_in_the_middle_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.inkml"
    write_atomically(path, b"old")

    def crash(_descriptor: int) -> None:
        raise OSError("the plug was pulled")

    monkeypatch.setattr(keeping.os, "fsync", crash)
    with pytest.raises(OSError, match="plug"):
        write_atomically(path, b"new and longer")
    assert path.read_bytes() == b"old"


def test_ink_is_kept_after_a_change_and_found_by_the_next_session(tmp_path: Path, qtbot: QtBot) -> None:
    document = InkDocument()
    first = keeper(tmp_path, document)
    document.replace((STROKE,))
    qtbot.waitUntil(lambda: bool(list(tmp_path.glob("*.inkml"))), timeout=3000)
    assert keeper(tmp_path, InkDocument()).left_over() == [], "the session still runs"
    first.close(saved=False)
    (found,) = keeper(tmp_path, InkDocument()).left_over()
    np.testing.assert_array_equal(read_inkml(found).strokes[0], STROKE.points)


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
        session._write()
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
    def fail(_path: Path, _content: object) -> None:
        raise OSError(28, "No space left on device")

    old = tmp_path / "ink-1.inkml"
    old.write_text("<ink/>")
    told: list[BaseException] = []
    document = InkDocument()
    session = InkKeeper(tmp_path, document, told.append)
    monkeypatch.setattr(keeping, "save_ink", fail)
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
    assert (len(read_inkml(newest).strokes), len(read_inkml(oldest).strokes)) == (2, 1)


def test_a_failure_is_told_once_and_tried_again(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "DELAY", 1)
    monkeypatch.setattr(keeping, "RETRY", 20)
    tries: list[Path] = []
    real = keeping.save_ink

    def save(path: Path, content: Content) -> None:
        tries.append(path)
        if len(tries) < 4:
            raise OSError(28, "No space left on device")
        real(path, content)

    monkeypatch.setattr(keeping, "save_ink", save)
    told: list[BaseException] = []
    document = InkDocument()
    session = InkKeeper(tmp_path, document, told.append)
    document.replace((STROKE,))
    qtbot.waitUntil(lambda: len(tries) == 4, timeout=5000)
    qtbot.waitUntil(lambda: not session.failing)
    assert len(told) == 1
    assert len(list(tmp_path.glob("*.inkml"))) == 1
    session.close(saved=False)


def test_more_ink_than_can_be_read_at_once_is_kept_in_parts(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "PART_STROKES", 3)
    monkeypatch.setattr(keeping, "PART_POINTS", 5)
    strokes = tuple(Stroke(np.full((n, 3), k, np.float32), None) for k, n in enumerate((1, 1, 1, 1, 4, 2, 9)))
    document = InkDocument()
    session = keeper(tmp_path, document)
    document.replace(strokes)
    session._write()
    session._writer.submit(lambda: None).result()
    assert keeper(tmp_path, InkDocument()).left_over() == [], "the session still runs"
    session.close(saved=False)
    later = keeper(tmp_path, InkDocument())
    kept = [[len(s) for s in read_inkml(path).strokes] for path in later.left_over()]
    assert sorted(kept) == [[1, 1, 1], [1, 4], [2], [9]]


def test_the_last_version_of_a_user_s_file_stays_beside_it(tmp_path: Path, qtbot: QtBot) -> None:
    path, document = tmp_path / "mine.inkml", InkDocument()
    path.write_text("what was there")
    session = keeper(tmp_path / "kept", document)
    document.replace((STROKE,))
    session.save_as(path, 3.0)
    session.close(saved=True)
    assert (tmp_path / "mine.inkml~").read_text() == "what was there"
    assert len(read_inkml(path).strokes) == 1


def test_corrections_are_kept_with_the_ink(tmp_path: Path, qtbot: QtBot) -> None:
    document = InkDocument()
    session = keeper(tmp_path, document)
    document.replace((STROKE,))
    document.correct({frozenset({STROKE}): "I", frozenset(): "gone"})
    session.close(saved=False)
    (found,) = keeper(tmp_path, InkDocument()).left_over()
    assert read_labelled_inkml(found)[1] == {frozenset({0}): "I"}
