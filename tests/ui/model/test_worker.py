"""Things are done one after the other, in a thread of their own: of each key the last, and with a limit the newest first."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from ui.model.worker import Worker


@pytest.mark.parametrize(("most", "expected"), [(None, ["first0", "b2", "a4", "d5"]), (3, ["first0", "d5", "a4"])])
def test_of_each_key_the_last_is_done_in_order_and_with_a_limit_the_newest_first(
    qtbot: QtBot, most: int | None, expected: list[str]
) -> None:
    begun, gate, done = threading.Event(), threading.Event(), list[str]()

    def do(key: str, job: int) -> str:
        begun.set()
        gate.wait(5)
        return f"{key}{job}"

    worker = Worker("test", do, lambda _key, came: done.append(came), most)
    worker.put("first", 0)
    assert begun.wait(5)
    for number, key in enumerate("abcad", 1):
        worker.put(key, number)
    worker.drop("c")
    gate.set()
    qtbot.waitUntil(lambda: len(done) == len(expected), timeout=60_000)
    worker.stop()
    assert done == expected


def test_nothing_is_begun_after_the_end() -> None:
    done = list[str]()
    worker = Worker("test", lambda key, _job: done.append(key), lambda _key, _came: None)
    worker.stop()
    worker.put("late", 1)
    worker.stop()
    assert done == []


def test_what_comes_after_the_end_is_not_told() -> None:
    begun, gate, done, told = threading.Event(), threading.Event(), list[str](), list[str]()

    def do(key: str, _job: int) -> str:
        begun.set()
        gate.wait(5)
        done.append(key)
        return key

    worker = Worker("test", do, lambda key, _came: told.append(key))
    worker.put("long", 1)
    assert begun.wait(5)
    threading.Timer(0.1, gate.set).start()
    worker.stop()
    assert (done, told) == (["long"], [])
