"""What someone sees at the first start: what the program is, and a sample of everything that it reads, a click away."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from ui.boxes import in_column, in_row
from ui.help.paper import picture
from ui.labels import muted, text_label
from ui.language import tr
from ui.locations import RESOURCES
from ui.samples import SampleFile, sample_of
from ui.theme.theme import Theme

IDEA = RESOURCES / "pictures" / "idea.svg"
WIDTH = 600  # px, of the picture
LINE = tr(
    "Ink is cut into pieces, a network says what each piece may be, and the best path through all these hypotheses "
    "is the answer. The program shows them all: point at a letter, or at an arc."
)
OFFERED = (("text", tr("Sample of &ink")), ("amount", tr("Sample &amount")), ("cheque", tr("Sample &cheque")))


class Welcome(QDialog):
    """Stands before the window and keeps nobody from working in it; whatever is chosen closes it."""

    def __init__(
        self, window: QWidget, theme: Theme, samples: Sequence[SampleFile], show: Callable[[Path], object]
    ) -> None:
        super().__init__(window)
        self.setWindowTitle(tr("First steps \u2013 Inklattice"))
        self._theme, self._open = theme, show
        title = text_label(tr("Handwriting, read by a graph of hypotheses"))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        title.setFont(font)
        self._picture = text_label()
        self._picture.setAccessibleName(tr("Ink, the lattice of what it may be, and the text that was chosen: 1998"))
        line = muted(LINE)
        self.buttons = [self._button(words, sample_of(samples, start)) for start, words in OFFERED]
        self.buttons.append(self._button(tr("&Write something"), None))
        last = muted(tr("Help, First steps shows this again."))
        for label in (title, self._picture, line, last):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setFixedWidth(WIDTH)
        line.setMinimumHeight(line.heightForWidth(WIDTH))  # which the layout guesses too low on some screens
        in_column(
            title, self._picture, line, in_row(*self.buttons), last, of=self, margins=(28, 24, 28, 20), spacing=16
        )
        self.buttons[0].setDefault(True)
        theme.changed.connect(self._draw)
        self._draw()

    def _button(self, words: str, sample: Path | None) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(lambda: self._choose(sample))
        return button

    def _choose(self, sample: Path | None) -> None:
        self.close()
        if sample is not None:
            self._open(sample)

    def _draw(self) -> None:
        self._picture.setPixmap(QPixmap.fromImage(picture(IDEA, self._theme.palette, WIDTH, self.devicePixelRatioF())))
