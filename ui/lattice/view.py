"""The lattice under the ink: follows its viewport sideways, lights what is pointed at, chooses what is clicked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desk import Answer, Desk
from ui.lattice.describe import sentence_of
from ui.lattice.steps import Step
from ui.navigation import Navigation
from ui.theme.theme import Theme

if TYPE_CHECKING:
    from ui.lattice.layout import Layout
    from ui.lattice.painting import LatticePainter
    from ui.lattice.picture import Pictures

STEPS = {
    Qt.Key.Key_Left: Step.LEFT,
    Qt.Key.Key_Right: Step.RIGHT,
    Qt.Key.Key_Up: Step.UP,
    Qt.Key.Key_Down: Step.DOWN,
    Qt.Key.Key_Home: Step.START,
    Qt.Key.Key_End: Step.END,
}
EMPTY = "The lattice of hypotheses will stand here: every way to cut the ink, and what each part may be."
LATE_OPACITY = 0.4
WIDE = 720  # px: room for the legend in one line


class LatticeView(QWidget):
    """View of a desk's answer. Its left edge must lie under that of the ink's view, as both use one viewport."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._layout: Layout | None = None
        self._picture: QPixmap | None = None
        self._pictures: Pictures | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Lattice")
        self._navigation = Navigation(self, desk.viewport, arrow_keys=False)
        self._desk = desk
        self._connect()
        theme.changed.connect(self._relayout)

    def show_desk(self, desk: Desk) -> None:
        """Look at another desk."""
        for signal in (self._desk.changed, self._desk.viewport.changed):
            signal.disconnect(self._relayout)
        self._desk.spotlight.changed.disconnect(self._on_light)
        self._desk = desk
        self._navigation.viewport = desk.viewport
        self._connect()

    def _connect(self) -> None:
        for signal in (self._desk.changed, self._desk.viewport.changed):
            signal.connect(self._relayout)
        self._desk.spotlight.changed.connect(self._on_light)
        self._relayout()
        self._on_light()

    @property
    def layout_now(self) -> "Layout | None":
        """Where everything stands; None without an answer."""
        answer = self._desk.answer
        if answer is None:
            return None
        if self._layout is None:
            from ui.lattice.layout import lay_out

            lattice, placed = answer.lattice, self._desk.viewport.placement
            nodes = [placed.x_in_view(x) for x in lattice.cuts.tolist()]
            self._layout = lay_out(
                nodes, lattice.first, lattice.last, lattice.prominence, lattice.best, self.height() - self._footer()
            )
        return self._layout

    def _footer(self) -> int:
        lines = 1 if self.width() > WIDE else 2
        return lines * self.fontMetrics().height() + 10

    def _relayout(self) -> None:
        self._layout, self._picture = None, None
        self.update()

    def _on_light(self) -> None:
        chosen, answer = self._desk.spotlight.chosen, self._desk.answer
        spoken = EMPTY
        if answer is not None:
            spoken = f"{len(answer.lattice)} arcs. Arrow keys walk along them."
            if chosen is not None:
                spoken = sentence_of(answer.lattice, chosen)
        if spoken != self.accessibleDescription():
            self.setAccessibleDescription(spoken)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def resizeEvent(self, _event: QEvent) -> None:
        """More or less room for cards."""
        self._relayout()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the ink of the arc under the pointer."""
        arc = self._arc_under(event)
        self.setCursor(Qt.CursorShape.ArrowCursor if arc is None else Qt.CursorShape.PointingHandCursor)
        self._desk.spotlight.point_at(frozenset() if arc is None else frozenset({arc}))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the arc under the pointer; beside all arcs, none."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._desk.spotlight.choose(self._arc_under(event))

    def leaveEvent(self, _event: QEvent) -> None:
        """The pointer is elsewhere."""
        self._desk.spotlight.point_at(frozenset())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys walk, Escape chooses nothing."""
        answer, spot = self._desk.answer, self._desk.spotlight
        step = STEPS.get(Qt.Key(event.key()))
        if step is not None and answer is not None:
            from ui.lattice.walk import next_arc

            spot.choose(next_arc(answer.lattice, spot.chosen, step))
        elif event.key() == Qt.Key.Key_Escape and spot.chosen is not None:
            spot.choose(None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, _event: QEvent) -> None:
        """Draw the focus."""
        self.update()

    def focusOutEvent(self, _event: QEvent) -> None:
        """Draw no focus."""
        self.update()

    def _arc_under(self, event: QMouseEvent) -> int | None:
        if self.layout_now is None or self._desk.stale:
            return None
        from ui.lattice.layout import arc_at

        return arc_at(self.layout_now, event.position().x(), event.position().y())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The drawing, or a line that says what will be here."""
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), palette.paper)
        answer, layout = self._desk.answer, self.layout_now
        if answer is None or layout is None:
            self._say(painter, EMPTY, Qt.AlignmentFlag.AlignCenter)
        else:
            painter.setOpacity(LATE_OPACITY if self._desk.late else 1.0)
            painter.drawPixmap(0, 0, self._drawn(answer, layout))
            spot = self._desk.spotlight
            self._painting(painter, answer, layout).draw_lit(spot.pointed, spot.chosen)
            painter.setOpacity(1.0)
        if self.hasFocus():
            painter.setPen(palette.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _drawn(self, answer: Answer, layout: "Layout") -> QPixmap:
        """All that does not change while one points at things, kept as a picture."""
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatioF() != ratio:
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(self._theme.palette.paper)
            painter = QPainter(self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._painting(painter, answer, layout).draw_all()
            self._say(painter, _legend(layout), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
            painter.end()
        return self._picture

    def _painting(self, painter: QPainter, answer: Answer, layout: "Layout") -> "LatticePainter":
        from ui.lattice.painting import PICTURE, LatticePainter
        from ui.lattice.picture import Pictures

        ratio, kept = self.devicePixelRatioF(), self._pictures
        if kept is None or kept.answer is not answer or kept.ratio != ratio:
            kept = self._pictures = Pictures(answer, PICTURE, ratio)
        return LatticePainter(painter, kept, layout, self._theme.palette, self.font())

    def _say(self, painter: QPainter, text: str, where: Qt.AlignmentFlag) -> None:
        painter.setFont(self.font())
        painter.setPen(self._theme.palette.muted)
        painter.drawText(self.rect().adjusted(10, 4, -10, -4), where | Qt.TextFlag.TextWordWrap, text)


def _legend(layout: "Layout") -> str:
    text = f"Best path above the cuts, {len(layout.arcs) - len(layout.best)} other arcs below"
    if layout.without_card:
        text += f"; {layout.without_card} have no room for a picture: point at their lines, or zoom in"
    return text + "."
