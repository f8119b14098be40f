"""Strokes on a QPainter, in source coordinates."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ui.ink.document import Stroke
from ui.ink.geometry import width_runs

if TYPE_CHECKING:
    import numpy as np

Runs = list[tuple[QPainterPath, float]]
_drawn: WeakKeyDictionary[Stroke, Runs] = WeakKeyDictionary()


def path_of(points: "np.ndarray") -> QPainterPath:
    """The polyline through ``points`` (n, >= 2), n >= 1; a single point becomes a dot."""
    corners = points[:, :2].tolist()
    path = QPainterPath(QPointF(*corners[0]))
    if len(corners) == 1:
        path.lineTo(corners[0][0] + 0.01, corners[0][1])
    for x, y in corners[1:]:
        path.lineTo(x, y)
    return path


def _runs(stroke: Stroke) -> Runs:
    made = _drawn.get(stroke)
    if made is None:
        made = [
            (path_of(stroke.points[first : last + 1]), width)
            for first, last, width in width_runs(stroke.pressures, len(stroke.points))
        ]
        _drawn[stroke] = made
    return made


def pen(colour: str, width: float) -> QPen:
    """A round pen of ``width`` source pixels."""
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def draw_strokes(painter: QPainter, strokes: Iterable[Stroke], colour: str, full_width: float) -> None:
    """Draw strokes with their pressure as width."""
    for stroke in strokes:
        for path, share in _runs(stroke):
            painter.setPen(pen(colour, full_width * share))
            painter.drawPath(path)
