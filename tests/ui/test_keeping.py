from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from recognizer.ink import read_inkml
from ui import keeping
from ui.ink.document import InkDocument, Stroke
from ui.keeping import InkKeeper, write_atomically

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
        assert keeper(tmp_path, InkDocument()).left_over() == []


def test_a_restored_file_goes_only_after_its_ink_is_kept_again(tmp_path: Path, qtbot: QtBot) -> None:
    old = tmp_path / "ink-1.inkml"
    old.write_text("<ink/>")
    document = InkDocument()
    session = keeper(tmp_path, document)
    document.replace((STROKE,))
    session.take_over(old)
    session.close(saved=False)
    assert not old.exists()
    assert len(keeper(tmp_path, InkDocument()).left_over()) == 1


def test_a_restored_file_stays_where_its_ink_cannot_be_kept(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_path: Path, _strokes: object) -> None:
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
