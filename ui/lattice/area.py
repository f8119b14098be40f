"""What the views of a lattice have in common: a desk, one viewport with the ink above, light, keys, and a picture that is kept."""

from abc import abstractmethod
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.labels import describe
from ui.language import tr
from ui.lattice.condition_menu import arc_menu, cut_menu
from ui.lattice.picture import Pictures
from ui.model.answer import Answer
from ui.model.current_desk import CurrentDesk
from ui.model.desk import Desk
from ui.model.lattice.steps import StageArc, Step
from ui.model.revision import Revision
from ui.model.viewport import Placement
from ui.navigation import Navigation
from ui.theme.palette import Palette
from ui.theme.theme import Theme
from ui.undo_keys import UndoKeys

STEPS = {
    Qt.Key.Key_Left: Step.LEFT,
    Qt.Key.Key_Right: Step.RIGHT,
    Qt.Key.Key_Up: Step.UP,
    Qt.Key.Key_Down: Step.DOWN,
    Qt.Key.Key_Home: Step.START,
    Qt.Key.Key_End: Step.END,
}
EMPTY = tr("The lattice of hypotheses will stand here: every way to cut the ink, and what each part may be.")
LATE_OPACITY = 0.4

# Draws on a painter, with a placement of the source, in a width and a height.
Drawing = Callable[[QPainter, Placement, float, float], None]
Found = tuple[int | None, StageArc | None]  # a segment, and the very arc where one is meant
NOTHING: Found = (None, None)


class LatticeArea(QWidget):
    """View of the current desk's answer. Its left edge must lie under that of the ink's view, as both use one viewport."""

    def __init__(self, current: CurrentDesk, theme: Theme, revision: Revision, name: str) -> None:
        super().__init__()
        self._theme, self._current, self._revision = theme, current, revision
        self._picture: QPixmap | None = None
        self._pictures: Pictures | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)
        Navigation(self, lambda: self._desk.viewport, sideways=True)
        UndoKeys(self, revision)
        theme.changed.connect(self.forget)

    @property
    def _desk(self) -> Desk:
        """The desk that is looked at."""
        return self._current.desk

    def watch(self) -> None:
        """Follow the desk; subclasses call it when they are ready."""
        for signal in (self._current.changed, self._current.placed):
            signal.connect(self.forget)
        self._current.highlighted.connect(self.on_light)
        self.forget()
        self.on_light()

    @abstractmethod
    def forget(self) -> None:
        """Something has changed that moves or colours arcs; subclasses drop what they keep."""
        self._picture = None
        self.update()

    @abstractmethod
    def arc_under(self, x: float, y: float) -> Found:
        """What is under a position."""

    @abstractmethod
    def cut_under(self, x: float, y: float) -> int | None:
        """The cut whose node is under a position."""

    @abstractmethod
    def walked(self, answer: Answer, step: Step) -> Found:
        """What a step leads to from what is chosen."""

    @abstractmethod
    def sentence(self, answer: Answer) -> str:
        """What is chosen, for the screen reader."""

    @abstractmethod
    def draw(self, painter: QPainter, answer: Answer) -> None:
        """Draw all that does not change while one points at things."""

    @abstractmethod
    def drawing(self, answer: Answer, palette: Palette) -> Drawing:
        """What is shown, to be drawn elsewhere at any size, also in another thread."""

    @abstractmethod
    def draw_light(self, painter: QPainter, answer: Answer) -> None:
        """Draw what is pointed at or chosen, over the rest."""

    def on_light(self) -> None:
        """Something else is pointed at, chosen or followed."""
        answer = self._desk.answer
        spoken = EMPTY if answer is None else self.sentence(answer)
        describe(self, spoken)
        self.update()

    def resizeEvent(self, _event: QEvent) -> None:
        """More or less room."""
        self.forget()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light what is under the pointer."""
        segment, at = self._under(event)
        known = segment is not None or at is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if known else Qt.CursorShape.ArrowCursor)
        self._desk.highlight.point_at(frozenset() if segment is None else frozenset({segment}), at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the pointer; beside all arcs, nothing."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._desk.highlight.choose(*self._under(event))

    def leaveEvent(self, _event: QEvent) -> None:
        """The pointer is elsewhere."""
        self._desk.highlight.point_at(frozenset())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys walk, Escape chooses nothing, Enter asks what may be asked of an arc."""
        answer, highlight = self._desk.answer, self._desk.highlight
        step = STEPS.get(Qt.Key(event.key()))
        if step is not None and answer is not None:
            highlight.choose(*self.walked(answer, step))
        elif event.key() == Qt.Key.Key_Escape and (highlight.chosen, highlight.chosen_at) != NOTHING:
            highlight.choose(None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and highlight.chosen is not None:
            self._ask(self.rect().center())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What may be asked of the arc or the cut."""
        cut = self.cut_under(event.pos().x(), event.pos().y())
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        self._ask(event.pos(), cut if by_mouse else None)

    def _ask(self, at: QPoint, cut: int | None = None) -> None:
        highlight = self._desk.highlight
        menu = None
        if cut is not None:
            menu = cut_menu(self, self._desk, self._revision, cut)
        elif highlight.chosen is not None:
            menu = arc_menu(self, self._desk, self._revision, highlight.chosen, highlight.chosen_at)
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.mapToGlobal(at))

    def focusInEvent(self, _event: QEvent) -> None:
        """Draw the focus."""
        self.update()

    def focusOutEvent(self, _event: QEvent) -> None:
        """Draw no focus."""
        self.update()

    def _under(self, event: QMouseEvent) -> Found:
        if self._desk.answer is None or self._desk.stale:
            return NOTHING
        return self.arc_under(event.position().x(), event.position().y())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The drawing, or a line that says what will be here."""
        palette, answer = self._theme.palette, self._desk.answer
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if answer is None or self._desk.late:
            painter.fillRect(self.rect(), palette.paper)
        if answer is None:
            self.say(painter, EMPTY, Qt.AlignmentFlag.AlignCenter)
        else:
            painter.setOpacity(LATE_OPACITY if self._desk.late else 1.0)
            painter.drawPixmap(0, 0, self._kept(answer))
            self.draw_light(painter, answer)
            painter.setOpacity(1.0)
        if self.hasFocus():
            painter.setPen(palette.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _kept(self, answer: Answer) -> QPixmap:
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatioF() != ratio:
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(self._theme.palette.paper)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.draw(painter, answer)
            painter.end()
            self._picture = picture
        return self._picture

    def pictures(self, answer: Answer) -> Pictures:
        """The ink of its arcs in little, kept until there is another answer, or another screen."""
        ratio, kept = self.devicePixelRatioF(), self._pictures
        if kept is None or kept.answer is not answer or kept.ratio != ratio:
            kept = self._pictures = Pictures(answer, ratio)
        return kept

    def say(self, painter: QPainter, text: str, where: Qt.AlignmentFlag) -> None:
        """A line of second rank."""
        painter.setFont(self.font())
        painter.setPen(self._theme.palette.muted)
        painter.drawText(self.rect().adjusted(10, 4, -10, -4), where | Qt.TextFlag.TextWordWrap, text)
