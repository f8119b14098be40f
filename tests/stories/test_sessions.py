"""Someone closes the program and comes back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QSize

from tests.stories.conftest import Start
from tests.stories.person import Person
from ui.kept_menu import KeptMenu
from ui.model.ink.journal import InkJournal


def test_ink_is_offered_again_after_closing(start: Start) -> None:
    first = start()
    first.draw_number(3)
    assert first.wait_for_answer() == "012"
    first.close()
    second = start()
    assert "recovered" in second.notice()
    assert second.bench.ink.strokes == ()
    second.press("Restore")
    assert second.wait_for_answer() == "012"
    assert second.notice() == ""
    second.close()
    third = start()
    assert "recovered" in third.notice()


def test_not_now_deletes_nothing_and_new_ink_does_not_take_its_place(start: Start) -> None:
    first = start()
    first.draw_number(3)
    first.close()
    second = start()
    second.press("Not now")
    second.draw_number(1)
    second.close()
    third = start()
    assert "2 sheets" in third.notice()


def test_what_the_user_deletes_is_gone(start: Start) -> None:
    first = start()
    first.draw_number(3)
    first.close()
    second = start()
    second.press("Delete")
    second.close()
    assert start().notice() == ""


def test_size_and_appearance_are_remembered(start: Start) -> None:
    first = start()
    first.window.resize(760, 600)
    first.window.move(23, 41)
    first.do("dark")
    first.inspector.tabs.setCurrentIndex(2)
    first.rows.setSizes([400, 120])
    first.qtbot.wait(100)  # until everything has its place
    rows = first.rows.sizes()
    first.close()
    second = start()
    assert second.inspector.tabs.currentIndex() == 2
    second.qtbot.waitUntil(lambda: second.rows.sizes() == rows, timeout=60_000)
    assert second.window.size() == QSize(760, 600)
    assert second.window.pos() == QPoint(23, 41)
    assert second.command("dark").isChecked()
    second.do("system")


def test_an_uncaught_error_is_told_and_the_program_goes_on(start: Start) -> None:
    person = start()
    person.bench.problems.report(RuntimeError("odd"))
    assert "ink is safe" in person.notice()
    person.draw_number(2)
    assert person.wait_for_answer() == "01"


def test_opening_a_file_over_unsaved_ink_loses_neither(start: Start, tmp_path: Path) -> None:
    first = start()
    first.draw_number(1)
    first.save(tmp_path / "one.inkml")
    first.draw_number(2)
    first.open(tmp_path / "one.inkml")
    assert len(first.bench.ink.strokes) == 1
    first.close()
    second = start()
    second.press("Restore")
    second.qtbot.waitUntil(lambda: len(second.bench.ink.strokes) == 3)
    second.close()
    assert "Ink from last time" in start().notice()


def test_a_file_that_was_only_looked_at_is_not_offered_again(start: Start, tmp_path: Path) -> None:
    first = start()
    first.draw_number(2)
    first.save(tmp_path / "two.inkml")
    first.close()
    second = start()
    second.open(tmp_path / "two.inkml")
    assert len(second.bench.ink.strokes) == 2
    second.close()
    assert start().notice() == ""


def test_a_release_that_never_came_does_not_block_the_pen(start: Start) -> None:
    person = start()
    person.pen(QEvent.Type.TabletPress, (60, 60))
    person.pen(QEvent.Type.TabletMove, (60, 90))
    person.pen_stroke([(120, 60), (120, 90)])
    assert len(person.bench.ink.strokes) == 2


def kept_menu(person: Person) -> KeptMenu:
    return person.window.findChildren(KeptMenu)[0]


def test_ink_that_was_cleared_can_be_had_from_the_menu(start: Start) -> None:
    first = start()
    first.draw_number(3)
    first.qtbot.waitUntil(lambda: bool(list(first.locations.data.glob("*.journal"))), timeout=60_000)
    first.do("clear")
    first.close()
    second = start()
    assert second.notice() == "", "nobody wants to be asked about what they have cleared"
    menu = kept_menu(second)
    menu.fill()
    menu.actions()[0].trigger()
    assert second.wait_for_answer() == "012"
    second.do("clear")
    menu.fill()
    menu.actions()[-1].trigger()
    assert "for good" in second.notice()
    second.press("Delete")
    menu.fill()
    assert [action.text() for action in menu.actions()] == ["None"]


def test_a_correction_is_there_after_the_next_start(start: Start) -> None:
    first = start()
    first.draw_number(3)
    first.wait_for_answer()
    first.bench.correct(frozenset(first.bench.ink.strokes), "0 or 2")
    assert first.shown_text() == "0 or 2"
    first.close()
    second = start()
    second.press("Restore")
    assert second.wait_for_answer() == "0 or 2"
    second.do("undo")
    assert second.bench.ink.strokes == ()


def test_the_window_stays_while_ink_cannot_be_kept(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_journal: object, _content: object) -> None:
        raise OSError(28, "No space left on device")

    person = start()
    monkeypatch.setattr(InkJournal, "write", fail)
    person.draw_number(1)
    person.qtbot.waitUntil(lambda: "No space left" in person.notice(), timeout=60_000)
    person.notices.dismiss()
    person.qtbot.waitUntil(lambda: person.bench.keeper.failing)
    person.window.close()
    assert person.window.isVisible()
    assert "could not be kept" in person.notice()
    person.press("Close and lose it")
    assert not person.window.isVisible()


@pytest.mark.parametrize("wide", [1.0, 16_000.0])
def test_ink_of_another_size_opens_so_that_it_is_seen(person: Person, tmp_path: Path, wide: float) -> None:
    unit = wide / 68
    traces = [f"<trace>{unit * 20 * k} 0, {unit * (20 * k + 8)} {unit * 30}</trace>" for k in range(4)]
    (tmp_path / "far.inkml").write_text(f'<ink xmlns="http://www.w3.org/2003/InkML">{"".join(traces)}</ink>')
    person.open(tmp_path / "far.inkml")
    assert person.wait_for_answer() == "0123"
    view, placed = person.canvas, person.desk.viewport.placement
    left, right = (placed.x_in_view(person.bench.ink.strokes[k].box[side]) for k, side in ((0, 0), (-1, 2)))
    assert 0 <= left < right - 100
    assert right <= view.width()
