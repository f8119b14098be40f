"""The pieces of pen ink: what is under a position, and how pieces are drawn."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from ui.ink.geometry import distance_to_polyline
from ui.ink.painting import path_of, pen

if TYPE_CHECKING:
    from recognizer.ink import Ink

LIT_WIDTH = 3.6  # source px, a little more than the pen draws
THINNEST = 1.3  # view px, for little pictures


class PenInk:
    """Pieces are rows (stroke, first point, last point) into an ink."""

    def __init__(self, ink: "Ink", pieces: tuple[np.ndarray, ...]) -> None:
        self._polylines = [
            [ink.strokes[stroke][first : last + 1] for stroke, first, last in piece.tolist()] for piece in pieces
        ]

    def pieces_at(self, x: float, y: float, reach: float) -> frozenset[int]:
        """The pieces within ``reach`` of a position."""
        return frozenset(
            index
            for index, polylines in enumerate(self._polylines)
            if any(len(line) and distance_to_polyline(line, x, y) <= reach for line in polylines)
        )

    def draw(self, painter: QPainter, first: int, last: int, colour: str) -> None:
        """Draw pieces first .. last - 1."""
        scale = max(painter.worldTransform().m11(), 1e-6)
        painter.setPen(pen(colour, max(LIT_WIDTH, THINNEST / scale)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for polylines in self._polylines[first:last]:
            for line in polylines:
                if len(line):
                    painter.drawPath(path_of(line))
