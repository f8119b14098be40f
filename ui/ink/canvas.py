"""The sheet that one writes on: shows the document, and hands pointers to gestures."""

from enum import Enum

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QUndoStack,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desk import Desk
from ui.ink.document import InkDocument, Stroke
from ui.ink.gestures import EraseGesture, Gesture, PanGesture, Sample, WriteGesture
from ui.ink.painting import draw_strokes
from ui.lighting import draw_lit, point_by_ink
from ui.theme.palette import mixed
from ui.theme.theme import Theme

INK_REACH = 9.0  # view px


class Tool(Enum):
    """What the left button or the pen does."""

    PEN = "pen"
    ERASER = "eraser"


class Canvas(QWidget):
    """View of an InkDocument. A pen that is down has the sheet for itself: the mouse is ignored until it is lifted."""

    pen_lifted = Signal()

    def __init__(self, document: InkDocument, undo: QUndoStack, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._document, self._undo, self._desk, self._theme = document, undo, desk, theme
        self.tool = Tool.PEN
        self.pen_width = 3.0
        self._gesture: Gesture | None = None
        self._by_tablet = False
        self._epoch: float | None = None
        self._layer: QPixmap | None = None
        self._layer_strokes: tuple[Stroke, ...] = ()
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 120)
        self.setAccessibleName("Canvas")
        self.setAccessibleDescription("Write a number here with the pen or the mouse.")
        self.setCursor(Qt.CursorShape.CrossCursor)
        document.changed.connect(self.update)
        desk.changed.connect(self.update)
        desk.spotlight.changed.connect(self.update)
        desk.viewport.changed.connect(self._forget_layer)
        theme.changed.connect(self._forget_layer)

    @property
    def writing(self) -> bool:
        """Is a pointer down?"""
        return self._gesture is not None

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Pen and eraser end. Every event is accepted, so that no mouse event is made of it."""
        event.accept()
        kind = event.type()
        if kind == QEvent.Type.TabletPress and (self._gesture is None or self._by_tablet):
            self._end()  # a release that never came
            erases = event.pointerType() == QPointingDevice.PointerType.Eraser
            self._by_tablet = True
            self._begin(self._gesture_for(erases), event.position(), event.timestamp(), event.pressure())
        elif kind == QEvent.Type.TabletMove and self._by_tablet and self._gesture is not None:
            self._move(event.position(), event.timestamp(), event.pressure())
        elif kind == QEvent.Type.TabletMove:
            self._point(event.position())
        elif kind == QEvent.Type.TabletRelease and self._by_tablet:
            self._end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The left button uses the tool."""
        if self._gesture is None and event.button() == Qt.MouseButton.LeftButton:
            panning = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            gesture = PanGesture(self._desk.viewport) if panning else self._gesture_for(False)
            self._begin(gesture, event.position(), event.timestamp(), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draws on, or points at ink."""
        if self._by_tablet:
            return
        if self._gesture is None:
            self._point(event.position())
        else:
            self._move(event.position(), event.timestamp(), None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends what the left button began."""
        if self._gesture is not None and not self._by_tablet and event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def leaveEvent(self, _event: QEvent) -> None:
        """The pointer is elsewhere."""
        self._desk.spotlight.point_at(frozenset())

    def _gesture_for(self, erases: bool) -> Gesture:
        if erases or self.tool is Tool.ERASER:
            return EraseGesture(self._document, self._undo, self._desk.viewport)
        return WriteGesture(self._document, self._undo)

    def _begin(self, gesture: Gesture, at: QPointF, milliseconds: int, pressure: float | None) -> None:
        self._gesture = gesture
        self._desk.spotlight.point_at(frozenset())
        self._move(at, milliseconds, pressure)

    def _move(self, at: QPointF, milliseconds: int, pressure: float | None) -> None:
        if self._gesture is None:
            return
        seconds = milliseconds / 1000
        if self._epoch is None:
            self._epoch = seconds
        x, y = self._desk.viewport.placement.to_source(at.x(), at.y())
        self._gesture.move(Sample(x, y, at.x(), at.y(), max(seconds - self._epoch, 0.0), pressure))
        self.update()

    def _end(self) -> None:
        gesture, self._gesture, self._by_tablet = self._gesture, None, False
        if gesture is None:
            return
        gesture.finish()
        self.pen_lifted.emit()
        self.update()

    def _point(self, at: QPointF) -> None:
        x, y = self._desk.viewport.placement.to_source(at.x(), at.y())
        point_by_ink(self._desk, x, y, INK_REACH)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """The cached layer no longer fits."""
        self._forget_layer()

    def _forget_layer(self) -> None:
        self._layer = None
        self.update()

    def _strokes_layer(self) -> QPixmap:
        """The finished strokes as a picture; a stroke that was only added is drawn on top of the old one."""
        strokes, drawn = self._document.strokes, self._layer_strokes
        ratio = self.devicePixelRatioF()
        layer = self._layer
        added = len(drawn) <= len(strokes) and strokes[: len(drawn)] == drawn
        if layer is None or not added or layer.devicePixelRatioF() != ratio:
            layer, drawn = QPixmap(self.size() * ratio), ()
            layer.setDevicePixelRatio(ratio)
            layer.fill(self._theme.palette.paper)
        if len(drawn) < len(strokes):
            painter = self._source_painter(layer)
            draw_strokes(painter, strokes[len(drawn) :], self._theme.palette.ink, self.pen_width)
            painter.end()
        self._layer, self._layer_strokes = layer, strokes
        return layer

    def _source_painter(self, device: QPixmap | QWidget) -> QPainter:
        painter = QPainter(device)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(self._desk.viewport.transform, True)
        return painter

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Layer, light, and what is being written or rubbed out."""
        palette = self._theme.palette
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._strokes_layer())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(self._desk.viewport.transform, True)
        if isinstance(self._gesture, WriteGesture) and self._gesture.samples:
            draw_strokes(painter, [self._gesture.stroke()], palette.ink, self.pen_width)
        elif isinstance(self._gesture, EraseGesture):
            draw_strokes(painter, self._gesture.touched, mixed(palette.paper, palette.refused, 0.45), self.pen_width)
        draw_lit(painter, self._desk, palette, QRectF(self.rect()))
        painter.end()
