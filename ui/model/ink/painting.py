"""Strokes on a QPainter, in source coordinates."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ui.model.ink.document import Stroke
from ui.model.ink.geometry import outline, radii, smoothed

if TYPE_CHECKING:
    import numpy as np

_drawn: WeakKeyDictionary[Stroke, tuple[float, QPainterPath]] = WeakKeyDictionary()


def path_of(points: "np.ndarray") -> QPainterPath:
    """The polyline through ``points`` (n, >= 2), n >= 1; a single point becomes a dot."""
    corners = points[:, :2].tolist()
    path = QPainterPath(QPointF(*corners[0]))
    if len(corners) == 1:
        path.lineTo(corners[0][0] + 0.01, corners[0][1])
    for x, y in corners[1:]:
        path.lineTo(x, y)
    return path


def _shape_of(stroke: Stroke, full_width: float) -> QPainterPath:
    """The path of a stroke, or where its width follows its pressure the filled shape; remembered while the stroke lives."""
    kept = _drawn.get(stroke)
    if kept is None or kept[0] != full_width:
        path = (
            path_of(smoothed(stroke.points))
            if stroke.pressures is None
            else _band(stroke.points, stroke.pressures, full_width)
        )
        kept = _drawn[stroke] = full_width, path
    return kept[1]


def _band(points: "np.ndarray", pressures: "np.ndarray", full_width: float) -> QPainterPath:
    import numpy as np

    points = smoothed(np.column_stack([points[:, :2], pressures]))
    radius = radii(points[:, 2], full_width)
    border, discs = outline(points, radius)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    if len(border):
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in border.tolist()]))
        path.closeSubpath()
    for index in discs.tolist():
        x, y = points[index, :2].tolist()
        path.addEllipse(QPointF(x, y), float(radius[index]), float(radius[index]))
    return path


def pen(colour: str, width: float) -> QPen:
    """A round pen of ``width`` source pixels."""
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def draw_strokes(painter: QPainter, strokes: Iterable[Stroke], colour: str, full_width: float) -> None:
    """Draw strokes with their pressure as width."""
    pressed: bool | None = None
    for stroke in strokes:
        if pressed != (stroke.pressures is not None):
            pressed = stroke.pressures is not None
            painter.setPen(Qt.PenStyle.NoPen if pressed else pen(colour, full_width))
            painter.setBrush(QColor(colour) if pressed else Qt.BrushStyle.NoBrush)
        painter.drawPath(_shape_of(stroke, full_width))
