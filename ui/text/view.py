"""The text in large letters. Pointing at a letter lights its ink; a click or a key shows what else it may be."""

from math import ceil

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.labels import describe
from ui.language import tr
from ui.lattice.describe import percent
from ui.model.current_desk import CurrentDesk
from ui.model.desk import Desk
from ui.model.text.passage import Passage
from ui.text.layout import GlyphPlace, glyph_at, glyph_beside, rows_of, wrapped
from ui.theme.theme import Theme
from ui.typed import is_typed, takes_key

SIZES = (40, 34, 29, 25, 22, 19)  # px of the letters
# px: lines that are too long in letters of the first size are wrapped; no letters are smaller.
WRAPPED, SMALLEST = 22, 17
TALLEST = 230  # px: a text that is taller gets smaller letters, as far as they go
HINT = tr(
    "Point at a letter to see its ink; click it to see what else it may be, and to correct it. Waves mark doubtful words, lines those that \
you have corrected."
)
WAVE = 3.0  # px: half the length of a wave below a doubtful letter
ROW = 1.32  # of a row, in heights of the letters


class TextView(QWidget):
    """Shows the passage of a desk; as tall as it must be."""

    # A glyph whose alternatives are wanted, where (global), and what is typed in its word's place.
    asked = Signal(int, QPoint, str)

    def __init__(self, current: CurrentDesk, theme: Theme) -> None:
        super().__init__()
        self._current, self._theme = current, theme
        self._places: tuple[GlyphPlace, ...] = ()
        self._large = QFont(self.font())
        self._row = 1.0
        self.setToolTip(HINT)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        current.changed.connect(self.refresh)
        current.lit.connect(self._on_light)
        self.refresh()

    @property
    def _desk(self) -> Desk:
        """The desk that is looked at."""
        return self._current.desk

    @property
    def passage(self) -> Passage:
        """What is shown."""
        return self._desk.passage

    def text(self) -> str:
        """What is shown, as it is copied."""
        return self.passage.text

    def refresh(self) -> None:
        """Lay the text out: in the largest letters that give a line of writing a row, or else wrapped."""
        self._lay_out(next((size for size in SIZES if self._fits(size)), SMALLEST))
        self.setFixedHeight(max(ceil(rows_of(self._places) * self._row), 1))
        self.setAccessibleName(tr("Read: {text}", text=self.text()))
        self.update()

    def _fits(self, size: int) -> bool:
        self._lay_out(size)
        rows = rows_of(self._places)
        lines = self.text().count("\n") + 1
        return rows * self._row <= TALLEST and (rows <= lines or size <= WRAPPED)

    def _lay_out(self, size: int) -> None:
        self._large.setPixelSize(size)
        self._large.setBold(size > WRAPPED)
        metrics = QFontMetricsF(self._large)
        self._places = wrapped(self.passage, self.width(), metrics.horizontalAdvance)
        self._row = metrics.height() * ROW

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Another width, other rows."""
        self.refresh()

    def place_of(self, glyph: int) -> QRectF:
        """Where a glyph stands."""
        place = self._places[glyph]
        return QRectF(place.left, place.row * self._row, place.width, self._row)

    def go_to(self, glyph: int | None) -> None:
        """Look at a letter: its line, its ink, its place."""
        if glyph is None:
            self._desk.light.choose(None)
            return
        span = self.passage.glyphs[glyph].span
        if span.line != self._desk.line:
            self._desk.look_into(span.line)
        self._desk.light.choose(span)

    def go_to_doubt(self, step: int) -> bool:
        """The next doubtful letter (1) or the one before (-1); is there any?"""
        if self._desk.trusted:
            return False
        glyph = self.passage.doubt_after(self.passage.glyph_with(self._desk.light.chosen), step)
        self.go_to(glyph)
        return glyph is not None

    def _doubtful_words(self) -> set[int | None]:
        """Those that somebody should look at."""
        words = () if self._desk.trusted else self.passage.words
        return {number for number, word in enumerate(words) if word.doubtful}

    def ask(self, glyph: int, typed: str = "") -> None:
        """Show what else a letter and its word may be; what is ``typed`` begins what the word should be."""
        if self.passage.glyphs[glyph].word is not None and not self._desk.stale:
            self.go_to(glyph)
            self.asked.emit(glyph, self.mapToGlobal(self.place_of(glyph).bottomLeft().toPoint()), typed)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the ink of the letter under the pointer."""
        glyph = self._glyph_under(event.position())
        self.setCursor(Qt.CursorShape.ArrowCursor if glyph is None else Qt.CursorShape.PointingHandCursor)
        self._desk.light.point_at(None if glyph is None or self._desk.stale else self.passage.glyphs[glyph].span)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for alternatives; beside all letters, look at none."""
        glyph = self._glyph_under(event.position())
        if glyph is None:
            self.go_to(None)
        else:
            self.ask(glyph)

    def leaveEvent(self, _event: QEvent) -> None:
        """The pointer is elsewhere."""
        self._desk.light.point_at(None)

    def event(self, event: QEvent) -> bool:
        """What is typed here is for the text, not for the tools that have letters as keys."""
        if takes_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys walk from letter to letter, Enter asks, Escape looks at none."""
        now, last = self.passage.glyph_with(self._desk.light.chosen), len(self.passage.glyphs) - 1
        if last < 0:
            super().keyPressEvent(event)
            return
        steps = {
            Qt.Key.Key_Left: 0 if now is None else max(now - 1, 0),
            Qt.Key.Key_Right: 0 if now is None else min(now + 1, last),
            Qt.Key.Key_Up: 0 if now is None else glyph_beside(self._places, now, -1),
            Qt.Key.Key_Down: 0 if now is None else glyph_beside(self._places, now, 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.go_to(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and now is not None:
            self.ask(now)
        elif key == Qt.Key.Key_Escape and now is not None:
            self.go_to(None)
        elif now is not None and is_typed(event):
            self.ask(now, event.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, _event: QEvent) -> None:
        """Draw the focus."""
        self.update()

    def focusOutEvent(self, _event: QEvent) -> None:
        """Draw no focus."""
        self.update()

    def sizeHint(self) -> QSize:
        """Any width, the height that was laid out."""
        return QSize(200, self.height())

    def _glyph_under(self, at: QPointF) -> int | None:
        glyph = glyph_at(self._places, at.x(), int(at.y() // self._row))
        return glyph if glyph is not None and self.passage.glyphs[glyph].word is not None else None

    def _on_light(self) -> None:
        chosen = self.passage.glyph_with(self._desk.light.chosen)
        doubtful = chosen is not None and self.passage.glyphs[chosen].word in self._doubtful_words()
        spoken = "" if chosen is None else described(self.passage, chosen, doubtful)
        describe(self, spoken)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Letters, the light on them, waves below what is doubtful, a line below what was corrected."""
        palette, light, doubtful = self._theme.palette, self._desk.light, self._doubtful_words()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._large)
        painter.setOpacity(0.5 if self._desk.late else 1.0)
        for index, glyph in enumerate(self.passage.glyphs):
            area = self.place_of(index)
            lit = glyph.word is not None and glyph.span in (light.pointed, light.chosen)
            if lit:
                painter.fillRect(area.adjusted(0, 2, 0, -2), QColor(palette.lit_wash))
            painter.setPen(QColor(palette.lit if lit else palette.text))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, glyph.text)
            if glyph.word in doubtful:
                painter.setPen(QPen(QColor(palette.refused), 1.6))
                painter.drawPath(_wave(area))
            if glyph.word is not None and self.passage.words[glyph.word].corrected:
                painter.setPen(QPen(QColor(palette.accepted), 1.6))
                painter.drawLine(QPointF(area.left(), area.bottom() - 4), QPointF(area.right(), area.bottom() - 4))
            if self.hasFocus() and glyph.span == light.chosen:
                painter.setPen(QPen(QColor(palette.accent), 1.5))
                painter.drawRoundedRect(area.adjusted(0.5, 2.5, -0.5, -2.5), 3, 3)
        if self.hasFocus() and light.chosen is None and self.passage.glyphs:
            painter.setPen(QPen(QColor(palette.accent), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()


def described(passage: Passage, index: int, doubtful: bool) -> str:
    """A letter in words, perhaps one of a ``doubtful`` word."""
    glyph = passage.glyphs[index]
    if glyph.letter is None:
        return tr("{text}, corrected", text=glyph.text)
    word = passage.words[glyph.word].text if glyph.word is not None and doubtful else ""
    doubt = tr(", in the doubtful word {word}", word=word) if word else ""
    return f"{glyph.text if glyph.text.strip() else tr('space')}, {percent(glyph.chance)}{doubt}"


def _wave(area: QRectF) -> QPainterPath:
    """Below a letter, whole waves only."""
    count = max(round((area.width() - 2) / (2 * WAVE)), 1)
    left, y = area.center().x() - count * WAVE, area.bottom() - 4
    path = QPainterPath(QPointF(left, y))
    for k in range(2 * count):
        x = left + k * WAVE
        path.quadTo(x + WAVE / 2, y + (WAVE if k % 2 else -WAVE), x + WAVE, y)
    return path
