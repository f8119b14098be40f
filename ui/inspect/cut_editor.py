"""The cuts on the ink, to be moved, added and removed by hand: a sheet of glass over the canvas while that tool is taken."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.inspect.revision import Revision
from ui.language import tr
from ui.theme.palette import Palette
from ui.theme.theme import Theme

if TYPE_CHECKING:
    from ui.inspect.cutting import CutPlace, Pieces

HINT = tr("Drag a cut, click ink to add one, Delete removes. Keys: arrows choose, Shift+arrows move, Insert adds.")
NO_CUTS = tr("The cuts of this reading cannot be moved: it reads frames.")
REACH, GRIP, OVER = 8.0, 5.0, 10.0  # view px: from a cut or ink, of a grip, of a line beyond the ink
STEP = 3.0  # view px that a key moves a cut by


class CutEditor(QWidget):
    """Looks at the line that is looked into."""

    def __init__(self, canvas: QWidget, desk: Desk, revision: Revision, theme: Theme) -> None:
        super().__init__(canvas)
        self._desk, self._revision, self._theme = desk, revision, theme
        self.chosen: int | None = None  # index of a cut
        self._dragged: QPointF | None = None
        self._places: list[CutPlace] = []
        self.setVisible(False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Cuts on the ink"))
        canvas.installEventFilter(self)
        for signal in (desk.changed, revision.changed):
            signal.connect(self.refresh)
        for signal in (desk.viewport.changed, theme.changed):
            signal.connect(self.update)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as the canvas."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    @property
    def places(self) -> "list[CutPlace]":
        """The cuts, left to right; none where they cannot be moved."""
        return self._places

    def refresh(self) -> None:
        """Another answer."""
        answer = self._desk.answer
        self._places = []
        if self.isVisible() and answer is not None and answer.source is not None:
            from recognizer.readers.recut import can_recut
            from ui.ink.document import ink_of
            from ui.inspect.cutting import cut_places

            if can_recut(answer.reading):
                self._ink = ink_of(answer.source)
                self._places = cut_places(self._ink, self._pieces())
        if self.chosen is not None and self.chosen >= len(self._places):
            self.chosen = None
        self._say()
        self.update()

    def showEvent(self, _event: QEvent) -> None:
        """The tool is taken."""
        self.refresh()
        self.setFocus()

    def _pieces(self) -> "Pieces":
        answer = self._desk.answer
        return () if answer is None else answer.reading.trace.segments.pieces  # type: ignore[attr-defined]

    def choose(self, cut: int | None) -> None:
        """Look at a cut."""
        self.chosen = cut
        self._say()
        self.update()

    def remove(self) -> None:
        """The chosen cut goes."""
        if self.chosen is not None:
            from ui.inspect.cutting import removal

            self._revision.edit("remove cut", removal(self._pieces(), self._places[self.chosen]))

    def add(self, x: float, y: float, reach: float) -> None:
        """A cut at a position [px of the source]."""
        from ui.inspect.cutting import addition

        self._revision.edit("add cut", addition(self._ink, self._pieces(), x, y, reach))

    def move_to(self, x: float, y: float) -> None:
        """The chosen cut goes elsewhere [px of the source]."""
        if self.chosen is not None:
            from ui.inspect.cutting import moving

            self._revision.edit("move cut", moving(self._ink, self._pieces(), self._places[self.chosen], x, y))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a cut, or add one."""
        if event.button() != Qt.MouseButton.LeftButton or not self._places:
            return
        cut = self._cut_at(event.position())
        self.choose(cut)
        if cut is not None:
            self._dragged = event.position()
            return
        placed = self._desk.viewport.placement
        self.add(*placed.to_source(event.position().x(), event.position().y()), REACH / placed.scale)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or show what can be dragged."""
        if self._dragged is not None:
            self._dragged = event.position()
            self.update()
        near = self._dragged is not None or self._cut_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.SizeHorCursor if near else Qt.CursorShape.CrossCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put the cut down."""
        dragged, self._dragged = self._dragged, None
        if dragged is None or self.chosen is None:
            return
        placed = self._desk.viewport.placement
        if abs(placed.x_in_view(self._places[self.chosen].x) - event.position().x()) > 1:
            self.move_to(*placed.to_source(event.position().x(), event.position().y()))
        self.update()

    def event(self, event: QEvent) -> bool:
        """Undo and redo are the cuts' while some were changed."""
        shortcut = event.type() == QEvent.Type.ShortcutOverride
        if shortcut and isinstance(event, QKeyEvent) and self._revision.knows(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The same by key; Undo and Redo as in the lattice."""
        key, shift = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        if event.matches(QKeySequence.StandardKey.Undo):
            self._revision.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self._revision.redo()
        elif step and shift and self.chosen is not None:
            place = self._places[self.chosen]
            self.move_to(place.x + step * STEP / self._desk.viewport.placement.scale, (place.top + place.bottom) / 2)
        elif step and self._places:
            self.choose(0 if self.chosen is None else min(max(self.chosen + step, 0), len(self._places) - 1))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove()
        elif key == Qt.Key.Key_Insert and self._places:
            self._add_beside()
        elif key == Qt.Key.Key_Escape:
            self.choose(None)
        else:
            super().keyPressEvent(event)

    def _add_beside(self) -> None:
        """Halve the piece to the right of the chosen cut, or the first one."""
        from recognizer.ink.recut import Split

        piece = self._pieces()[self._places[0].left if self.chosen is None else self._places[self.chosen].right]
        stroke, first, last = max(piece.tolist(), key=lambda row: row[2] - row[1])
        if last - first > 1:
            self._revision.edit("add cut", [Split((stroke, (first + last + 1) // 2))])

    def _cut_at(self, at: QPointF) -> int | None:
        placed = self._desk.viewport.placement
        near = [
            (abs(placed.x_in_view(place.x) - at.x()), number)
            for number, place in enumerate(self._places)
            if placed.to_view(0, place.top)[1] - OVER - GRIP <= at.y() <= placed.to_view(0, place.bottom)[1] + OVER
        ]
        distance, number = min(near, default=(REACH, 0))
        return number if distance < REACH else None

    def _say(self) -> None:
        if self.chosen is None:
            spoken = tr("{count} cuts.", count=len(self._places)) + f" {HINT}" if self._places else NO_CUTS
        else:
            spoken = tr("Cut {number} of {count}", number=self.chosen + 1, count=len(self._places))
        if spoken != self.accessibleDescription():
            self.setAccessibleDescription(spoken)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lines with a grip; the chosen one in the light."""
        palette, answer = self._theme.palette, self._desk.answer
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, place in enumerate(self._places):
            self._draw(painter, palette, number, place)
        painter.setPen(QColor(palette.muted))
        hint = HINT if self._places or answer is None else NO_CUTS
        area = self.rect().adjusted(10, 4, -10, -6)
        painter.drawText(area, Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap, hint)
        if self.hasFocus():
            painter.setPen(QColor(palette.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _draw(self, painter: QPainter, palette: Palette, number: int, place: "CutPlace") -> None:
        placed, chosen = self._desk.viewport.placement, number == self.chosen
        x, top = placed.to_view(place.x, place.top)
        bottom = placed.to_view(place.x, place.bottom)[1] + OVER
        top -= OVER
        if chosen and self._dragged is not None:
            x = self._dragged.x()
        colour = QColor(palette.lit if chosen else palette.accent)
        painter.setPen(QPen(colour, 2.0 if chosen else 1.2, Qt.PenStyle.SolidLine if chosen else Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour if chosen else QColor(palette.paper))
        painter.drawEllipse(QPointF(x, top), GRIP, GRIP)
