"""Strokes have no holes, however they turn."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from ui.model.ink.document import Stroke
from ui.model.ink.painting import draw_strokes

TURN = np.linspace(0, 2 * np.pi, 40)
WAYS = {
    "right": [(20, 50), (80, 50)],
    "left": [(80, 50), (20, 50)],
    "corner": [(20, 20), (80, 20), (20, 22)],
    "dot": [(50, 50)],
    "clockwise": np.stack([50 + 25 * np.cos(TURN), 50 + 25 * np.sin(TURN)], 1).tolist(),
    "anticlockwise": np.stack([50 + 25 * np.cos(TURN), 50 - 25 * np.sin(TURN)], 1).tolist(),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("pressed", [True, False])
def test_every_point_of_a_stroke_is_inked(qtbot: QtBot, way: str, pressed: bool) -> None:
    points = np.array([(x, y, i) for i, (x, y) in enumerate(WAYS[way])], np.float32)
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw_strokes(painter, [Stroke(points, np.full(len(points), 1.0, np.float32) if pressed else None)], "#000000")
    painter.end()
    for x, y, _t in points.tolist():
        assert image.pixelColor(round(x), round(y)).lightness() < 30
