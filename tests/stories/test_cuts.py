"""Someone moves, adds and removes cuts on the ink, and the reading follows."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from tests.stories.person import Person
from tests.stories.test_conditions import settle
from ui.theme.palette import LIGHT


@pytest.fixture
def reading(word: Person) -> Person:
    """Has written a word, and taken the tool for cuts."""
    word.do("cuts")
    settle(word)
    assert word.cuts.places
    return word


def xs(person: Person) -> list[float]:
    return [place.x for place in person.cuts.places]


def grip(person: Person, cut: int) -> QPoint:
    editor, placed = person.cuts, person.desk.viewport.placement
    place = editor.places[cut]
    x, y = placed.to_view(place.x, place.top)
    return QPoint(round(x), round(y))


def click(person: Person, at: QPoint) -> None:
    QTest.mouseClick(person.cuts, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    settle(person)


def test_a_cut_is_removed_and_comes_back(reading: Person) -> None:
    editor, desk = reading.cuts, reading.desk
    before, text, ink = xs(reading), reading.shown_text(), reading.bench.ink.strokes
    assert reading.counts(editor, LIGHT.accent) > 20
    click(reading, grip(reading, 1))
    assert editor.chosen == 1
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    settle(reading)
    assert len(xs(reading)) == len(before) - 1
    assert before[1] not in xs(reading)
    assert "cuts as you have put them" in reading.conditions.words.text()
    assert len(desk.answer.lattice.cuts) == len(desk.answer.reading.trace.segments.pieces) + 1
    QTest.keySequence(editor, QKeySequence(QKeySequence.StandardKey.Undo))
    settle(reading)
    assert xs(reading) == before
    assert reading.shown_text() == text
    assert reading.bench.ink.strokes == ink, "the ink is what it was"
    QTest.keySequence(editor, QKeySequence(QKeySequence.StandardKey.Redo))
    settle(reading)
    reading.press("Clear conditions")
    settle(reading)
    assert xs(reading) == before


def test_ink_that_is_clicked_is_cut_there(reading: Person) -> None:
    before = xs(reading)
    trace = reading.desk.answer.reading.trace
    piece = max((p for p in trace.segments.pieces if len(p)), key=lambda p: int(p[0, 2] - p[0, 1]))
    stroke, first, last = piece[0].tolist()
    x, y = reading.bench.ink.strokes[stroke].points[(2 * first + last) // 3, :2].tolist()
    place = reading.desk.viewport.placement.to_view(x, y)
    if reading.cuts.cut_at(QPoint(*map(round, place)).toPointF()) is not None:
        pytest.skip("a cut is there already")
    click(reading, QPoint(*map(round, place)))
    assert len(xs(reading)) == len(before) + 1


def test_a_cut_is_dragged(reading: Person) -> None:
    x, y = reading.bench.ink.strokes[1].points[14, :2].tolist()  # within the first "e"
    click(reading, QPoint(*map(round, reading.desk.viewport.placement.to_view(x, y))))
    editor, before = reading.cuts, xs(reading)
    pieces = reading.desk.answer.reading.trace.segments.pieces
    inside = next(
        number
        for number, place in enumerate(editor.places)
        if pieces[place.left][0, 0] == pieces[place.right][0, 0] == 1
    )
    start = grip(reading, inside)
    end = start + QPoint(-9, 30)
    QTest.mousePress(editor, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(editor, (start + end) / 2)
    QTest.mouseMove(editor, end)
    QTest.mouseRelease(editor, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    settle(reading)
    after = xs(reading)
    assert len(after) == len(before)
    assert after != before
    scale = reading.desk.viewport.placement.scale
    assert min(abs(x - (before[inside] - 9 / scale)) for x in after) < 4


def test_everything_is_done_by_key(reading: Person) -> None:
    editor, before = reading.cuts, xs(reading)
    assert editor.hasFocus()
    QTest.keyClick(editor, Qt.Key.Key_Right)
    QTest.keyClick(editor, Qt.Key.Key_Right)
    assert editor.accessibleDescription() == f"Cut 2 of {len(before)}"
    QTest.keyClick(editor, Qt.Key.Key_Insert)
    settle(reading)
    assert len(xs(reading)) == len(before) + 1
    QTest.keyClick(editor, Qt.Key.Key_Right)
    QTest.keyClick(editor, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    settle(reading)
    assert len(xs(reading)) in (len(before), len(before) + 1)
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    settle(reading)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.chosen is None
    reading.do("pen")
    assert not editor.isVisible()
    assert reading.canvas.hasFocus()
    reading.do("cuts")
    reading.do("cuts")
    assert not editor.isVisible(), "the key that shows the cuts puts them away"
    assert reading.canvas.hasFocus()


def test_where_there_are_no_cuts_to_move_that_is_said(person: Person) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    person.do("cuts")
    editor = person.cuts
    assert editor.places == []
    assert "cannot be moved" in editor.accessibleDescription()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClick(editor, Qt.Key.Key_Insert)
    QTest.mouseClick(editor, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(60, 60))
    assert person.shown_text() == "012"
