"""One arc's ink, what the network read, its classes as bars, and where it comes from."""

from math import isfinite
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from ui.boxes import FLUSH, in_column
from ui.inspect.page import InspectorPage
from ui.labels import caption, muted, text_label
from ui.language import numeral, tr
from ui.lattice.describe import facts_of, sentence_of
from ui.lattice.picture import draw_ink
from ui.model.answer import Answer
from ui.model.current_desk import CurrentDesk
from ui.theme.theme import Theme

if TYPE_CHECKING:
    import numpy as np

PICTURE_HEIGHT = 96
BAR_ROW = 20  # px
MOST_CLASSES = 12


def as_pictures(image: "np.ndarray") -> "list[np.ndarray]":
    """Channels (channels, rows, columns) as grey (rows, columns) uint8, dark = strong, on one common range."""
    import numpy as np

    low, high = float(image.min()), float(image.max())
    scaled = (image - low) / max(high - low, 1e-9)
    return [np.ascontiguousarray(np.rint(255 * (1 - channel)).astype(np.uint8)) for channel in scaled]


class ArcPicture(QWidget):
    """The ink of an arc, and beside it the image that the network read, channel by channel."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._answer: Answer | None = None
        self._arc = 0
        self._channels: list[np.ndarray] = []
        self.setFixedHeight(PICTURE_HEIGHT)
        self.setAccessibleName(tr("Picture of the chosen arc"))

    def show_arc(self, answer: Answer, arc: int) -> None:
        """Show one arc."""
        self._answer, self._arc = answer, arc
        self._channels = as_pictures(answer.lattice.images[arc])
        self.setToolTip(
            tr("Left the ink, right what the network reads")
            + (tr(", channel by channel") if self._channels[1:] else "")
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ink left, network's image right."""
        if self._answer is None:
            return
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = float(self.height())
        painter.fillRect(QRectF(0, 0, side, side), palette.paper)
        draw_ink(painter, self._answer, self._arc, QRectF(4, 4, side - 8, side - 8), palette.ink)
        painter.setPen(QColor(palette.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(0.5, 0.5, side - 1, side - 1))
        self._draw_channels(painter, QRectF(side + 10, 0, self.width() - side - 10, side))
        painter.end()

    def _draw_channels(self, painter: QPainter, area: QRectF) -> None:
        gap = 4.0
        rows, columns = self._channels[0].shape
        best_scale, per_row = max(
            (
                min(
                    (area.width() - gap * (n - 1)) / (n * columns), (area.height() - gap * (lines - 1)) / (lines * rows)
                ),
                n,
            )
            for n in range(1, len(self._channels) + 1)
            for lines in [-(-len(self._channels) // n)]
        )
        width, height = columns * best_scale, rows * best_scale
        for number, channel in enumerate(self._channels):
            line, place = divmod(number, per_row)
            image = QImage(channel.data, columns, rows, columns, QImage.Format.Format_Grayscale8)
            painter.drawImage(
                QRectF(area.left() + place * (width + gap), area.top() + line * (height + gap), width, height), image
            )


class PenaltyBars(QWidget):
    """Penalties of the classes of an arc, best first; a shorter bar is better."""

    def __init__(self, theme: Theme, most: int = MOST_CLASSES) -> None:
        super().__init__()
        self._theme, self._most = theme, most
        self._ranked: list[tuple[str, float]] = []
        self._chosen = ""
        self.setAccessibleName(tr("Penalties of the classes"))

    def show_classes(self, ranked: list[tuple[str, float]], chosen: str) -> None:
        """Show classes with penalties, best first; ``chosen`` is what the best path read."""
        self._ranked, self._chosen = ranked[: self._most], chosen
        self.setAccessibleDescription(", ".join(f"{name}: {numeral(penalty, '.2f')}" for name, penalty in self._ranked))
        self.setFixedHeight(BAR_ROW * len(self._ranked))
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(200, BAR_ROW * len(self._ranked))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One row a class: name, bar, number."""
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        zero = min(0.0, *(penalty for _name, penalty in self._ranked))
        longest = max((penalty - zero for _name, penalty in self._ranked if isfinite(penalty)), default=0.0) or 1.0
        room = max(self.width() - 44 - 52, 10)
        for row, (name, penalty) in enumerate(self._ranked):
            top = row * BAR_ROW
            font = QFont(self.font())
            font.setBold(name == self._chosen)
            painter.setFont(font)
            painter.setPen(QColor(palette.text))
            painter.drawText(
                QRectF(0, top, 38, BAR_ROW), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, name
            )
            length = max(room * min((penalty - zero) / longest, 1.0), 2.0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.accent if name == self._chosen else palette.edge))
            painter.drawRoundedRect(QRectF(44, top + 5, length, BAR_ROW - 10), 3, 3)
            painter.setPen(QColor(palette.muted))
            number = QRectF(self.width() - 50, top, 50, BAR_ROW)
            painter.drawText(
                number,
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                numeral(penalty, ".2f") if isfinite(penalty) else tr("never"),
            )
        painter.end()


class ArcPage(InspectorPage):
    """Shows the arc that is chosen at a desk."""

    def __init__(self, current: CurrentDesk, theme: Theme) -> None:
        super().__init__(current)
        self._hint = muted(tr("Click an arc of the lattice to look into it."))
        self._picture = ArcPicture(theme)
        self._bars = PenaltyBars(theme)
        self._bars_title = muted(tr("Penalty of each class [nats], shorter is better"))
        self._facts = QFormLayout()
        self._facts.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._facts.setHorizontalSpacing(12)
        self._shown = QWidget()
        in_column(self._picture, self._bars_title, self._bars, self._facts, of=self._shown, margins=FLUSH, spacing=8)
        self.lay_out(self._hint, self._shown, None)
        self.watch()

    def on_light(self) -> None:
        """Another arc is chosen."""
        self.refresh()

    def refresh(self) -> None:
        """Show the chosen arc."""
        answer, arc = self.desk.answer, self.desk.highlight.chosen
        known = answer is not None and arc is not None
        self._shown.setVisible(known)
        self._hint.setVisible(not known and answer is not None)
        if answer is None or arc is None:
            self.setAccessibleDescription("")
            return
        lattice = answer.lattice
        self._picture.show_arc(answer, arc)
        self._bars.show_classes(lattice.ranked_classes(arc), lattice.labels.get(arc, ""))
        while self._facts.rowCount():
            self._facts.removeRow(0)
        for name, value in facts_of(lattice, arc):
            self._facts.addRow(caption(name), _value(value))
        self.setAccessibleDescription(sentence_of(lattice, arc))


def _value(text: str) -> QLabel:
    label = text_label(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
