"""Zoom and pan of any view with a viewport: wheel, touchpad, pinch, keys and dragging."""

from collections.abc import Callable
from math import pow as power

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QTabletEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from ui.model.viewport import Placement, Viewport

NOTCH = 120  # wheel units of one notch of a mouse wheel
ZOOM_PER_NOTCH = 1.2
PAN_PER_NOTCH = 60.0  # view px
ARROWS = {  # which way the sheet goes so that one looks into the direction of the key
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


def after_wheel(placed: Placement, event: QWheelEvent, sideways: bool = False) -> Placement:
    """A touchpad and a mouse wheel move the sheet, with Shift, or where there is no other way, ``sideways``; with Ctrl they zoom at
    the pointer."""
    modifiers = event.modifiers()
    pixels, angle, at = event.pixelDelta(), event.angleDelta(), event.position()
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        notches = (angle.y() or angle.x() or pixels.y()) / NOTCH
        return placed.zoomed(power(ZOOM_PER_NOTCH, notches), at.x(), at.y())
    dx, dy = (each * PAN_PER_NOTCH / NOTCH for each in (angle.x(), angle.y()))
    if not pixels.isNull():
        dx, dy = pixels.x(), pixels.y()
    if sideways or (pixels.isNull() and modifiers & Qt.KeyboardModifier.ShiftModifier):
        return placed.moved(dx or dy, 0)
    return placed.moved(dx, dy)


class Navigation(QObject):
    """Installed on a widget, turns its wheel, pinch, arrow-key and middle-button events, and those of the left button while Space is
    held, into moves of the viewport that it has then. A lattice moves ``sideways`` only, and arrow keys walk in it."""

    def __init__(self, widget: QWidget, viewport: Callable[[], Viewport], sideways: bool = False) -> None:
        super().__init__(widget)
        self._widget = widget
        self._viewport_of = viewport
        self._dragged_from: QPointF | None = None
        self._pen_is_down = False
        self._sideways = sideways
        self._held = False  # Space
        widget.grabGesture(Qt.GestureType.PinchGesture)
        widget.installEventFilter(self)

    @property
    def viewport(self) -> Viewport:
        """What is moved."""
        return self._viewport_of()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Consume what navigates, or would while a pen is down; leave the rest to the widget."""
        if isinstance(event, QTabletEvent):
            self._pen_is_down = event.type() == QEvent.Type.TabletPress or (
                self._pen_is_down and event.type() != QEvent.Type.TabletRelease
            )
            return False
        if self._pen_is_down:
            return isinstance(event, QWheelEvent | QNativeGestureEvent | QGestureEvent)
        if isinstance(event, QWheelEvent):
            self.viewport.place(after_wheel(self.viewport.placement, event, self._sideways))
            return True
        if isinstance(event, QNativeGestureEvent):
            return self._native(event)
        if isinstance(event, QGestureEvent):
            return self._pinch(event)
        if isinstance(event, QMouseEvent):
            return self._drag(event)
        if isinstance(event, QKeyEvent) and not self._sideways:
            return self._space(event) or (event.type() == QEvent.Type.KeyPress and self._key(event))
        if event.type() == QEvent.Type.FocusOut:
            self._hold(False)
        return False

    def _space(self, event: QKeyEvent) -> bool:
        """While it is held the left button moves the sheet."""
        mine = event.key() == Qt.Key.Key_Space and event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        if mine and not event.isAutoRepeat():
            self._hold(event.type() == QEvent.Type.KeyPress)
        return mine

    def _hold(self, held: bool) -> None:
        if held and not self._held:
            self._cursor = self._widget.cursor()
            self._widget.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._held and not held:
            self._widget.setCursor(self._cursor)
        self._held = held

    def _key(self, event: QKeyEvent) -> bool:
        direction = ARROWS.get(Qt.Key(event.key()))
        if direction is None:
            return False
        self.viewport.place(self.viewport.placement.moved(direction[0] * PAN_PER_NOTCH, direction[1] * PAN_PER_NOTCH))
        return True

    def zoom(self, factor: float) -> None:
        """Zoom about the middle of the widget, for menus and keys."""
        self.viewport.place(self.viewport.placement.zoomed(factor, self._widget.width() / 2, self._widget.height() / 2))

    def _native(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        at = event.position()
        self.viewport.place(self.viewport.placement.zoomed(1 + event.value(), at.x(), at.y()))
        return True

    def _pinch(self, event: QGestureEvent) -> bool:
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        at = pinch.centerPoint()
        moved = at - pinch.lastCenterPoint()
        placed = self.viewport.placement.zoomed(pinch.scaleFactor(), at.x(), at.y())
        self.viewport.place(placed.moved(moved.x(), moved.y()))
        return True

    def _drag(self, event: QMouseEvent) -> bool:
        moves = event.button() == Qt.MouseButton.MiddleButton or (
            self._held and event.button() == Qt.MouseButton.LeftButton
        )
        if event.type() == QEvent.Type.MouseButtonPress and moves:
            self._dragged_from = event.position()
            return True
        if self._dragged_from is None:
            return self._held and event.type() == QEvent.Type.MouseMove  # which would change the cursor
        if event.type() == QEvent.Type.MouseMove:
            moved = event.position() - self._dragged_from
            self._dragged_from = event.position()
            self.viewport.place(self.viewport.placement.moved(moved.x(), moved.y()))
            return True
        if event.type() == QEvent.Type.MouseButtonRelease:
            self._dragged_from = None
            return True
        return False
