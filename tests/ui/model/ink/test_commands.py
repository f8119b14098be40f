"""Whatever is done to the ink is undone exactly, and done again."""

import gc
import weakref

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from ui.model.ink.commands import AddStroke, ChangeInk, ClearInk, CorrectWord, EraseStrokes, ReplaceInk
from ui.model.ink.document import Content, InkDocument, Stroke, ink_of, strokes_of


def made(x: float = 0.0, pressed: bool = False) -> Stroke:
    points = np.array([[x, 0, 0], [x + 5, 5, 0.1]], np.float32)
    return Stroke(points, np.array([0.2, 0.8], np.float32) if pressed else None)


def command(document: InkDocument, choice: int) -> ChangeInk:
    if choice == 0:
        return ClearInk(document)
    if choice == 1:
        return EraseStrokes(document, frozenset(document.strokes[::2]))
    if choice == 2:
        return ReplaceInk(document, Content((made(9), made(10))), "open", lambda _file: None, (None, None))
    return AddStroke(document, made(choice))


@given(st.lists(st.integers(0, 6), max_size=12))
def test_undo_and_redo_walk_through_the_same_states(choices: list[int]) -> None:
    document, undo = InkDocument(), QUndoStack()
    states = [document.strokes]
    for choice in choices:
        undo.push(command(document, choice))
        states.append(document.strokes)
    for state in reversed(states[:-1]):
        undo.undo()
        assert document.strokes == state
    for state in states[1:]:
        undo.redo()
        assert document.strokes == state


def test_every_change_is_told(qtbot: QtBot) -> None:
    document, undo = InkDocument(), QUndoStack()
    with qtbot.waitSignal(document.changed):
        undo.push(AddStroke(document, made()))
    with qtbot.waitSignal(document.changed):
        undo.undo()


def test_ink_round_trip_keeps_points_and_pressures() -> None:
    strokes = (made(1, pressed=True), made(2, pressed=True))
    back = strokes_of(ink_of(strokes))
    for before, after in zip(strokes, back, strict=True):
        np.testing.assert_array_equal(before.points, after.points)
        np.testing.assert_array_equal(before.pressures, after.pressures)
    assert ink_of((made(),)).pressures is None


def test_mouse_strokes_among_pen_strokes_count_as_half_pressed() -> None:
    ink = ink_of((made(1, pressed=True), made(2)))
    assert ink.pressures is not None
    np.testing.assert_array_equal(ink.pressures[1], [0.5, 0.5])


def test_what_was_said_of_a_sheet_goes_with_it_and_comes_back() -> None:
    """And is let go of once the change can no longer be taken back: an afternoon's sheets do not stay in memory."""
    document, undo = InkDocument(), QUndoStack()
    undo.push(AddStroke(document, made()))
    stroke = weakref.ref(document.strokes[0])
    undo.push(CorrectWord(document, frozenset(document.strokes), "some"))
    said = dict(document.corrections)
    new = Content((made(9),), {frozenset(): "thing"})
    undo.push(ReplaceInk(document, new, "open", lambda _file: None, (None, None)))
    assert document.corrections == new.corrections
    undo.undo()
    assert document.corrections == said
    undo.redo()
    assert document.corrections == new.corrections
    del said
    undo.clear()
    gc.collect()
    assert stroke() is None
