"""The network inside: what every layer answers to the chosen ink, and the penalty of every class that comes of it."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ui.boxes import FLUSH, in_column
from ui.inspect.arc import PenaltyBars
from ui.inspect.page import InspectorPage
from ui.labels import muted
from ui.language import numeral, titled, tr
from ui.model.answer import Answer
from ui.model.background import Background
from ui.model.current_desk import CurrentDesk
from ui.problems import describe
from ui.theme.theme import Theme

if TYPE_CHECKING:
    import numpy as np

    from recognizer.readers.transparent import LayerAnswer

JOB = "layers"
HINT = tr("Choose an arc: the answers of every layer of the network to its ink come here, dark where they are strong.")
CLOSED = tr("The network of this reader cannot be looked into.")
PICTURE, UNIT, GAP = 34.0, 9.0, 3.0  # px: side of a map, of a unit that is no picture, and between them
WORDY = 48.0  # px: side of a map with words below
CODES = tr("What the last layer sees, and the code of every class; a penalty is the squared distance between them")
SMALLEST = 4  # rows or columns from which on a map is a picture
EVERY_CLASS = 1000


class LayerPictures(NamedTuple):
    """The maps of a layer as pictures, each perhaps with a few words."""

    name: str
    pictures: list[QImage]
    words: tuple[str, ...] = ()


def pictures_of(layers: "list[LayerAnswer]", classes: tuple[str, ...] = ()) -> list[LayerPictures]:
    """Every layer's name and its maps as grey pictures, dark where strong, on one range for the layer; and where there are codes
    of ``classes``, these, with their distances from what is seen, which comes first."""
    import numpy as np

    found = []
    for name, maps, codes in layers:
        found.append(LayerPictures(name, _grey(maps)))
        if codes is not None:
            every = np.concatenate([codes.seen[None], codes.drawings])
            distances = ((codes.drawings - codes.seen) ** 2).sum((1, 2))
            words = [f"{label} {numeral(distance, '.1f')}" for label, distance in zip(classes, distances, strict=False)]
            found.append(LayerPictures(CODES, _grey(np.clip(every, -1, 1)), (tr("seen"), *words)))
    return found


def _grey(maps: "np.ndarray") -> list[QImage]:
    import numpy as np

    low, high = min(float(maps.min()), 0.0), float(maps.max())
    grey = np.rint(255 * (1 - (maps - low) / max(high - low, 1e-9))).astype(np.uint8)
    return [_picture(channel) for channel in grey]


def _picture(grey: "np.ndarray") -> QImage:
    rows, columns = grey.shape
    return QImage(grey.tobytes(), columns, rows, columns, QImage.Format.Format_Grayscale8).copy()


class LayerMaps(QWidget):
    """The maps of one layer side by side, in as many rows as they need."""

    def __init__(self, shown: LayerPictures, theme: Theme) -> None:
        super().__init__()
        self._pictures, self._words, self._theme = shown.pictures, shown.words, theme
        first = shown.pictures[0]
        flat = max(first.height(), first.width()) < SMALLEST
        self._side = UNIT if flat else WORDY if shown.words else PICTURE
        self._below = self.fontMetrics().height() if shown.words else 0
        self.setAccessibleName(titled(shown.name))
        size = tr(
            "{count} maps of {height} by {width}", count=len(shown.pictures), height=first.height(), width=first.width()
        )
        self.setAccessibleDescription(", ".join(shown.words) or size)
        self._fit()

    def resizeEvent(self, _event: QEvent) -> None:
        """Other rows."""
        self._fit()

    def _fit(self) -> None:
        rows = -(-len(self._pictures) // self._per_row())
        self.setFixedHeight(round(rows * (self._side + self._below + GAP)))

    def _per_row(self) -> int:
        return max(int((self.width() + GAP) // (self._side + GAP)), 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Maps in their frames, pixels as squares."""
        painter = QPainter(self)
        painter.setPen(QColor(self._theme.palette.line))
        for number, picture in enumerate(self._pictures):
            row, column = divmod(number, self._per_row())
            scale = self._side / max(picture.width(), picture.height())
            left, top = column * (self._side + GAP), row * (self._side + self._below + GAP)
            area = QRectF(left, top, picture.width() * scale, picture.height() * scale)
            painter.drawImage(area, picture)
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
            if self._words:
                below = QRectF(left, top + self._side, self._side + GAP, self._below)
                painter.setPen(QColor(self._theme.palette.muted))
                painter.drawText(below, Qt.AlignmentFlag.AlignLeft, self._words[number])
                painter.setPen(QColor(self._theme.palette.line))
        painter.end()


class NetworkPage(InspectorPage):
    """Follows the chosen arc while it is looked at."""

    def __init__(self, current: CurrentDesk, background: Background, theme: Theme) -> None:
        super().__init__(current)
        self._background, self._theme = background, theme
        self._seen_of: Answer | None = None
        self._seen: int | None = None
        self.message = muted(HINT)
        self.layers = QWidget()
        self._column = in_column(of=self.layers, margins=FLUSH, spacing=4)
        self._bars_title = muted(tr("Penalty of every class [nats], shorter is better"))
        self.bars = PenaltyBars(theme, EVERY_CLASS)
        self.lay_out(self.message, self.layers, self._bars_title, self.bars, None)
        self.watch()

    def refresh(self) -> None:
        """Another answer."""
        self._look()

    def on_light(self) -> None:
        """Another arc."""
        self._look()

    def showEvent(self, _event: QShowEvent) -> None:
        """What was not computed while nobody looked."""
        self._look()

    def _look(self) -> None:
        answer, arc = self.desk.answer, self.desk.highlight.chosen
        if not self.isVisible() or (answer is not None and answer is self._seen_of and arc == self._seen):
            return
        self._seen_of, self._seen = answer, arc
        if answer is None or arc is None:
            self._background.forget(JOB)
            self._tell(HINT, [])
            return
        reader, picture = answer.reading.trace.reader, answer.lattice.images[arc]
        classes = answer.lattice.classes

        def job() -> list[LayerPictures]:
            from recognizer.readers.reader import LatticeReader
            from recognizer.readers.transparent import Transparent

            recognise = reader.recognise if isinstance(reader, LatticeReader) else None
            return pictures_of(recognise.layers(picture), classes) if isinstance(recognise, Transparent) else []

        self._background.ask(
            JOB,
            job,
            lambda found: self._tell("" if found else CLOSED, found),
            lambda error: self._tell(describe(error).sentence, []),
        )
        self.bars.show_classes(answer.lattice.ranked_classes(arc), answer.lattice.labels.get(arc, ""))

    def _tell(self, sentence: str, layers: list[LayerPictures]) -> None:
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        for old in self.layers.findChildren(QWidget):
            self._column.removeWidget(old)
            old.deleteLater()
        for shown in layers:
            self._column.addWidget(muted(titled(shown.name)))
            self._column.addWidget(LayerMaps(shown, self._theme))
        self.layers.setVisible(bool(layers))
        for widget in (self._bars_title, self.bars):
            widget.setVisible(self._seen is not None)
