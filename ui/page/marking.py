"""Saying where the amount of a page stands: by dragging a rectangle, by clicking another candidate, or by keys."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from ui.model.page.document import Box
from ui.page.fields import LEAST, WHOLE, Grip, between, dragged, grip_at, smallest_at
from ui.page.view import PageView

REACH = 6.0  # view px
STEP = 8.0  # view px
CLICK = 4.0  # view px: a pointer that has moved less has clicked
ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
FOOT_RIGHT: Grip = (1, 1)
CURSORS = {
    (0, 0): Qt.CursorShape.SizeAllCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
}


class Marking(QObject):
    """Installed on a page view after all else, so that it hears first; what it does not want goes on to the view.

    The rectangle of the amount can always be moved, resized, or left for another candidate. While ``on`` a new one is drawn;
    arrows move it, with Shift its lower right corner, Enter takes it, Esc drops it.
    """

    marked = Signal(object)  # Box
    turned = Signal(bool)  # on?

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self._view = view
        self.on = False
        self._pressed: QPointF | None = None  # on the page
        self._pressed_in_view = QPointF()  # where the page may move under the pointer
        self._grip: Grip | None = None  # None: a new rectangle
        self._start: Box | None = None  # the rectangle when it was gripped
        view.installEventFilter(self)

    def begin(self) -> None:
        """Draw a rectangle from now on, beginning with that of the amount, or one in the middle of what is seen."""
        if not self._view.shows_page:
            self.turned.emit(False)
            return
        self.on = True
        self._view.mark(self._view.amount or self._middle())
        self._view.setCursor(Qt.CursorShape.CrossCursor)
        self._view.setFocus()
        self.turned.emit(True)

    def end(self) -> None:
        """Draw none."""
        self.on = False
        self._pressed = self._start = None
        self._view.mark(None)
        self._view.unsetCursor()
        self.turned.emit(False)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take what is about the rectangle."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self.on and self._key(event)
        if not isinstance(event, QMouseEvent):
            return False
        at, left = self._view.on_page(event.position()), event.button() == Qt.MouseButton.LeftButton
        if event.type() == QEvent.Type.MouseButtonPress and left:
            self._pressed_in_view = event.position()
            return self._press(at)
        if event.type() == QEvent.Type.MouseMove:
            return self._move(at)
        if event.type() == QEvent.Type.MouseButtonRelease and left:
            way = event.position() - self._pressed_in_view
            return self._release(at, clicked=way.manhattanLength() < CLICK)
        return False

    def _press(self, at: QPointF) -> bool:
        reach = REACH / self._view.scale
        self._start = self._view.marked if self.on else self._view.amount
        self._grip = None if self._start is None else grip_at(self._start, at.x(), at.y(), reach)
        if self.on and self._grip == WHOLE:
            self._grip = None  # a new one may begin inside the old one
        self._pressed = at
        return self.on or self._grip is not None

    def _move(self, at: QPointF) -> bool:
        if self._pressed is None:
            self._point(at)
            return False
        if not self.on and self._grip is None:
            return False
        way = at - self._pressed
        if self._grip is None or self._start is None:
            self._view.mark(between(self._pressed.x(), self._pressed.y(), at.x(), at.y()))
        else:
            self._view.mark(dragged(self._start, self._grip, way.x(), way.y()))
        return True

    def _release(self, at: QPointF, clicked: bool) -> bool:
        """A rectangle, or a click on a candidate, which is left to the view as well."""
        if self._pressed is None:
            return False
        mine = self.on or self._grip is not None
        self._pressed = None
        if clicked and not self.on:
            self._view.mark(None)
            other = smallest_at([box for box in self._view.candidates if box != self._view.amount], at.x(), at.y())
            if other is not None and self._grip is None:
                self.marked.emit(other)
        elif mine and not clicked:
            self._finish()
        return mine

    def _finish(self) -> None:
        box = self._view.marked
        self.end()
        if box is not None and min(box[2] - box[0], box[3] - box[1]) >= LEAST:
            self.marked.emit(box)

    def _key(self, event: QKeyEvent) -> bool:
        key, box = Qt.Key(event.key()), self._view.marked
        if key in ARROWS and box is not None:
            step = STEP / self._view.scale
            across, down = ARROWS[key]
            grip = FOOT_RIGHT if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else WHOLE
            self._view.mark(dragged(box, grip, across * step, down * step))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
        elif key == Qt.Key.Key_Escape:
            self.end()
        else:
            return False
        return True

    def _point(self, at: QPointF) -> None:
        """The pointer shows what it would do."""
        box = self._view.marked if self.on else self._view.amount
        grip = None if box is None else grip_at(box, at.x(), at.y(), REACH / self._view.scale)
        if self.on and grip in (None, WHOLE):
            self._view.setCursor(Qt.CursorShape.CrossCursor)
        elif grip is not None:
            self._view.setCursor(CURSORS[grip])
        else:
            self._view.unsetCursor()

    def _middle(self) -> Box:
        view = self._view
        corner = view.on_page(QPointF(view.width() * 0.4, view.height() * 0.4))
        other = view.on_page(QPointF(view.width() * 0.6, view.height() * 0.6))
        return between(corner.x(), corner.y(), other.x(), other.y())
