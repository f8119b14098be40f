"""The sheet that one writes on: shows the document, and hands pointers to gestures."""

import time
from dataclasses import replace
from enum import Enum

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputDevice,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPointingDevice,
    QShortcut,
    QTabletEvent,
    QUndoStack,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from ui.ink.gestures import EraseGesture, ErasePartsGesture, Gesture, PanGesture, Sample, WriteGesture, began
from ui.ink.overlay import Overlay
from ui.ink.select_gestures import Grip, TransformGesture, grip_at, select_gesture, transform
from ui.ink.strokes_picture import Look, StrokesPicture
from ui.language import tr
from ui.lighting import draw_lit, point_by_ink, point_nowhere
from ui.model.desk import Desk
from ui.model.ink.commands import EraseStrokes, ReadAside
from ui.model.ink.document import USUAL, InkDocument, Stroke
from ui.model.ink.geometry import FARTHEST, Similarity, scaling, strokes_near
from ui.model.ink.player import Player
from ui.model.ink.selection import Selection
from ui.model.viewport import Placement
from ui.theme.theme import Theme

INK_REACH = 9.0  # view px
PALM_SECONDS = 0.6  # for so long after the pen was seen a touch is taken for the hand that holds it
NUDGE = 4.0  # source px that an arrow key moves the selection by
GROW = 1.1  # that plus and minus scale it by


CURSORS = {
    None: Qt.CursorShape.CrossCursor,
    Grip.INSIDE: Qt.CursorShape.SizeAllCursor,
    Grip.FALLING: Qt.CursorShape.SizeFDiagCursor,
    Grip.RISING: Qt.CursorShape.SizeBDiagCursor,
}


class Tool(Enum):
    """What the left button or the pen does."""

    PEN = "pen"
    ERASER = "eraser"
    PARTS = "part_eraser"
    LASSO = "lasso"


class Canvas(QWidget):
    """View of an InkDocument. A pen that is down has the sheet for itself: mouse and palm are ignored until it is lifted."""

    def __init__(
        self,
        document: InkDocument,
        undo: QUndoStack,
        selection: Selection,
        player: Player,
        desk: Desk,
        theme: Theme,
    ) -> None:
        super().__init__()
        self._document, self._undo, self._selection, self._player = document, undo, selection, player
        self._desk, self._theme = desk, theme
        self._tool = Tool.PEN
        self.pen = USUAL
        self._ruled = False
        self._gesture: Gesture | None = None
        self._by_tablet = self._by_touch = False
        self._pen_seen = -PALM_SECONDS
        self._epoch: float | None = None
        self._last = 0.0  # s: time of the last sample
        self._picture, self._selected = StrokesPicture(), StrokesPicture()
        self._soon = QTimer(self, singleShot=True, interval=0)  # what there was no time to draw
        self._soon.timeout.connect(self.update)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 60)
        self.setAccessibleName(tr("Canvas"))
        self.setAccessibleDescription(tr("Write here with the pen or the mouse."))
        self.setCursor(Qt.CursorShape.CrossCursor)
        for signal in (document.changed, desk.changed, desk.highlight.changed, desk.light.changed):
            signal.connect(self.update)
        for signal in (desk.viewport.changed, theme.changed, player.changed):
            signal.connect(self.update)
        self._keys = self._selection_keys()
        selection.changed.connect(self._on_selection)
        self._on_selection()

    @property
    def tool(self) -> Tool:
        """What the left button or the pen does."""
        return self._tool

    @tool.setter
    def tool(self, tool: Tool) -> None:
        self._tool = tool
        if tool is not Tool.LASSO:
            self._selection.choose(frozenset())

    @property
    def ruled(self) -> bool:
        """Are there lines to write on?"""
        return self._ruled

    @ruled.setter
    def ruled(self, ruled: bool) -> None:
        self._ruled = ruled
        self.update()

    @property
    def drawn(self) -> bool:
        """Is all of a sheet on the screen, which takes several frames where it is full?"""
        return self._picture.whole and (self._selected.whole or not self._selection.strokes)

    def finish(self) -> None:
        """What a pointer is in the middle of counts as done."""
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Pen and eraser end. Every event is accepted, so that no mouse event is made of it."""
        event.accept()
        self._pen_seen = time.monotonic()
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            # A release that never came, a mouse that gives way, a palm that was first.
            self._end(keep=not self._by_touch)
            erases = event.pointerType() == QPointingDevice.PointerType.Eraser
            self._by_tablet = True
            gesture = self._gesture_for(erases, event.position(), event.modifiers())
            self._begin(gesture, event.position(), event.timestamp(), event.pressure())
        elif kind == QEvent.Type.TabletMove and self._by_tablet and self._gesture is not None:
            self._move(event.position(), event.timestamp(), event.pressure())
        elif kind == QEvent.Type.TabletMove:
            self._point(event.position())
        elif kind == QEvent.Type.TabletRelease and self._by_tablet:
            self._end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The left button, or a finger, uses the tool."""
        touch = _is_touch(event)
        palm = touch and time.monotonic() - self._pen_seen < PALM_SECONDS
        if self._gesture is None and event.button() == Qt.MouseButton.LeftButton and not palm:
            self._by_touch = touch
            panning = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            gesture = (
                PanGesture(self._desk.viewport)
                if panning
                else self._gesture_for(False, event.position(), event.modifiers())
            )
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
        point_nowhere(self._desk)

    def _gesture_for(self, erases: bool, at: QPointF, modifiers: Qt.KeyboardModifier) -> Gesture:
        document, undo, viewport = self._document, self._undo, self._desk.viewport
        if self._tool is Tool.PARTS:
            return ErasePartsGesture(document, undo, viewport)
        if erases or self._tool is Tool.ERASER:
            return EraseGesture(document, undo, viewport)
        if self._tool is Tool.LASSO:
            adds = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            return select_gesture(document, undo, self._selection, viewport, (at.x(), at.y()), adds)
        return WriteGesture(document, undo, self.pen)

    def _begin(self, gesture: Gesture, at: QPointF, milliseconds: int, pressure: float | None) -> None:
        self._player.close()
        self._gesture = gesture
        point_nowhere(self._desk)
        self._epoch = began(self._epoch, self._last, milliseconds / 1000)
        self._move(at, milliseconds, pressure)

    def _move(self, at: QPointF, milliseconds: int, pressure: float | None) -> None:
        if self._gesture is None or self._epoch is None:
            return
        self._last = max(milliseconds / 1000 - self._epoch, 0.0)
        x, y = (min(max(v, -FARTHEST), FARTHEST) for v in self._desk.viewport.placement.to_source(at.x(), at.y()))
        self._gesture.move(Sample(x, y, at.x(), at.y(), self._last, pressure))
        self.update()

    def _end(self, keep: bool = True) -> None:
        gesture, self._gesture, self._by_tablet, self._by_touch = self._gesture, None, False, False
        if gesture is None:
            return
        if keep:
            gesture.finish()
        self.update()

    def _point(self, at: QPointF) -> None:
        grip, _opposite = grip_at(self._selection, self._desk.viewport.placement, at.x(), at.y())
        self.setCursor(CURSORS[grip])
        x, y = self._desk.viewport.placement.to_source(at.x(), at.y())
        point_by_ink(self._desk, x, y, INK_REACH)

    def _selection_keys(self) -> list[QShortcut]:
        """Keys that work on the selection and only while there is one: at other times the arrows move the sheet."""
        keys = {
            Qt.Key.Key_Left: lambda: self._transform(Similarity(dx=-NUDGE), "move"),
            Qt.Key.Key_Right: lambda: self._transform(Similarity(dx=NUDGE), "move"),
            Qt.Key.Key_Up: lambda: self._transform(Similarity(dy=-NUDGE), "move"),
            Qt.Key.Key_Down: lambda: self._transform(Similarity(dy=NUDGE), "move"),
            Qt.Key.Key_Plus: lambda: self._scale(GROW),
            Qt.Key.Key_Minus: lambda: self._scale(1 / GROW),
            Qt.Key.Key_Delete: self.delete_selected,
            Qt.Key.Key_Backspace: self.delete_selected,
            Qt.Key.Key_Escape: lambda: self._selection.choose(frozenset()),
        }
        made = []
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
            made.append(shortcut)
        return made

    def delete_selected(self) -> None:
        """The selected strokes go."""
        if self._selection.strokes:
            self._undo.push(EraseStrokes(self._document, self._selection.strokes, "delete"))

    def read_aside(self) -> None:
        """What was taken for no writing is read: what is selected of it, or all."""
        self._read(self._selection.strokes & self._desk.aside or self._desk.aside)

    def _read(self, aside: frozenset[Stroke]) -> None:
        if aside:
            self._undo.push(ReadAside(self._document, aside))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A pale stroke under the pointer can be put back among what is read."""
        placement = self._desk.viewport.placement
        x, y = placement.to_source(event.pos().x(), event.pos().y())
        pale = [stroke for stroke in self._document.strokes if stroke in self._desk.aside]
        near = frozenset(pale[index] for index in strokes_near(pale, x, y, INK_REACH / placement.scale))
        if near:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(tr("Read this as writing")).triggered.connect(lambda: self._read(near))
            menu.popup(event.globalPos())

    def _transform(self, similarity: Similarity, text: str) -> None:
        transform(self._document, self._undo, self._selection, similarity, text)

    def _scale(self, factor: float) -> None:
        box = self._selection.box
        if box is not None:
            self._transform(scaling(factor, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2), "scale")

    def _on_selection(self) -> None:
        for shortcut in self._keys:
            shortcut.setEnabled(bool(self._selection.strokes))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The finished strokes, and over them what is being done; or a moment of the replay."""
        palette, placed, strokes = self._theme.palette, self._desk.viewport.placement, self._document.strokes
        written = None
        if self._player.active:
            strokes, written = self._player.shown()
        elif isinstance(self._gesture, TransformGesture):  # they are elsewhere for the moment
            strokes = tuple(stroke for stroke in strokes if stroke not in self._selection.strokes)
        painter = QPainter(self)
        self._draw_finished(painter, strokes)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        overlay = Overlay(painter, placed, palette)
        if self._player.active:
            overlay.draw_strokes([] if written is None else [written], palette.accent)
        else:
            overlay.draw(self._gesture, self._selection)
            painter.setTransform(placed.transform, True)
            draw_lit(painter, self._desk, palette, QRectF(self.rect()))
        painter.end()

    def _draw_finished(self, painter: QPainter, strokes: tuple[Stroke, ...]) -> None:
        """The strokes, and over them those that are selected, where they are being dragged to."""
        palette, placed, moved = self._theme.palette, self._desk.viewport.placement, Similarity()
        look = Look(self.size(), self.devicePixelRatioF(), placed, palette, self._ruled, self._desk.aside)
        self._picture.draw(painter, strokes, look)
        if self._selection.strokes and not self._player.active:
            if isinstance(self._gesture, TransformGesture):
                moved = self._gesture.similarity
            there = Placement(placed.scale * moved.scale, *placed.to_view(moved.dx, moved.dy))
            look = replace(look, placement=there, aside=frozenset(), selected=True)
            self._selected.draw(painter, self._selection.in_order, look)
        if not self.drawn:
            self._soon.start()


def _is_touch(event: QMouseEvent) -> bool:
    """Was the event made of a finger, or of a palm?"""
    return (
        event.pointingDevice().type() == QInputDevice.DeviceType.TouchScreen
        or event.source() != Qt.MouseEventSource.MouseEventNotSynthesized
    )
