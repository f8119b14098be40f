"""What corrections go into the collection."""

import gc
import weakref
from pathlib import Path

import numpy as np
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from tests.ui.model.teach.test_collection import collection
from ui.model.ink.commands import CorrectWord, ReplaceInk
from ui.model.ink.document import Content, InkDocument, Stroke
from ui.model.teach.collecting import Collector


def test_a_word_whose_ink_is_gone_is_not_collected(qtbot: QtBot, tmp_path: Path) -> None:
    document, kept = InkDocument(), collection(tmp_path / "corrections.npz")
    collector = Collector(document, kept)
    there, gone = (Stroke(np.array([[1, 2, 0], [size, 9, 1]], np.float32), None) for size in (5, 7))
    document.replace((there,))
    for stroke, wanted in ((gone, "gone"), (there, "there")):
        collector.expect(frozenset([stroke]), "read", wanted)
        CorrectWord(document, frozenset([stroke]), wanted).redo()
    assert [each.wanted for each in kept.corrections] == ["there"]
    kept.close()


def test_what_was_said_stays_when_its_sheet_goes_and_goes_when_it_is_taken_back(qtbot: QtBot, tmp_path: Path) -> None:
    """Nor is the ink of a sheet that cannot come back kept for it."""
    document, kept, undo = InkDocument(), collection(tmp_path / "corrections.npz"), QUndoStack()
    collector = Collector(document, kept)

    def say(text: str) -> None:
        collector.expect(frozenset(document.strokes), "read", text)
        undo.push(CorrectWord(document, frozenset(document.strokes), text))

    document.replace((Stroke(np.array([[1, 2, 0], [5, 9, 1]], np.float32), None),))
    stroke = weakref.ref(document.strokes[0])
    say("first")
    for _ in range(2):
        undo.push(ReplaceInk(document, Content(), "new", lambda _file: None, (None, None)))
        assert [each.wanted for each in kept.corrections] == ["first"]
        undo.undo()
    undo.undo()
    assert kept.corrections == ()
    say("second")
    undo.push(ReplaceInk(document, Content(), "new", lambda _file: None, (None, None)))
    undo.clear()
    gc.collect()
    assert stroke() is None
    document.replace((Stroke(np.array([[1, 2, 0], [7, 9, 1]], np.float32), None),))
    say("third")
    undo.undo()
    assert [each.wanted for each in kept.corrections] == ["second"]
    kept.close()
