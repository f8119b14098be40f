import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QUndoStack

from recognizer.ink.ink import MAX_SECONDS
from ui.ink.gestures import EraseGesture, PanGesture, Sample, WriteGesture, began
from ui.model.ink.document import InkDocument, Stroke
from ui.model.viewport import Placement, Viewport


def sample(x: float, y: float, seconds: float = 0.0, pressure: float | None = None) -> Sample:
    return Sample(x, y, x, y, seconds, pressure)


def test_a_written_stroke_is_one_undoable_step() -> None:
    document, undo = InkDocument(), QUndoStack()
    gesture = WriteGesture(document, undo)
    for number in range(5):
        gesture.move(sample(number, 0, number / 100, 0.5))
    assert document.strokes == ()
    gesture.finish()
    assert undo.count() == 1
    assert document.strokes[0].points.shape == (5, 3)
    np.testing.assert_allclose(document.strokes[0].pressures, 0.5)


def test_repeated_places_and_backward_clocks_do_no_harm() -> None:
    gesture = WriteGesture(InkDocument(), QUndoStack())
    for x, seconds in ((0, 0.5), (0, 0.6), (1, 0.4), (2, 0.7)):
        gesture.move(sample(x, 0, seconds))
    stroke = gesture.stroke()
    assert len(stroke.points) == 3
    assert (np.diff(stroke.points[:, 2]) >= 0).all()
    assert stroke.pressures is None


def test_a_dot_is_a_stroke() -> None:
    document = InkDocument()
    gesture = WriteGesture(document, QUndoStack())
    gesture.move(sample(3, 4))
    gesture.finish()
    assert document.strokes[0].points.shape == (1, 3)


def test_the_eraser_takes_what_it_touches_in_one_step() -> None:
    document, undo, viewport = InkDocument(), QUndoStack(), Viewport()
    rows = [Stroke(np.array([[0, y, 0], [50, y, 0.1]], np.float32), None) for y in (0, 30, 60)]
    document.replace(tuple(rows))
    gesture = EraseGesture(document, undo, viewport)
    gesture.move(sample(10, 2))
    gesture.move(sample(10, 29))
    gesture.finish()
    assert document.strokes == (rows[2],)
    assert undo.count() == 1


def test_an_eraser_that_touches_nothing_leaves_no_step() -> None:
    undo = QUndoStack()
    gesture = EraseGesture(InkDocument(), undo, Viewport())
    gesture.move(sample(10, 2))
    gesture.finish()
    assert undo.count() == 0


def test_panning_follows_the_pointer() -> None:
    viewport = Viewport()
    gesture = PanGesture(viewport)
    gesture.move(sample(10, 10))
    gesture.move(sample(25, 4))
    gesture.finish()
    assert viewport.placement == Placement(1.0, 15.0, -6.0)


@given(st.lists(st.floats(0, 40_000), min_size=1, max_size=60))
def test_times_of_ink_never_run_backwards_nor_out_of_what_can_be_kept(pauses: list[float]) -> None:
    epoch, last, now = None, 0.0, 123_456.0
    for pause in pauses:
        now += pause
        epoch = began(epoch, last, now)
        assert now - epoch >= last - 1e-6
        assert now - epoch <= last + pause + 1e-6
        last = now - epoch
    assert last < MAX_SECONDS
