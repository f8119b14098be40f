"""Rectangles on a page, without a window."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage, QPainter, QTransform
from pytestqt.qtbot import QtBot

from recognizer.readers.reading import FieldOnPage
from ui.page.fields import LEAST, WHOLE, between, dragged, draw_fields, following, grip_at, smallest_at
from ui.theme.palette import LIGHT

BOX = (100.0, 200.0, 180.0, 230.0)
GRIPS = [(across, down) for across in (-1, 0, 1) for down in (-1, 0, 1)]
WAY = st.floats(-500, 500, allow_nan=False)


@pytest.mark.parametrize(
    ("x", "y", "grip"),
    [
        (140, 215, WHOLE),
        (100, 200, (-1, -1)),
        (182, 232, (1, 1)),
        (140, 197, (0, -1)),
        (97, 215, (-1, 0)),
        (140, 240, None),
        (90, 215, None),
    ],
)
def test_what_of_a_rectangle_is_gripped(x: float, y: float, grip: tuple[int, int] | None) -> None:
    assert grip_at(BOX, x, y, 6.0) == grip


@given(st.floats(0.1, 500))
def test_a_rectangle_can_be_taken_whole_however_small_it_is_seen(reach: float) -> None:
    assert grip_at(BOX, 140, 215, reach) == WHOLE


@given(st.sampled_from(GRIPS), WAY, WAY)
def test_dragging_moves_what_is_gripped_and_nothing_turns_inside_out(
    grip: tuple[int, int], dx: float, dy: float
) -> None:
    after = dragged(BOX, grip, dx, dy)
    assert after[2] - after[0] >= LEAST - 1e-6
    assert after[3] - after[1] >= LEAST - 1e-6
    if grip == WHOLE:
        assert after == pytest.approx((BOX[0] + dx, BOX[1] + dy, BOX[2] + dx, BOX[3] + dy))
        return
    across, down = grip
    kept = [side for side, moves in ((0, across < 0), (2, across > 0), (1, down < 0), (3, down > 0)) if not moves]
    assert [after[side] for side in kept] == [BOX[side] for side in kept]


@given(WAY, WAY, WAY, WAY)
def test_a_rectangle_between_corners_is_the_same_from_every_corner(a: float, b: float, c: float, d: float) -> None:
    assert len({between(a, b, c, d), between(c, b, a, d), between(c, d, a, b), between(a, d, c, b)}) == 1


def test_the_smallest_rectangle_under_the_pointer_is_meant() -> None:
    small = (110.0, 205.0, 130.0, 225.0)
    assert smallest_at([BOX, small], 120, 215) == small
    assert smallest_at([BOX, small], 150, 215) == BOX
    assert smallest_at([BOX, small], 500, 215) is None


def test_going_round_the_candidates() -> None:
    boxes = [(float(k), 0.0, k + 1.0, 1.0) for k in range(3)]
    assert [following(boxes, box) for box in boxes] == [boxes[1], boxes[2], boxes[0]]
    assert following(boxes, BOX) == boxes[0]
    assert following(boxes, None) == boxes[0]
    assert following(boxes[:1], boxes[0]) is None
    assert following([], None) is None


def test_the_chosen_field_stands_out_and_a_given_one_takes_its_place(qtbot: QtBot) -> None:
    fields = (FieldOnPage((20, 30, 80, 50), 1.5, True), FieldOnPage((20, 80, 80, 100), 4.0, False))

    def drawn(given: tuple[float, float, float, float] | None) -> np.ndarray:
        image = QImage(200, 140, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        draw_fields(painter, fields, given, QTransform(), LIGHT)
        painter.end()
        pixels = np.frombuffer(image.constBits(), np.uint32).reshape(140, 200)
        return pixels == np.uint32(int("ff" + LIGHT.accent[1:], 16))

    found, said = drawn(None), drawn((120, 30, 190, 60))
    assert found[25:55, 15:85].sum() > 100
    assert found[75:105].sum() == 0
    assert said[25:65, 115:195].sum() > 100
    assert said[:, :100].sum() == 0
