import logging
import sys
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from recognizer.errors import InputError
from ui.problems import Problems, describe, log, log_to


def raised(error: BaseException) -> BaseException:
    try:
        raise error
    except BaseException as caught:
        return caught


def test_errors_of_input_speak_for_themselves_and_others_are_not_shown_raw() -> None:
    assert describe(raised(InputError("The file is empty."))).sentence == "The file is empty."
    inside = describe(raised(KeyError("nodes")))
    assert "nodes" not in inside.sentence
    assert "KeyError: 'nodes'" in inside.details
    assert "permission" in describe(raised(PermissionError(13, "Permission denied", "a.png"))).sentence
    assert "a.png" in describe(raised(FileNotFoundError(2, "No such file", "a.png"))).sentence
    assert "memory" in describe(raised(MemoryError())).sentence


def test_what_nobody_catches_is_told_and_logged(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    handlers = list(log.handlers)
    log_to(tmp_path / "deep" / "inklattice.log")
    problems = Problems()
    problems.catch_uncaught()
    with qtbot.waitSignal(problems.reported) as from_thread:
        thread = threading.Thread(target=lambda: 1 // 0)
        thread.start()
        thread.join()
    assert "ZeroDivisionError" in from_thread.args[0].details
    with qtbot.waitSignal(problems.reported):
        sys.excepthook(ValueError, raised(ValueError("odd")), None)
    logging.shutdown()
    text = (tmp_path / "deep" / "inklattice.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in text
    assert "odd" in text
    log.handlers[:] = handlers
