"""Strokes on a QPainter, in source coordinates."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ui.model.ink.document import Stroke
from ui.model.ink.geometry import outline, radii, smoothed
from ui.theme.palette import Palette, mixed

if TYPE_CHECKING:
    import numpy as np

ON_DARK = 0.45  # how far a colour goes towards white on dark paper
_drawn: WeakKeyDictionary[Stroke, QPainterPath] = WeakKeyDictionary()


def path_of(points: "np.ndarray") -> QPainterPath:
    """The polyline through ``points`` (n, >= 2), n >= 1; a single point becomes a dot."""
    corners = points[:, :2].tolist()
    path = QPainterPath(QPointF(*corners[0]))
    if len(corners) == 1:
        path.lineTo(corners[0][0] + 0.01, corners[0][1])
    for x, y in corners[1:]:
        path.lineTo(x, y)
    return path


def _shape_of(stroke: Stroke) -> QPainterPath:
    """The path of a stroke, or where its width follows its pressure the filled shape; remembered while the stroke lives."""
    kept = _drawn.get(stroke)
    if kept is None:
        kept = _drawn[stroke] = (
            path_of(smoothed(stroke.points))
            if stroke.pressures is None
            else _band(stroke.points, stroke.pressures, stroke.pen.width)
        )
    return kept


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


def seen(colour: str, palette: Palette) -> str:
    """The colour of a pen on the paper of a palette."""
    if not colour:
        return palette.ink
    return mixed(colour, "#ffffff", ON_DARK) if palette.dark else colour


def colour_of(palette: Palette) -> Callable[[Stroke], str]:
    """The colour that each stroke was written in."""
    return lambda stroke: seen(stroke.pen.colour, palette)


def draw_strokes(painter: QPainter, strokes: Iterable[Stroke], colour: str | Callable[[Stroke], str]) -> None:
    """Draw strokes in the widths of their pens, with their pressure; in one ``colour``, or each in what that says."""
    look: tuple[str, float | None] | None = None
    for stroke in strokes:
        now = (
            colour if isinstance(colour, str) else colour(stroke),
            (stroke.pen.width if stroke.pressures is None else None),
        )
        if look != now:
            look = now
            painter.setPen(Qt.PenStyle.NoPen if now[1] is None else pen(now[0], now[1]))
            painter.setBrush(QColor(now[0]) if now[1] is None else Qt.BrushStyle.NoBrush)
        painter.drawPath(_shape_of(stroke))
