"""What else a word and one of its letters may be: type it, or choose it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QWidget

from ui.boxes import in_column
from ui.labels import caption, section
from ui.language import tr
from ui.model.text.passage import PassageWord

WIDTH, TALLEST = 260, 320  # px, of all and of the list
MOST_CHARACTERS = 200
TEXT = Qt.ItemDataRole.UserRole

Share = tuple[str, float]  # a text and its share of the probability


class AlternativesPopup(QFrame):
    """Closes when something is chosen, or on Escape, or by a click elsewhere."""

    chosen = Signal(str, int)  # what the word is, or so many more words with it

    def __init__(
        self,
        parent: QWidget,
        word: PassageWord,
        words: Sequence[Share],
        letters: Sequence[tuple[Share, str]],
        following: Sequence[str],
        percent: Callable[[float], str],
    ) -> None:
        """``words``: what the reader says that it may be. ``letters``: what a letter may be and its share, and the word that it makes.
        ``following``: the words after it, which can be taken for a part of it."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("popup")
        editable = bool(word.strokes)
        self.edit = QLineEdit(word.text)
        self.edit.setMaxLength(MOST_CHARACTERS)
        self.edit.setAccessibleName(tr("The word as it should be"))
        self.edit.setEnabled(editable)
        self.edit.returnPressed.connect(lambda: self._choose(self.edit.text()))
        self.list = QListWidget()
        may_be = tr("What it was read as") if word.corrected else tr("What it may be")
        self.list.setAccessibleName(may_be)
        self.list.itemClicked.connect(lambda item: self._choose(item.data(TEXT)))
        self.list.itemActivated.connect(lambda item: self._choose(item.data(TEXT)))
        self._editable, self._following, self._taken = editable, following, 0
        self.further = QPushButton(tr("With the next word"))
        self.further.setToolTip(tr("Where one word was read as two, or where both are to be corrected together"))
        self.further.clicked.connect(self._take_further)
        for text, share in words:
            self._add(f"{text}    {percent(share)}", text)
        if letters:
            self._head(tr("This letter"))
            for (letter, share), whole in letters:
                self._add(f"{letter}    {percent(share)}    \u2192 {whole}", whole)
        parts = (section(tr("What it should be")), self.edit, self.further, section(may_be), self.list)
        more = () if editable else (caption(tr("Only pen ink can be corrected here.")),)
        in_column(*parts, *more, of=self, margins=(10, 10, 10, 10), spacing=6)
        self.further.setVisible(editable and bool(following))
        self.setFixedWidth(WIDTH)

    def open_at(self, place: QPoint, typed: str = "") -> None:
        """Show it there, or as near to it as the screen allows; what was ``typed`` is the beginning of the word."""
        self.list.ensurePolished()
        self.list.doItemsLayout()  # else rows are as tall as before the style came
        rows = sum(self.list.sizeHintForRow(row) for row in range(self.list.count()))
        self.list.setFixedHeight(min(rows, TALLEST) + 2 * self.list.frameWidth())
        self.adjustSize()
        screen = QGuiApplication.screenAt(place) or QGuiApplication.primaryScreen()
        area = screen.availableGeometry()
        x = min(max(place.x(), area.left()), area.right() - self.width())
        y = min(max(place.y(), area.top()), area.bottom() - self.height())
        self.move(x, y)
        self.show()
        self.edit.setFocus()
        if typed and self._editable:
            self.edit.setText(typed)
        else:
            self.edit.selectAll()

    def _take_further(self) -> None:
        """The next word is a part of it; what else the first one may be is no choice any more."""
        self.edit.setText(f"{self.edit.text()} {self._following[self._taken]}")
        self._taken += 1
        self.further.setVisible(self._taken < len(self._following))
        self.list.clear()
        self.edit.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the field into the list."""
        if event.key() == Qt.Key.Key_Down and self.edit.hasFocus():
            self.list.setFocus()
            self.list.setCurrentRow(0)
        else:
            super().keyPressEvent(event)

    def _add(self, shown: str, text: str) -> None:
        item = QListWidgetItem(shown)
        item.setData(TEXT, text)
        self.list.addItem(item)

    def _head(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    def _choose(self, text: str | None) -> None:
        if self._editable and text and text.strip():
            self.chosen.emit(" ".join(text.split()), self._taken)
        self.close()
