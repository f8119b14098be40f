"""The slider that says how sure is sure enough, and what that comes to."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QSlider, QWidget

from ui.boxes import in_row
from ui.labels import text_label, tip
from ui.language import tr
from ui.model.documents.acceptance import commonest, nearest, own_count, promise, stops
from ui.model.documents.documents import Documents

WIDTH = 150  # px
LINES = 2  # of words


class _Promise(QLabel):
    """Says all that there is to say where there is room for it, else the short of it."""

    def __init__(self) -> None:
        super().__init__(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.setObjectName("muted")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = self._short = ""

    def say(self, whole: str, short: str) -> None:
        """These from now on."""
        self._whole, self._short = whole, short
        self.setToolTip(tip(whole))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps other words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room, metrics = QRect(0, 0, max(self.width(), 1), 1), self.fontMetrics()
        height = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self._whole).height()
        self.setMinimumHeight(LINES * metrics.lineSpacing())
        self.setText(self._whole if height <= LINES * metrics.lineSpacing() else self._short)


class AcceptanceBar(QWidget):
    """Hidden until it is known what was measured."""

    def __init__(self, documents: Documents) -> None:
        super().__init__()
        self._documents = documents
        self._stops: tuple[float, ...] = ()
        title = text_label(tr("Accept"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setFixedWidth(WIDTH)
        self.slider.setAccessibleName(tr("How many may be wrong"))
        self.slider.setToolTip(tr("To the left: only what is sure. To the right: more, and more of it wrong."))
        self.slider.setPageStep(1)
        title.setBuddy(self.slider)
        self.promise = _Promise()
        in_row(title, self.slider, (self.promise, 1), of=self, margins=(10, 4, 10, 4), spacing=10)
        self.slider.valueChanged.connect(self._choose)
        documents.acceptance_changed.connect(self._refresh)
        documents.moved.connect(self.refresh_promise)
        self._refresh()

    def refresh_promise(self) -> None:
        """Of the kind of the chosen row, or where none is chosen of that of most rows."""
        documents, queue = self._documents, self._documents.queue
        chosen = queue.find(documents.current)
        kind = commonest(row.result for row in ([chosen] if chosen is not None else queue.rows))
        words = promise(documents.trusts, kind, documents.max_error)
        here = own_count(queue.rows, queue.thresholds)
        words = f"{words} {here}".strip()
        self.promise.say(words, here or words)
        self.slider.setAccessibleDescription(words)

    def _choose(self, number: int) -> None:
        self._documents.accept_within(self._stops[number])

    def _refresh(self) -> None:
        documents = self._documents
        self._stops = stops(documents.trusts)
        self.setVisible(bool(self._stops))
        if self._stops:
            self.slider.blockSignals(True)
            self.slider.setRange(0, len(self._stops) - 1)
            self.slider.setValue(nearest(self._stops, documents.max_error))
            self.slider.blockSignals(False)
            self.refresh_promise()
