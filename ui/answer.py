"""The answer in large letters, how sure it is, and what else it may be."""

from html import escape

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.desk import Desk
from ui.labels import section
from ui.lattice.describe import percent
from ui.theme.icons import pixmap
from ui.theme.theme import Theme

LARGEST, SMALLEST = 40, 16  # px of the answer's letters
MOST_ALTERNATIVES = 8
EMPTY = "What you write or open is read at once; the text comes here."
READING = "Reading\u2026"


class Share(QWidget):
    """A share of one as a bar."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.value = 0.0
        self.setFixedHeight(6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Track and bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, share in ((self._theme.palette.line, 1.0), (self._theme.palette.accent, self.value)):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(0, 0, self.width() * share, 6), 3, 3)
        painter.end()


class AnswerPanel(QWidget):
    """Shows what a desk's reader answered."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk, self._theme = desk, theme
        self._title = section("Answer")
        self.text = QLabel()
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setMinimumHeight(54)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._bar = Share(theme)
        self._mark, self.verdict = QLabel(), QLabel()
        self.verdict.setWordWrap(True)
        self.verdict.setTextFormat(Qt.TextFormat.RichText)
        self.copy = QPushButton("Copy text")
        self.copy.clicked.connect(self.copy_text)
        self._others_title = section("Alternatives")
        self.others = _two_columns()
        self.others.setAccessibleName("Alternatives with their confidence")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self.verdict, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._title, self.text, self._bar):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(10)
        column.addWidget(self._others_title)
        column.addWidget(self.others)
        theme.changed.connect(self.refresh)
        desk.changed.connect(self.refresh)
        self.refresh()

    def show_desk(self, desk: Desk) -> None:
        """Look at another desk."""
        self._desk.changed.disconnect(self.refresh)
        self._desk = desk
        desk.changed.connect(self.refresh)
        self.refresh()

    def copy_text(self) -> None:
        """Put the text on the clipboard."""
        if self._desk.answers:
            QGuiApplication.clipboard().setText(self._desk.text)

    def refresh(self) -> None:
        """Show the desk as it is now."""
        answer = self._desk.answer
        known = answer is not None
        for widget in (self._bar, self._mark, self.copy, self._others_title, self.others):
            widget.setVisible(known)
        if answer is None:
            self.text.setText("")
            self.text.setVisible(False)
            self.verdict.setText(escape(self._desk.sentence or (READING if self._desk.late else EMPTY)))
            return
        reading = answer.reading
        self.text.setVisible(True)
        self._fit(reading.text)
        self.text.setAccessibleName(f"Read: {reading.text}")
        self._bar.value = reading.confidence
        self._bar.update()
        self._show_verdict(reading.confidence, reading.accepted)
        self._show_others([(other.text, other.confidence) for other in reading.alternatives[1 : MOST_ALTERNATIVES + 1]])

    def resizeEvent(self, _event: object) -> None:
        """The letters fit the width."""
        if self._desk.answer is not None:
            self._fit(self._desk.answer.reading.text)

    def _fit(self, text: str) -> None:
        font = QFont(self.font())
        font.setBold(True)
        for size in range(LARGEST, SMALLEST - 1, -2):
            font.setPixelSize(size)
            self.text.setFont(font)
            if self.text.fontMetrics().horizontalAdvance(text) <= self.width():
                break
        fitting = self.text.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, self.width())
        self.text.setText(fitting)
        self.text.setToolTip("" if fitting == text else text)

    def _show_verdict(self, confidence: float, accepted: bool) -> None:
        palette = self._theme.palette
        name, colour = ("accepted", palette.accepted) if accepted else ("refused", palette.refused)
        words = "Accepted" if accepted else "Refused: a person should look"
        ratio = self.devicePixelRatioF()
        picture = pixmap(name, colour, round(22 * ratio))
        picture.setDevicePixelRatio(ratio)
        self._mark.setPixmap(picture)
        self._mark.setFixedSize(QSize(22, 22))
        stale = "  \u00b7  reading again\u2026" if self._desk.late else ""
        self.verdict.setText(f"<b>{words}</b><br>Confidence {escape(percent(confidence))}{stale}")

    def _show_others(self, others: list[tuple[str, float]]) -> None:
        self.others.clear()
        for text, confidence in others:
            row = QTreeWidgetItem([text, percent(confidence)])
            row.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.others.addTopLevelItem(row)
        self.others.setFixedHeight(len(others) * self.others.sizeHintForRow(0) + 2 * self.others.frameWidth() + 2)
        self.others.setVisible(bool(others))
        self._others_title.setVisible(bool(others))


def _two_columns() -> QTreeWidget:
    """A plain table: text left, number right."""
    table = QTreeWidget()
    table.setColumnCount(2)
    table.setHeaderHidden(True)
    table.setRootIsDecorated(False)
    table.setUniformRowHeights(True)
    table.setTextElideMode(Qt.TextElideMode.ElideLeft)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    header = table.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    return table
