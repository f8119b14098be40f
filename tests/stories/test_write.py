"""Someone writes a number."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.stories.person import Person


def test_a_number_is_written_and_its_text_appears(person: Person) -> None:
    person.draw_number(3)
    assert person.wait_for_answer() == "012"
    assert "Accepted" in person.verdict()
    assert "93 %" in person.verdict()
    others = person.window.panes.answer.others
    assert [others.topLevelItem(0).text(column) for column in (0, 1)] == ["017", "3 %"]


def test_copying_the_text(person: Person) -> None:
    person.draw_number(2)
    person.wait_for_answer()
    person.press("Copy text")
    assert QGuiApplication.clipboard().text() == "01"


def test_each_change_is_undone_and_redone_and_read_again(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    person.do("undo")
    assert person.wait_for_answer() == "01"
    person.do("redo")
    assert person.wait_for_answer() == "012"
    person.do("clear")
    assert person.window.bench.desk.answer is None
    assert not person.window.actions_["clear"].isEnabled()
    person.do("undo")
    assert person.wait_for_answer() == "012"


def test_the_eraser_tool_rubs_out_what_it_touches(person: Person) -> None:
    person.draw_number(3)
    person.do("eraser")
    person.draw((125, 100), (140, 100), (150, 110))
    assert len(person.window.bench.ink.strokes) == 2
    assert person.wait_for_answer() == "01"
    person.do("pen")
    person.draw((300, 60), (300, 140))
    assert person.wait_for_answer() == "012"


def test_a_pen_writes_with_pressure_and_its_other_end_erases(person: Person) -> None:
    person.pen_stroke([(60, 60), (62, 90), (64, 120)], [0.1, 0.5, 0.9])
    (stroke,) = person.window.bench.ink.strokes
    assert stroke.pressures is not None
    assert stroke.pressures.tolist() == pytest.approx([0.1, 0.5, 0.9], abs=1e-6)
    person.pen_stroke([(40, 90), (62, 90)], eraser=True)
    assert person.window.bench.ink.strokes == ()


def test_pen_events_are_accepted_and_the_mouse_waits_while_the_pen_is_down(person: Person) -> None:
    assert person.pen(QEvent.Type.TabletPress, (60, 60))
    person.draw((200, 60), (220, 90))
    assert person.pen(QEvent.Type.TabletMove, (60, 90))
    assert person.pen(QEvent.Type.TabletRelease, (60, 90))
    (stroke,) = person.window.bench.ink.strokes
    assert stroke.points[:, 0].max() < 100


def test_writing_across_the_words_of_the_empty_canvas(person: Person) -> None:
    canvas = person.window.panes.canvas
    middle, high = canvas.width() / 2, canvas.height() / 2
    words = person.window.panes._empty_canvas
    assert words.isVisible()
    QTest.mousePress(words, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, words.rect().topLeft())
    QTest.mouseMove(words, words.rect().center())
    QTest.mouseRelease(words, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, words.rect().center())
    assert len(person.window.bench.ink.strokes) == 1
    assert not words.isVisible()
    person.draw((middle, high), (middle, high + 40))
    assert len(person.window.bench.ink.strokes) == 2


def test_ink_is_saved_and_opened_again(person: Person, tmp_path) -> None:  # type: ignore[no-untyped-def]
    person.draw_number(2)
    person.window.bench.save(tmp_path / "number.inkml")
    person.qtbot.waitUntil(lambda: "Saved" in person.window.statusBar().words.text())
    person.do("clear")
    person.open(tmp_path / "number.inkml")
    assert person.wait_for_answer() == "01"
    person.do("undo")
    assert person.window.bench.ink.strokes == ()


def test_zooming_keeps_the_lattice_under_the_ink(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    panes = person.window.panes
    assert (
        panes.canvas.mapToGlobal(panes.canvas.rect().topLeft()).x()
        == panes.lattice.mapToGlobal(panes.lattice.rect().topLeft()).x()
    )
    before = [(shape.start, shape.end) for shape in person.shapes()]
    person.do("zoom_in")
    placed = person.window.bench.desk.viewport.placement
    cuts = person.window.bench.desk.answer.lattice.cuts
    assert [(shape.start, shape.end) for shape in person.shapes()] != before
    assert person.window.panes.lattice.layout_now.nodes == tuple(placed.x_in_view(x) for x in cuts.tolist())
