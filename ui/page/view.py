"""Shows one page, and lights its ink."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.language import numeral, tr
from ui.lighting import draw_lit, point_by_ink, point_nowhere
from ui.model.desk import Desk
from ui.model.page.document import Box, PageDocument
from ui.model.viewport import Placement, fitted
from ui.page.fields import draw_fields, draw_marked, rectangle
from ui.page.lines import across, draw_lit_line
from ui.page.words import amount_in_words, draw_words
from ui.theme.theme import Theme

if TYPE_CHECKING:
    import numpy as np

INK_REACH = 4.0  # view px
BESIDE, ABOVE = 2.0, 1.25  # heights of a part that is looked at from near, of what is seen around it


def level_for(scale: float, levels: int) -> int:
    """Which halving to draw at ``scale`` view pixels per page pixel: the smallest that still has a pixel for each of the view."""
    level = 0
    while level + 1 < levels and scale * 2 ** (level + 1) <= 1:
        level += 1
    return level


class PageView(QWidget):
    """View of a PageDocument; the left button drags it."""

    def __init__(self, document: PageDocument, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._document, self._desk, self._theme = document, desk, theme
        self._images: list[QImage] = []
        self._levels: tuple[np.ndarray, ...] = ()
        self._dragged_from: QPointF | None = None
        self.marked: Box | None = None  # the rectangle that is being drawn
        self._wants_fit = False
        self._framed: Box = (0.0, 0.0, 0.0, 0.0)  # the part of the page that was fitted last
        self._fitted: Placement | None = None  # and how it lay
        self._new = False  # has nothing been read of the page yet?
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 60)
        self.setAccessibleName(tr("Page"))
        self.setAccessibleDescription(tr("The page that is opened is shown here."))
        document.changed.connect(self._take_page)
        document.field_changed.connect(self._on_field)
        desk.changed.connect(self._on_desk)
        for signal in (desk.changed, desk.highlight.changed, desk.light.changed, desk.viewport.changed, theme.changed):
            signal.connect(self.update)

    def _take_page(self) -> None:
        self._levels = self._document.halvings
        self._images = [
            QImage(level.data, level.shape[1], level.shape[0], level.strides[0], QImage.Format.Format_Grayscale8)
            for level in self._levels
        ]
        self._new = True
        self._describe()
        self.fit()

    def _on_desk(self) -> None:
        """A cheque is so much larger than its amount, and a page than a line of its text, that one goes near once there is one, and
        on to a line that is not seen, unless one has gone elsewhere."""
        self._describe()
        answer = self._desk.answer
        if answer is None:
            return
        line = across(answer.source)
        unseen = self._new or (line is not None and not self._sees(line))
        self._new = False
        if not unseen or self._desk.viewport.placement != self._fitted:
            return
        if line is not None:
            self._frame(line)
        elif answer.reading.fields:
            self.go_near(self.amount)

    def _sees(self, box: Box) -> bool:
        """Is the middle of it in view?"""
        return QRectF(self.rect()).contains(self._desk.viewport.transform.mapRect(rectangle(box)).center())

    def _describe(self) -> None:
        """For the screen reader: which page, and where its amount may stand."""
        count = self._document.count
        words = (
            tr(
                "{name}, page {number} of {count}",
                name=self._document.name,
                number=self._document.index + 1,
                count=count,
            )
            if count
            else ""
        )
        penalties = [numeral(field.penalty, ".1f") for field in self._document.candidates]
        if penalties:
            words += tr(
                ". Places where the amount may stand: {count}, at penalties of {penalties}",
                count=len(penalties),
                penalties="; ".join(penalties),
            )
        said = amount_in_words(self._desk.answer.reading) if self._desk.answer is not None else ""
        self.setAccessibleDescription(f"{words}. {said}" if said else words)

    def _on_field(self) -> None:
        """Where the amount is said to stand is seen."""
        field = self._document.field
        if field is not None and not self._sees(field):
            self.go_near(field)
        self.update()

    @property
    def shows_page(self) -> bool:
        """Is there a page?"""
        return bool(self._images)

    @property
    def candidates(self) -> tuple[Box, ...]:
        """The rectangles that may hold the amount, likeliest first."""
        return tuple(field.box for field in self._document.candidates)

    @property
    def amount(self) -> Box | None:
        """The rectangle that is taken for the amount; None: no one is."""
        chosen = (field.box for field in self._document.candidates if field.chosen)
        return self._document.field or next(chosen, None)

    @property
    def scale(self) -> float:
        """View px of a px of the page."""
        return self._desk.viewport.placement.scale

    def on_page(self, at: QPointF) -> QPointF:
        """A place of the view on the page."""
        return QPointF(*self._desk.viewport.placement.to_source(at.x(), at.y()))

    def mark(self, box: Box | None) -> None:
        """Show the rectangle that is being drawn, or none."""
        self.marked = box
        self.update()

    def fit(self) -> None:
        """Show the whole page, now or as soon as there is a size."""
        self._wants_fit = not self.isVisible()
        if self._images:
            self._frame((0.0, 0.0, float(self._images[0].width()), float(self._images[0].height())))
        self.update()

    def go_near(self, box: Box | None) -> None:
        """Show a part of the page with what is around it; None: all of it."""
        if box is None:
            return
        left, top, right, foot = box
        beside, above = BESIDE * (foot - top), ABOVE * (foot - top)
        self._frame((left - beside, top - above, right + beside, foot + above))

    def _frame(self, box: Box) -> None:
        self._framed, self._fitted = box, fitted(box, self.width(), self.height())
        self._desk.viewport.place(self._fitted)

    def resizeEvent(self, _event: QEvent) -> None:
        """What filled the view goes on filling it."""
        if self._wants_fit:
            self.fit()
        elif self._desk.viewport.placement == self._fitted:
            self._frame(self._framed)

    def showEvent(self, _event: QEvent) -> None:
        """A page that came before the view was laid out is fitted now."""
        if self._wants_fit:
            self.fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the page, or point at its ink."""
        at, viewport = event.position(), self._desk.viewport
        if self._dragged_from is not None:
            moved = at - self._dragged_from
            self._dragged_from = at
            viewport.place(viewport.placement.moved(moved.x(), moved.y()))
            return
        point_by_ink(self._desk, *viewport.placement.to_source(at.x(), at.y()), INK_REACH)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._dragged_from = None
        self.unsetCursor()

    def leaveEvent(self, _event: QEvent) -> None:
        """The pointer is elsewhere."""
        point_nowhere(self._desk)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The page at the size that suits the zoom, and the light on it."""
        palette = self._theme.palette
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(palette.window))
        if self._images:
            painter.setTransform(self._desk.viewport.transform, True)
            scale = self._desk.viewport.placement.scale * self.devicePixelRatioF()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 4)
            level = level_for(scale, len(self._images))
            full = QRectF(0, 0, self._images[0].width(), self._images[0].height())
            painter.drawImage(full, self._images[level])
            draw_lit(painter, self._desk, palette, QRectF(self.rect()))
            self._draw_fields(painter)
        painter.end()

    def _draw_fields(self, painter: QPainter) -> None:
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        placed, palette = self._desk.viewport.transform, self._theme.palette
        if self.marked is not None:
            draw_marked(painter, self.marked, placed, palette)
        else:
            draw_lit_line(painter, self._desk, placed, palette)
            if self._desk.answer is not None and not self._desk.stale:
                draw_words(painter, self._desk.answer.reading, placed, palette)
            draw_fields(painter, self._document.candidates, self._document.field, placed, palette)
