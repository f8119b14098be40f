"""What corrections go into the collection."""

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from tests.ui.model.teach.test_collection import collection
from ui.model.ink.commands import CorrectWord
from ui.model.ink.document import InkDocument, Stroke
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
