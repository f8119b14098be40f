"""Lasso, moving and scaling, as gestures and as geometry."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QUndoStack

from ui.ink.gestures import Gesture, Sample
from ui.ink.select_gestures import Grip, LassoGesture, TransformGesture, frame, grip_at, select_gesture, transform
from ui.model.ink.document import InkDocument, Stroke
from ui.model.ink.geometry import FARTHEST, Similarity, bounds, inside, scaling, smoothed, strokes_inside
from ui.model.ink.selection import Selection
from ui.model.viewport import Placement, Viewport

coordinates = st.floats(-200, 200)


def line(*places: tuple[float, float]) -> Stroke:
    return Stroke(np.array([(x, y, i / 100) for i, (x, y) in enumerate(places)], np.float32), None)


def drag(gesture: Gesture, *places: tuple[float, float]) -> None:
    for x, y in places:
        gesture.move(Sample(x, y, x, y, 0.0, None))
    gesture.finish()


class Sheet:
    """Three strokes in a row."""

    def __init__(self) -> None:
        self.document, self.undo, self.viewport = InkDocument(), QUndoStack(), Viewport()
        self.selection = Selection(self.document)
        self.strokes = tuple(line((x, 50), (x + 20, 90)) for x in (50, 150, 250))
        self.document.replace(self.strokes)

    def gesture(self, x: float, y: float, adds: bool = False) -> Gesture:
        return select_gesture(self.document, self.undo, self.selection, self.viewport, (x, y), adds)


def test_a_lasso_selects_what_it_goes_around_and_shift_adds() -> None:
    sheet = Sheet()
    drag(sheet.gesture(30, 30), (30, 30), (130, 30), (130, 120), (30, 120))
    assert sheet.selection.in_order == sheet.strokes[:1]
    drag(sheet.gesture(230, 30, adds=True), (230, 30), (330, 30), (330, 120), (230, 120))
    assert sheet.selection.in_order == (sheet.strokes[0], sheet.strokes[2])
    drag(sheet.gesture(400, 300), (400, 300))
    assert sheet.selection.in_order == ()
    assert sheet.undo.count() == 0


def test_a_tap_selects_the_stroke_under_it() -> None:
    sheet = Sheet()
    drag(sheet.gesture(160, 70), (160, 70), (161, 71))
    assert sheet.selection.in_order == sheet.strokes[1:2]


def test_inside_the_frame_one_moves_at_its_corners_one_scales_elsewhere_one_selects() -> None:
    sheet = Sheet()
    sheet.selection.choose(frozenset(sheet.strokes[:1]))
    left, top, right, bottom = frame(sheet.selection.box or (0, 0, 0, 0), Placement())
    for x, y in ((left, top), (right, top), (left, bottom), (right, bottom)):
        gesture = sheet.gesture(x, y)
        gesture.move(Sample(x, y, x, y, 0, None))
        gesture.move(Sample(x + (x - 60), y + (y - 70), 0, 0, 0, None))
        assert isinstance(gesture, TransformGesture)
        assert gesture.similarity.scale > 1
    assert isinstance(sheet.gesture(60, 70), TransformGesture)
    assert isinstance(sheet.gesture(120, 70), LassoGesture)


def test_the_pointer_tells_what_it_would_take_hold_of() -> None:
    sheet = Sheet()
    assert grip_at(sheet.selection, Placement(), 60, 70)[0] is None
    sheet.selection.choose(frozenset(sheet.strokes[:1]))
    left, top, right, bottom = frame(sheet.selection.box or (0, 0, 0, 0), Placement())
    found = [grip_at(sheet.selection, Placement(), x, y)[0] for x, y in ((left, top), (right, top), (60, 70), (300, 9))]
    assert found == [Grip.FALLING, Grip.RISING, Grip.INSIDE, None]
    assert grip_at(sheet.selection, Placement(), left, bottom)[1] == pytest.approx((70, 50))


def test_moving_and_scaling_are_undone_and_the_selection_goes_along() -> None:
    sheet = Sheet()
    sheet.selection.choose(frozenset(sheet.strokes[:2]))
    drag(sheet.gesture(60, 70), (60, 70), (75, 60))
    assert bounds(sheet.document.strokes[:1]) == pytest.approx((65, 40, 85, 80))
    moved = sheet.document.strokes
    assert moved[2] is sheet.strokes[2]
    assert sheet.selection.in_order == moved[:2]
    transform(sheet.document, sheet.undo, sheet.selection, scaling(2, 65, 40), "scale")
    assert bounds(sheet.document.strokes[:1]) == pytest.approx((65, 40, 105, 120))
    sheet.undo.undo()
    assert sheet.document.strokes == moved
    sheet.undo.undo()
    assert sheet.document.strokes == sheet.strokes
    assert sheet.selection.in_order == sheet.strokes[:2]
    sheet.undo.redo()
    assert sheet.selection.in_order == moved[:2]


def test_ink_is_not_moved_to_where_it_could_not_be_read() -> None:
    sheet = Sheet()
    sheet.selection.choose_all()
    transform(sheet.document, sheet.undo, sheet.selection, Similarity(dx=FARTHEST), "move")
    transform(sheet.document, sheet.undo, sheet.selection, Similarity(), "move")
    assert sheet.undo.count() == 0


def test_what_leaves_the_document_leaves_the_selection() -> None:
    sheet = Sheet()
    sheet.selection.choose_all()
    sheet.document.replace(sheet.strokes[1:])
    assert sheet.selection.in_order == sheet.strokes[1:]


@given(st.floats(0.1, 10), coordinates, coordinates)
def test_a_similarity_moves_boxes_as_it_moves_strokes(scale: float, dx: float, dy: float) -> None:
    stroke, similarity = line((1, 2), (30, -40), (5, 60)), Similarity(scale, dx, dy)
    assert similarity.of_box(bounds([stroke]) or (0, 0, 0, 0)) == pytest.approx(
        bounds([similarity.of(stroke)]), abs=1e-2
    )
    assert scaling(scale, dx, dy).of_box((dx, dy, dx, dy)) == pytest.approx((dx, dy, dx, dy), abs=1e-6)


@given(st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=30), st.integers(3, 9))
def test_inside_agrees_with_a_convex_polygon_s_half_planes(points: list[tuple[float, float]], corners: int) -> None:
    turn = 2 * np.pi * np.arange(corners) / corners + 0.1
    polygon = 100 * np.stack([np.cos(turn), np.sin(turn)], 1)
    at = np.array(points)
    edges = np.roll(polygon, -1, axis=0) - polygon
    across = at[:, None] - polygon
    side = edges[:, 0] * across[..., 1] - edges[:, 1] * across[..., 0]
    clear = np.abs(side).min(1) > 1e-6
    np.testing.assert_array_equal(inside(at, polygon)[clear], (side > 0).all(1)[clear])


def test_most_of_a_stroke_must_be_inside() -> None:
    box = np.array([(0, 0), (10, 0), (10, 10), (0, 10)])
    assert strokes_inside([line((1, 1), (2, 2), (20, 2)), line((1, 1), (20, 2), (30, 2))], box) == [0]


@given(st.lists(st.tuples(coordinates, coordinates, st.floats(0, 1)), min_size=1, max_size=12), coordinates)
def test_smoothing_goes_through_every_point_and_does_not_depend_on_the_place(
    rows: list[tuple[float, float, float]], shift: float
) -> None:
    columns = np.array(rows)
    smooth = smoothed(columns)
    nearest = np.abs(smooth[:, None] - columns).max(2).min(0)
    assert nearest.max() < 1e-9
    moved = smoothed(columns + np.array([shift, -shift, 0]))
    if len(moved) == len(smooth):  # a length that is a hair longer may get a step more
        np.testing.assert_allclose(moved, smooth + np.array([shift, -shift, 0]), atol=1e-6)


def test_smoothing_bends_what_was_straight_nowhere_and_rounds_a_circle() -> None:
    straight = smoothed(np.stack([np.arange(5) * 30.0, np.arange(5) * 15.0], 1))
    np.testing.assert_allclose(straight[:, 1], straight[:, 0] / 2, atol=1e-9)
    turn = np.linspace(0, 2 * np.pi, 13)
    circle = smoothed(50 * np.stack([np.cos(turn), np.sin(turn)], 1))
    radius = np.hypot(*circle[20:-20].T)
    assert len(circle) > 100
    assert np.abs(radius - 50).max() < 0.5
