import threading
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from recognizer.errors import InputError, NothingToRead
from recognizer.readers import lines
from tests.ui.fakes import FakeInkReader, fake_kinds, reading_of
from tests.ui.lattice.examples import segments
from ui.model.answer import Answer, Answered
from ui.model.desk import Desk
from ui.model.ink.document import Stroke, is_insisted
from ui.model.readers import INK, PAGE, pen_ink
from ui.model.reading import Kind, ReadingService


def ink(x: float = 0.0) -> tuple[Stroke, ...]:
    return (Stroke(np.array([[x, 0, 0], [x + 10, 10, 0.1]], np.float32), None),)


def test_an_ink_is_read_off_the_gui_thread(qtbot: QtBot) -> None:
    service = ReadingService(fake_kinds())
    service.start()
    with qtbot.waitSignal(service.answered) as answered:
        service.ask(INK, ink())
    assert answered.args[0] == INK
    assert answered.args[1].answers[0].reading.text == "0"
    service.stop()


def test_newer_ink_cancels_older(qtbot: QtBot) -> None:
    gate = threading.Event()
    reader = FakeInkReader(gate)
    service = ReadingService(fake_kinds(reader))
    answers: list[object] = []
    service.answered.connect(lambda _kind, answer: answers.append(answer))
    service.start()
    sources = [ink(x) for x in range(4)]
    service.ask(INK, sources[0])
    qtbot.waitUntil(lambda: len(reader.seen) == 1)
    for source in sources[1:]:
        service.ask(INK, source)
    gate.set()
    qtbot.waitUntil(lambda: len(answers) == 1)
    qtbot.wait(50)
    assert len(answers) == 1
    assert [float(seen.strokes[0][0, 0]) for seen in reader.seen] == [0.0, 3.0]
    service.stop()


def test_a_cancelled_reading_is_never_told(qtbot: QtBot) -> None:
    gate = threading.Event()
    reader = FakeInkReader(gate)
    service = ReadingService(fake_kinds(reader))
    told: list[object] = []
    service.answered.connect(lambda *args: told.append(args))
    service.failed.connect(lambda *args: told.append(args))
    service.start()
    service.ask(INK, ink())
    qtbot.waitUntil(lambda: len(reader.seen) == 1)
    service.cancel(INK)
    gate.set()
    qtbot.wait(60)
    assert told == []
    service.stop()


def test_a_reader_that_cannot_be_loaded_is_told_and_the_other_works(qtbot: QtBot) -> None:
    def load(_choice: object) -> FakeInkReader:
        raise InputError("The model is missing.")

    kinds = {**fake_kinds(), INK: Kind(load, pen_ink)}
    service = ReadingService(kinds)
    failures: list[str] = []
    service.failed.connect(lambda kind, _error: failures.append(kind))
    with qtbot.waitSignal(service.ready) as ready:
        service.start()
    assert ready.args == [PAGE]
    service.ask(INK, ink())
    qtbot.waitUntil(lambda: failures == [INK, INK])
    service.stop()


def test_stopping_cancels_what_is_read() -> None:
    gate, before = threading.Event(), set(threading.enumerate())  # some of another test, perhaps
    gate.set()
    service = ReadingService(fake_kinds(FakeInkReader(gate)))
    service.start()
    service.ask(INK, ink())
    service.stop()
    assert not [thread for thread in set(threading.enumerate()) - before if thread.name == "reading"]


def test_a_desk_is_late_only_when_the_answer_does_not_come_soon(qtbot: QtBot) -> None:
    desk = Desk(INK)
    told: list[bool] = []
    desk.changed.connect(lambda: told.append(desk.late))
    desk.expect()
    desk.show_nothing()
    assert told == [False]
    desk.expect()
    qtbot.waitUntil(lambda: told == [False, True], timeout=60_000)
    desk.show_nothing("There is no writing.")
    assert told == [False, True, False]
    assert not desk.stale


def test_another_choice_loads_another_reader_even_while_the_first_is_loading(qtbot: QtBot) -> None:
    begun, go_on = threading.Event(), threading.Event()
    loaded: list[object] = []

    def load(choice: object) -> FakeInkReader:
        loaded.append(choice)
        begun.set()
        go_on.wait(5)
        return FakeInkReader()

    fakes = fake_kinds()
    service = ReadingService({INK: Kind(load, pen_ink, fakes[INK].prepare, fakes[INK].parts)})
    ready: list[str] = []
    service.ready.connect(ready.append)
    service.choose(INK, "first")
    service.start()
    assert begun.wait(5)
    service.choose(INK, "second")
    go_on.set()
    qtbot.waitUntil(lambda: ready == [INK])
    assert loaded == ["first", "second"]
    service.stop()


def line(y: float, x: float = 0.0) -> Stroke:
    return Stroke(np.array([[x, y, 0], [x + 10, y + 40, 0.1]], np.float32), None)


def test_of_a_page_only_the_lines_that_changed_are_read_again(qtbot: QtBot) -> None:
    reader = FakeInkReader()
    service = ReadingService(fake_kinds(reader))
    service.start()

    def texts(*strokes: Stroke) -> list[str]:
        with qtbot.waitSignal(service.answered) as answered:
            service.ask(INK, strokes)
        return [answer.reading.text for answer in answered.args[1].answers]

    first, second, third = line(0), line(200), line(400)
    assert texts(first, second) == ["0", "0"]
    assert texts(first, second, third) == ["0", "0", "0"]
    assert len(reader.seen) == 3
    assert texts(first, line(200, 50), second, third) == ["0", "01", "0"]
    assert len(reader.seen) == 4
    assert texts(third) == ["0"]
    assert len(reader.seen) == 4
    service.choose(INK, None)
    assert texts(third) == ["0"]
    assert len(reader.seen) == 5
    service.stop()


def test_lines_are_counted_where_several_have_to_be_read(qtbot: QtBot) -> None:
    service, heard = ReadingService(fake_kinds()), list[tuple[str, int, int]]()
    service.step.connect(lambda *step: heard.append(step))
    service.start()
    first, second = line(0), line(200)
    for strokes in ((first,), (first, second), (first, second, line(400), line(600))):
        with qtbot.waitSignal(service.answered):
            service.ask(INK, strokes)
    assert heard == [(INK, 2, 4), (INK, 3, 4)]
    service.stop()


def test_a_line_that_is_no_writing_does_not_spoil_the_others(qtbot: QtBot) -> None:
    class Choosy(FakeInkReader):
        def read(self, source: Any, on_stage: Any = None) -> Any:
            if source.strokes[0][0, 1] > 100:
                raise NothingToRead("A blot.")
            return super().read(source)

    service = ReadingService(fake_kinds(Choosy()))
    service.start()
    with qtbot.waitSignal(service.answered) as answered:
        service.ask(INK, (line(0), line(200)))
    assert [answer.reading.text for answer in answered.args[1].answers] == ["0"]
    assert answered.args[1].unread == 1
    with qtbot.waitSignal(service.failed) as failed:
        service.ask(INK, (line(200),))
    assert str(failed.args[1]) == "A blot."
    service.stop()


def test_lines_below_what_is_no_writing_are_set_aside_but_for_those_known_and_those_said_to_be_writing(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    class AtOdds(FakeInkReader):
        def read(self, source: Any, on_stage: Any = None) -> Any:
            return replace(super().read(source, on_stage), agreed=False)

    monkeypatch.setattr(lines, "_SCRIBBLED", 5)
    kinds = fake_kinds(AtOdds())
    service = ReadingService(kinds | {INK: replace(kinds[INK], insisted=is_insisted)})
    service.start()

    def came(*strokes: Stroke) -> Answered:
        with qtbot.waitSignal(service.answered) as answered:
            service.ask(INK, strokes)
        found: Answered = answered.args[1]
        return found

    page = tuple(line(200.0 * k) for k in range(40))
    first = came(*page)
    assert 0 < len(first.answers) < len(page)
    assert first.aside == frozenset(page[len(first.answers) :])
    last = replace(page[-1], writing=True)
    again = came(*page[:-1], last)
    assert [answer.source for answer in again.answers] == [answer.source for answer in first.answers] + [(last,)]
    above = came(line(-200.0), *page)
    assert {answer.source for answer in above.answers} > {answer.source for answer in first.answers}
    service.stop()


def test_a_desk_looks_into_the_line_that_is_new_and_stays_where_nothing_is() -> None:
    desk = Desk(INK)
    lines = [Answer(reading_of(segments()), None, None) for _ in range(4)]  # type: ignore[arg-type]
    desk.show(*lines[:2])
    assert desk.answer is lines[1]
    desk.show(lines[3], *lines[:2])
    assert desk.answer is lines[3]
    desk.look_into(2)
    desk.show(*lines[:2])
    assert desk.answer is lines[1]
    desk.show(lines[0])
    assert desk.answer is lines[0]
    desk.show_nothing()
    assert desk.answer is None
