import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from ui.model.opening import halvings
from ui.model.page.segments import PageInk, piece_boxes, pieces_near
from ui.page.view import level_for

PIECES = np.full((20, 40), -1, np.int16)
PIECES[5:10, 3:8] = 0
PIECES[5:15, 20:30] = 1


def test_pieces_are_found_by_place_with_some_reach() -> None:
    assert pieces_near(PIECES, 4, 6, 0) == {0}
    assert pieces_near(PIECES, 10, 6, 3) == {0}
    assert pieces_near(PIECES, 14, 6, 8) == {0, 1}
    assert pieces_near(PIECES, 14, 6, 1) == frozenset()
    assert pieces_near(PIECES, -50, -50, 3) == frozenset()
    assert pieces_near(PIECES, 500, 500, 3) == frozenset()


def test_boxes_of_pieces() -> None:
    np.testing.assert_array_equal(piece_boxes(PIECES, 3), [[3, 5, 8, 10], [20, 5, 30, 15], [0, 0, 0, 0]])


def test_halvings_keep_the_mean_and_end_small() -> None:
    grey = np.random.default_rng(0).integers(0, 256, (301, 520)).astype(np.uint8)
    levels = halvings(grey, small=100)
    assert levels[0] is grey
    assert max(levels[-1].shape) <= 100
    assert levels[1].shape == (150, 260)
    assert abs(levels[-1].mean() - grey.mean()) < 3


def test_thin_pages_are_halved_without_harm() -> None:
    assert halvings(np.zeros((1, 5000), np.uint8), small=100)[-1].shape == (1, 5000)


def test_the_level_suits_the_zoom() -> None:
    assert level_for(1.0, 4) == 0
    assert level_for(0.5, 4) == 1
    assert level_for(0.3, 4) == 1
    assert level_for(0.01, 4) == 3


def test_runs_of_pieces_are_drawn_in_the_colour_asked_for_and_nothing_else_is(qtbot: QtBot) -> None:
    ink = PageInk(PIECES, 3, np.array([[0, 1], [0, 2], [2, 3]]))
    for first, last, expected in ((0, 1, PIECES == 0), (0, 2, PIECES >= 0), (2, 3, PIECES == 2)):
        image = QImage(40, 20, QImage.Format.Format_RGB32)
        image.fill(QColor("#ffffff"))
        painter = QPainter(image)
        ink.draw(painter, first, last, "#ff0000")
        painter.end()
        drawn = np.array([[image.pixelColor(x, y).name() == "#ff0000" for x in range(40)] for y in range(20)])
        np.testing.assert_array_equal(drawn, expected)
