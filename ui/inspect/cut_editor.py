"""The cuts on the ink, to be moved, added and removed by hand: a sheet of glass over it while that tool is taken."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from ui.labels import describe
from ui.language import tr
from ui.model.desk import Desk
from ui.model.revision import Revision
from ui.page.fields import HALO
from ui.theme.palette import Palette
from ui.theme.theme import Theme
from ui.undo_keys import UndoKeys

if TYPE_CHECKING:
    from ui.model.cutting import CutPlace, Cutting

HINT = tr("Drag a cut, click ink to add one, Delete removes. Keys: arrows choose, Shift+arrows move, Insert adds.")
NO_CUTS = tr("The cuts of this reading cannot be moved: it reads frames.")
REACH, GRIP, OVER = 8.0, 5.0, 10.0  # view px: from a cut or ink, of a grip, of a line beyond the ink
STEP = 3.0  # view px that a key moves a cut by


class CutEditor(QWidget):
    """Lies on the view of a desk, and looks at the line that is looked into."""

    def __init__(self, view: QWidget, desk: Desk, revision: Revision, theme: Theme) -> None:
        super().__init__(view)
        self._desk, self._revision, self._theme = desk, revision, theme
        self.chosen: int | None = None  # index of a cut
        self._dragged: QPointF | None = None
        self._cutting: Cutting | None = None  # of the answer, where its cuts can be moved
        self.setVisible(False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Cuts on the ink"))
        view.installEventFilter(self)
        UndoKeys(self, revision)
        for signal in (desk.changed, revision.changed):
            signal.connect(self.refresh)
        for signal in (desk.viewport.changed, theme.changed):
            signal.connect(self.update)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as the view."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    @property
    def places(self) -> "list[CutPlace]":
        """The cuts, left to right; none where they cannot be moved."""
        return self._cutting.places if self._cutting is not None else []

    def refresh(self) -> None:
        """Another answer."""
        answer = self._desk.answer
        self._cutting = None
        if self.isVisible() and answer is not None and answer.source is not None:
            from ui.model.cutting import cutting_of

            self._cutting = cutting_of(answer)
        if self.chosen is not None and self.chosen >= len(self.places):
            self.chosen = None
        self._say()
        self.update()

    def showEvent(self, _event: QEvent) -> None:
        """The tool is taken."""
        self.refresh()
        self.setFocus()

    def choose(self, cut: int | None) -> None:
        """Look at a cut."""
        self.chosen = cut
        self._say()
        self.update()

    def remove(self) -> None:
        """The chosen cut goes."""
        if self._cutting is not None and self.chosen is not None:
            self._revision.edit("remove cut", self._cutting.removal(self.chosen))

    def add(self, x: float, y: float, reach: float) -> None:
        """A cut at a position [px of the source]."""
        if self._cutting is not None:
            self._revision.edit("add cut", self._cutting.addition(x, y, reach))

    def add_beside(self) -> None:
        """Halve the piece to the right of the chosen cut, or the first one."""
        if self._cutting is not None and self.places:
            self._revision.edit("add cut", self._cutting.halving(self.chosen))

    def move_to(self, x: float, y: float) -> None:
        """The chosen cut goes elsewhere [px of the source]."""
        if self._cutting is not None and self.chosen is not None:
            self._revision.edit("move cut", self._cutting.moving(self.chosen, x, y))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a cut, or add one."""
        if event.button() != Qt.MouseButton.LeftButton or self._cutting is None:
            return
        cut = self.cut_at(event.position())
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
        near = self._dragged is not None or self.cut_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.SizeHorCursor if near else Qt.CursorShape.CrossCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put the cut down."""
        dragged, self._dragged = self._dragged, None
        if dragged is None or self.chosen is None:
            return
        placed = self._desk.viewport.placement
        if abs(self._beside(self.places[self.chosen], event.position())) > 1:
            self.move_to(*placed.to_source(event.position().x(), event.position().y()))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The same by key."""
        key, shift = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        if step and shift and self._cutting is not None and self.chosen is not None:
            place, way = self.places[self.chosen], max(STEP / self._desk.viewport.placement.scale, self._cutting.step)
            self.move_to(place.x + step * way, (place.top + place.bottom) / 2)
        elif step and self.places:
            self.choose(0 if self.chosen is None else min(max(self.chosen + step, 0), len(self.places) - 1))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove()
        elif key == Qt.Key.Key_Insert:
            self.add_beside()
        elif key == Qt.Key.Key_Escape:
            self.choose(None)
        else:
            super().keyPressEvent(event)

    def cut_at(self, at: QPointF) -> int | None:
        """The cut within reach of a position."""
        placed = self._desk.viewport.placement
        near = [
            (abs(self._beside(place, at)), number)
            for number, place in enumerate(self.places)
            if placed.to_view(0, place.top)[1] - OVER - GRIP <= at.y() <= placed.to_view(0, place.bottom)[1] + OVER
        ]
        distance, number = min(near, default=(REACH, 0))
        return number if distance < REACH else None

    def _beside(self, place: "CutPlace", at: QPointF) -> float:
        """How far a position is to the right of a cut [view px]."""
        placed = self._desk.viewport.placement
        return at.x() - placed.x_in_view(place.x_at(placed.to_source(at.x(), at.y())[1]))

    def _say(self) -> None:
        if self.chosen is None:
            spoken = tr("Cuts: {count}.", count=len(self.places)) + f" {HINT}" if self._cutting is not None else NO_CUTS
        else:
            spoken = tr("Cut {number} of {count}", number=self.chosen + 1, count=len(self.places))
        describe(self, spoken)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lines with a grip; the chosen one in the light."""
        palette, answer = self._theme.palette, self._desk.answer
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, place in enumerate(self.places):
            self._draw(painter, palette, number, place)
        self._draw_hint(painter, palette, HINT if self._cutting is not None or answer is None else NO_CUTS)
        if self.hasFocus():
            painter.setPen(QColor(palette.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _draw_hint(self, painter: QPainter, palette: Palette, hint: str) -> None:
        """At the foot, on a ground of its own: a picture may be of any grey."""
        area, how = self.rect().adjusted(10, 4, -10, -6), Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
        painter.fillRect(painter.boundingRect(area, how, hint).adjusted(-6, -3, 6, 3), QColor(palette.window))
        painter.setPen(QColor(palette.muted))
        painter.drawText(area, how, hint)

    def _draw(self, painter: QPainter, palette: Palette, number: int, place: "CutPlace") -> None:
        placed, chosen = self._desk.viewport.placement, number == self.chosen
        over = OVER / placed.scale
        head, foot = (QPointF(*placed.to_view(place.x_at(y), y)) for y in (place.top - over, place.bottom + over))
        if chosen and self._dragged is not None:
            aside = QPointF(self._beside(place, self._dragged), 0)
            head, foot = head + aside, foot + aside
        colour, halo = QColor(palette.lit if chosen else palette.accent), QColor(palette.on_accent)
        halo.setAlphaF(HALO)
        painter.setPen(QPen(halo, 3.5))
        painter.drawLine(head, foot)
        painter.setPen(QPen(colour, 2.0 if chosen else 1.2, Qt.PenStyle.SolidLine if chosen else Qt.PenStyle.DashLine))
        painter.drawLine(head, foot)
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour if chosen else QColor(palette.paper))
        painter.drawEllipse(head, GRIP, GRIP)
