"""Someone writes a number."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from tests.stories.conftest import Start
from tests.stories.person import Person
from ui.empty import EmptyState
from ui.model.choice import NUMBERS
from ui.theme.palette import LIGHT


def test_a_number_is_written_and_its_text_appears(person: Person) -> None:
    person.draw_number(3)
    assert person.wait_for_answer() == "012"
    assert "to check" in person.verdict(), "of text one looks at words"
    person.bench.choose(replace(person.bench.choice, reads=NUMBERS))
    assert person.wait_for_answer() == "012"
    assert "Accepted" in person.verdict()
    assert "93 %" in person.verdict()
    others = person.answer.others
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
    assert person.desk.answer is None
    assert not person.command("clear").isEnabled()
    person.do("undo")
    assert person.wait_for_answer() == "012"


def test_the_eraser_tool_rubs_out_what_it_touches(person: Person) -> None:
    person.draw_number(3)
    person.do("eraser")
    person.draw((125, 100), (140, 100), (150, 110))
    assert len(person.bench.ink.strokes) == 2
    assert person.wait_for_answer() == "01"
    person.do("pen")
    person.draw((300, 60), (300, 140))
    assert person.wait_for_answer() == "012"


def test_a_pen_writes_with_pressure_and_its_other_end_erases(person: Person) -> None:
    person.pen_stroke([(60, 60), (62, 90), (64, 120)], [0.1, 0.5, 0.9])
    (stroke,) = person.bench.ink.strokes
    assert stroke.pressures is not None
    assert stroke.pressures.tolist() == pytest.approx([0.1, 0.5, 0.9], abs=1e-6)
    person.pen_stroke([(40, 90), (62, 90)], eraser=True)
    assert person.bench.ink.strokes == ()


def test_pen_events_are_accepted_and_the_mouse_waits_while_the_pen_is_down(person: Person) -> None:
    assert person.pen(QEvent.Type.TabletPress, (60, 60))
    person.draw((200, 60), (220, 90))
    assert person.pen(QEvent.Type.TabletMove, (60, 90))
    assert person.pen(QEvent.Type.TabletRelease, (60, 90))
    (stroke,) = person.bench.ink.strokes
    assert stroke.points[:, 0].max() < 100


def test_writing_across_the_words_of_the_empty_canvas(person: Person) -> None:
    canvas = person.canvas
    middle, high = canvas.width() / 2, canvas.height() / 2
    words = canvas.findChild(EmptyState)
    assert words.isVisible()
    QTest.mousePress(words, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, words.rect().topLeft())
    QTest.mouseMove(words, words.rect().center())
    QTest.mouseRelease(words, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, words.rect().center())
    assert len(person.bench.ink.strokes) == 1
    assert not words.isVisible()
    person.draw((middle, high), (middle, high + 40))
    assert len(person.bench.ink.strokes) == 2


def test_ink_is_saved_and_opened_again(person: Person, tmp_path) -> None:  # type: ignore[no-untyped-def]
    person.draw_number(2)
    person.save(tmp_path / "number.inkml")
    person.do("clear")
    person.open(tmp_path / "number.inkml")
    assert person.wait_for_answer() == "01"
    person.do("undo")
    assert person.bench.ink.strokes == ()


def test_zooming_keeps_the_lattice_under_the_ink(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    assert (
        person.canvas.mapToGlobal(person.canvas.rect().topLeft()).x()
        == person.lattice.mapToGlobal(person.lattice.rect().topLeft()).x()
    )
    before = [(shape.start, shape.end) for shape in person.shapes()]
    person.do("zoom_in")
    placed = person.desk.viewport.placement
    cuts = person.desk.answer.lattice.cuts
    assert [(shape.start, shape.end) for shape in person.shapes()] != before
    assert person.lattice.layout_now.nodes == tuple(placed.x_in_view(x) for x in cuts.tolist())


def lasso(person: Person, left: float, right: float) -> None:
    person.do("lasso")
    person.draw((left, 40), (right, 40), (right, 170), (left, 170), (left, 60))


def test_a_lasso_moves_scales_copies_and_deletes_each_undone(person: Person) -> None:
    person.draw_number(3)
    bench, canvas = person.bench, person.canvas
    written = bench.ink.strokes
    lasso(person, 120, 170)
    assert bench.selection.in_order == written[1:2]
    person.draw((133, 96), (160, 110), (173, 126))
    assert bench.ink.strokes[1].points[0].tolist()[:2] == [170, 90]
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    person.do("duplicate")
    assert len(bench.ink.strokes) == 4
    assert person.wait_for_answer() == "0123"
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert len(bench.ink.strokes) == 3
    for _ in range(5):
        person.do("undo")
    assert bench.ink.strokes == written
    assert bench.selection.in_order == written[1:2]
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not bench.selection.strokes


def test_copied_ink_is_pasted_as_ink_and_as_a_picture(person: Person) -> None:
    person.draw_number(3)
    lasso(person, 120, 240)
    person.do("copy")
    person.do("paste")
    strokes, selected = person.bench.ink.strokes, person.bench.selection.in_order
    assert len(strokes) == 5
    assert selected == strokes[3:]
    assert [len(s.points) for s in selected] == [len(s.points) for s in strokes[1:3]]
    person.do("page")
    person.do("paste")
    person.qtbot.waitUntil(lambda: person.bench.pages.name == "pasted picture", timeout=60_000)
    assert person.wait_for_answer() == "01"


def test_all_is_selected_and_ruled_lines_are_remembered(start: Start) -> None:
    person = start()
    person.draw_number(3)
    person.do("select_all")
    assert len(person.bench.selection.strokes) == 3
    person.do("pen")
    assert not person.bench.selection.strokes
    plain = person.counts(person.canvas, LIGHT.line)
    person.do("ruled")
    assert person.counts(person.canvas, LIGHT.line) > plain + 500
    person.close()
    assert start().canvas.ruled


def test_a_palm_neither_writes_nor_keeps_the_pen_from_writing(person: Person) -> None:
    strokes = person.bench.ink
    person.touch((400, 150), (410, 155))
    assert len(strokes.strokes) == 1, "a finger writes where there is no pen"
    person.do("undo")
    person.touch((400, 150), (410, 155), lift=False)
    person.pen_stroke([(60, 60), (62, 90), (64, 120)])
    (stroke,) = strokes.strokes
    assert stroke.points[:, 0].max() < 100, "the palm came first and is forgotten"
    person.pen(QEvent.Type.TabletPress, (90, 60))
    person.touch((400, 150), (410, 155))
    person.pen(QEvent.Type.TabletRelease, (90, 90))
    person.touch((400, 150), (410, 155))
    assert len(strokes.strokes) == 2, "nor while the pen is down, nor a moment after"


def test_pinching_and_turning_the_wheel_wait_for_the_pen(person: Person) -> None:
    before = person.desk.viewport.placement
    person.pen(QEvent.Type.TabletPress, (60, 60))
    person.wheel()
    assert person.desk.viewport.placement == before
    person.pen(QEvent.Type.TabletRelease, (60, 90))
    person.wheel()
    assert person.desk.viewport.placement != before


def test_a_stroke_in_the_middle_of_which_the_window_is_closed_is_kept(start: Start) -> None:
    first = start()
    first.pen(QEvent.Type.TabletPress, (60, 60))
    first.pen(QEvent.Type.TabletMove, (60, 90))
    first.close()
    assert "recovered" in start().notice()


def test_a_page_of_several_lines_is_read_line_by_line(person: Person) -> None:
    person.draw_number(3)
    person.draw_number(2, top=220)
    person.wait_for_answer()
    desk = person.desk
    assert desk.passage.text == "012\n01"
    assert desk.answer.reading.text == "01", "the lattice is that of the line that was written last"
    above = desk.answers[0]
    person.draw((220, 220), (224, 300))
    person.wait_for_answer()
    assert desk.passage.text == "012\n012"
    assert desk.answers[0] is above
    person.do("copy")
    assert QGuiApplication.clipboard().text() == "012\n012"


def test_tools_that_a_narrow_window_has_no_room_for_are_behind_a_button(person: Person) -> None:
    more = person.window.findChild(QToolButton, "qt_toolbar_ext_button")
    assert more is not None
    assert not more.isVisible()
    person.window.resize(620, 520)
    person.qtbot.waitUntil(more.isVisible, timeout=60_000)
    assert more.accessibleName() == "More tools"
    image = more.grab().toImage()
    drawn = sum(image.pixelColor(x, y).alpha() > 100 for x in range(image.width()) for y in range(image.height()))
    assert drawn > 10, "there is something to see"


def test_what_is_no_writing_is_pale_until_it_is_put_back(person: Person) -> None:
    for digit in range(8):
        person.draw(*((60 + 25 * digit + step, 100 + 4 * step) for step in range(8)))
    assert not person.command("read_aside").isEnabled()
    person.draw(*((50 + 5 * step, 180) for step in range(60)))
    assert person.wait_for_answer() == "01234567"
    rule = person.bench.ink.strokes[-1]
    assert person.desk.aside == {rule}
    assert person.counts(person.canvas, LIGHT.edge) > 200
    person.do("read_aside")
    assert person.wait_for_answer() != "01234567"
    assert not person.desk.aside
    assert len(person.bench.ink.strokes) == 9
    person.do("undo")
    assert person.wait_for_answer() == "01234567"
    assert person.desk.aside == {rule}
