"""Sources that are read ahead on several threads answer as if each were read by itself."""

import threading
import time
from collections.abc import Callable

import pytest

from recognizer.errors import Cancelled, InputError
from recognizer.readers import reading_ahead
from recognizer.readers.reading_ahead import ReadingAhead

OnStage = Callable[[str], None]


@pytest.fixture(params=[1, 2, 4])
def threads(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(reading_ahead, "default_threads", lambda: request.param)
    return int(request.param)


def ignore(_stage: str) -> None:
    pass


@pytest.mark.usefixtures("threads")
def test_each_source_has_its_own_answer_or_error_whichever_are_asked_for() -> None:
    def read(source: int, on_stage: OnStage) -> int:
        on_stage("reading")
        time.sleep(0.002 * (source % 3))
        if source % 5 == 4:
            raise InputError(f"{source} cannot be read.")
        return source**2

    heard: list[str] = []
    with ReadingAhead(read, range(12), heard.append) as ahead:
        for number in (0, 1, 3, 7, 8, 11):
            assert ahead.answer(number) == number**2
        with pytest.raises(InputError, match="9 cannot"):
            ahead.answer(9)
        assert ahead.answer(10) == 100
    assert set(heard) == {"reading"}


def test_so_many_are_read_at_once(threads: int) -> None:
    together = threading.Barrier(threads)

    def read(source: int, _on_stage: OnStage) -> int:
        together.wait(10)  # none of them ends before all have begun
        return source

    with ReadingAhead(read, range(4 * threads), ignore) as ahead:
        assert [ahead.answer(number) for number in range(4 * threads)] == list(range(4 * threads))


@pytest.mark.usefixtures("threads")
def test_who_leaves_stops_what_is_under_way() -> None:
    begun, ended = [0], [0]

    def read(source: int, on_stage: OnStage) -> int:
        begun[0] += 1
        if source == 0:
            return 0
        try:
            while True:
                on_stage("reading")
                time.sleep(0.001)
        finally:
            ended[0] += 1

    with ReadingAhead(read, range(20), ignore) as ahead:
        assert ahead.answer(0) == 0
    assert begun[0] - 1 == ended[0] < 19


@pytest.mark.usefixtures("threads")
def test_what_who_listens_raises_comes_out() -> None:
    def stop(_stage: str) -> None:
        raise Cancelled

    def read(source: int, on_stage: OnStage) -> int:
        on_stage("reading")
        return source

    with pytest.raises(Cancelled), ReadingAhead(read, range(5), stop) as ahead:
        ahead.answer(0)


@pytest.mark.usefixtures("threads")
def test_one_at_once_is_read_where_it_is_asked_for() -> None:
    def read(_source: int, _on_stage: OnStage) -> int:
        return threading.get_ident()

    with ReadingAhead(read, range(3), ignore, at_once=1) as ahead:
        assert [ahead.answer(number) for number in range(3)] == [threading.get_ident()] * 3
