"""What lies over the finished strokes for a moment: the stroke that is being written or rubbed out, lasso, selection."""

from collections.abc import Callable, Iterable
from itertools import chain

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ui.ink.gestures import EraseGesture, ErasePartsGesture, Gesture, WriteGesture
from ui.ink.select_gestures import HANDLE, LassoGesture, TransformGesture, frame
from ui.model.ink.document import Stroke
from ui.model.ink.geometry import Similarity
from ui.model.ink.painting import colour_of, draw_strokes
from ui.model.ink.selection import Selection
from ui.model.viewport import Placement
from ui.theme.palette import Palette, mixed

ERASED = 0.45  # how far the colour of what is rubbed out goes from the paper's to the warning's


class Overlay:
    """Draws on a painter in view coordinates."""

    def __init__(self, painter: QPainter, placed: Placement, palette: Palette) -> None:
        self._painter, self._placed, self._palette = painter, placed, palette

    def draw(self, gesture: Gesture | None, selection: Selection) -> None:
        """Whatever the gesture shows of itself, and the frame of the selection."""
        palette = self._palette
        if isinstance(gesture, WriteGesture) and gesture.samples:
            self.draw_strokes([gesture.stroke()], colour_of(palette))
        elif isinstance(gesture, EraseGesture):
            self.draw_strokes(gesture.touched, mixed(palette.paper, palette.refused, ERASED))
        elif isinstance(gesture, ErasePartsGesture):
            self.draw_strokes(gesture.left, mixed(palette.paper, palette.refused, ERASED))
            self.draw_strokes(chain.from_iterable(gesture.left.values()), colour_of(palette))
        elif isinstance(gesture, LassoGesture):
            self._noose(gesture)
        self._selected(selection, gesture.similarity if isinstance(gesture, TransformGesture) else Similarity())

    def draw_strokes(self, strokes: Iterable[Stroke], colour: str | Callable[[Stroke], str]) -> None:
        """Strokes in one colour, or each in what that says."""
        self._painter.save()
        self._painter.setTransform(self._placed.transform, True)
        draw_strokes(self._painter, strokes, colour)
        self._painter.restore()

    def _noose(self, gesture: LassoGesture) -> None:
        polygon = QPolygonF([QPointF(*self._placed.to_view(s.x, s.y)) for s in gesture.samples])
        wash = QColor(self._palette.accent)
        wash.setAlphaF(0.08)
        self._painter.setPen(QPen(QColor(self._palette.accent), 1.5, Qt.PenStyle.DashLine))
        self._painter.setBrush(wash)
        self._painter.drawPolygon(polygon)

    def _selected(self, selection: Selection, moved: Similarity) -> None:
        """The frame of the selected strokes, where they are being dragged to."""
        box = selection.box
        if box is None:
            return
        left, top, right, bottom = frame(moved.of_box(box), self._placed)
        self._painter.setPen(QPen(QColor(self._palette.accent), 1, Qt.PenStyle.DashLine))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(QRectF(left, top, right - left, bottom - top))
        self._painter.setPen(QPen(QColor(self._palette.accent), 1.5))
        self._painter.setBrush(QColor(self._palette.paper))
        for x, y in ((left, top), (right, top), (left, bottom), (right, bottom)):
            self._painter.drawRect(QRectF(x - HANDLE, y - HANDLE, 2 * HANDLE, 2 * HANDLE))
