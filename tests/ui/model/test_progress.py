import threading
from dataclasses import replace
from typing import Any

from pytestqt.qtbot import QtBot

from tests.ui.fakes import FakeInkReader, fake_kinds
from tests.ui.model.test_reading import ink
from ui.model.progress import GETTING_READY, ReadingProgress
from ui.model.readers import INK, PAGE
from ui.model.reading import ReadingService


def test_nothing_is_ready_while_something_waits_to_be_read(qtbot: QtBot) -> None:
    gate, kinds = threading.Event(), fake_kinds()

    def load(_choice: Any) -> FakeInkReader:
        gate.wait(60)
        return FakeInkReader()

    service, said = ReadingService({INK: replace(kinds[INK], load=load), PAGE: kinds[PAGE]}), list[str]()
    progress = ReadingProgress(service, lambda _kind: True)
    progress.said.connect(said.append)
    service.answered.connect(lambda _kind, came: progress.answered(came))
    service.start()
    qtbot.waitUntil(lambda: said == [GETTING_READY])
    service.ask(INK, ink())
    progress.expect()
    gate.set()
    qtbot.waitUntil(lambda: said[-1] == "Ready")
    read = next(k for k, sentence in enumerate(said) if sentence.startswith("Read in"))
    assert set(said[:read]) == {
        GETTING_READY,
        *(f"Reading: {name}\u2026" for name in ("segmentation", "recognition", "interpretation")),
    }
    service.stop()
