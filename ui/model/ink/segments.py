"""The pieces of pen ink: what is under a position, and how pieces are drawn."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from ui.model.ink.geometry import distance_to_polyline
from ui.model.ink.painting import path_of, pen

if TYPE_CHECKING:
    from recognizer.ink import Ink

LIT_WIDTH = 3.6  # source px, a little more than the pen draws
THINNEST = 1.3  # view px, for little pictures


class PenInk:
    """Pieces are rows (stroke, first point, last point) into an ink."""

    def __init__(self, ink: "Ink", pieces: tuple[np.ndarray, ...]) -> None:
        self._owners = [piece[:, 0].tolist() for piece in pieces]
        self._polylines = [
            [ink.strokes[stroke][first : last + 2] for stroke, first, last in piece.tolist()]  # on to the next piece
            for piece in pieces
        ]
        self._boxes = np.array([_box(polylines) for polylines in self._polylines]).reshape(-1, 4)

    def pieces_at(self, x: float, y: float, reach: float) -> frozenset[int]:
        """The pieces within ``reach`` of a position."""
        left, top, right, bottom = self._boxes.T
        near = (left - reach <= x) & (x <= right + reach) & (top - reach <= y) & (y <= bottom + reach)
        return frozenset(
            index
            for index in np.flatnonzero(near).tolist()
            if any(distance_to_polyline(line, x, y) <= reach for line in self._polylines[index])
        )

    def strokes_in(self, first: int, last: int) -> frozenset[int]:
        """The strokes that pieces first .. last - 1 were written with."""
        return frozenset(owner for owners in self._owners[first:last] for owner in owners)

    def draw(self, painter: QPainter, first: int, last: int, colour: str) -> None:
        """Draw pieces first .. last - 1."""
        scale = max(painter.worldTransform().m11(), 1e-6)
        painter.setPen(pen(colour, max(LIT_WIDTH, THINNEST / scale)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for polylines in self._polylines[first:last]:
            for line in polylines:
                painter.drawPath(path_of(line))


def _box(polylines: list[np.ndarray]) -> tuple[float, ...]:
    """Left, top, right, bottom; a piece without ink is nowhere."""
    if not polylines:
        return np.inf, np.inf, -np.inf, -np.inf
    points = np.concatenate(polylines)[:, :2]
    return (*points.min(axis=0).tolist(), *points.max(axis=0).tolist())
