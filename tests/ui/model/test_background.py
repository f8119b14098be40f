import threading

from pytestqt.qtbot import QtBot

from ui.model.background import Background


def test_only_what_was_asked_for_last_is_answered(qtbot: QtBot) -> None:
    background = Background()
    gate, heard, failed = threading.Event(), [], []
    background.ask("one", lambda: gate.wait(5) and "old", heard.append, failed.append)
    background.ask("one", lambda: "new", heard.append, failed.append)
    background.ask("two", lambda: 1 / 0, heard.append, failed.append)
    gate.set()
    qtbot.waitUntil(lambda: not background.busy, timeout=60_000)
    assert heard == ["new"]
    assert [type(error) for error in failed] == [ZeroDivisionError]
    background.ask("one", lambda: "unwanted", heard.append, failed.append)
    background.forget("one")
    assert not background.busy
    qtbot.wait(50)
    assert heard == ["new"]
    background.stop()


def test_stopping_without_work_is_quick() -> None:
    Background().stop()
