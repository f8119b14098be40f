"""Things are done one after the other, in a thread of their own: of each key the last, and with a limit the newest first."""

import threading

from pytestqt.qtbot import QtBot

from ui.model.worker import Worker


def _done(qtbot: QtBot, worker: Worker[str, int], gate: threading.Event, done: list[tuple[str, int]]) -> list[str]:
    """What is done of five things that are put while another is being done."""
    worker.put("first", 0)
    qtbot.waitUntil(lambda: bool(done), timeout=5000)
    for number, key in enumerate("abcad", 1):
        worker.put(key, number)
    worker.drop("c")
    gate.set()
    qtbot.waitUntil(lambda: not worker._waiting, timeout=5000)
    worker.stop()
    return [f"{key}{number}" for key, number in done]


def test_of_each_key_what_was_put_last_is_done_in_the_order_of_putting(qtbot: QtBot) -> None:
    gate, done = threading.Event(), list[tuple[str, int]]()
    worker: Worker[str, int] = Worker("test", lambda key, job: (done.append((key, job)), gate.wait(5)))  # type: ignore[arg-type, func-returns-value]
    assert _done(qtbot, worker, gate, done) == ["first0", "b2", "a4", "d5"]


def test_with_a_limit_the_newest_comes_first_and_the_oldest_is_forgotten(qtbot: QtBot) -> None:
    gate, done = threading.Event(), list[tuple[str, int]]()
    worker: Worker[str, int] = Worker("test", lambda key, job: (done.append((key, job)), gate.wait(5)), most=3)  # type: ignore[arg-type, func-returns-value]
    assert _done(qtbot, worker, gate, done) == ["first0", "d5", "a4"]


def test_nothing_is_begun_after_the_end() -> None:
    done = list[str]()
    worker: Worker[str, int] = Worker("test", lambda key, _job: done.append(key))
    worker.stop()
    worker.put("late", 1)
    worker.stop()
    assert done == []
