"""Asks for words that hold the letters that are confused most, and collects what is written."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut, QUndoStack
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from ui.boxes import give_size, in_column, in_row
from ui.ink.canvas import Canvas
from ui.labels import muted, text_label
from ui.language import tr
from ui.model.desk import Desk
from ui.model.ink.commands import ClearInk
from ui.model.ink.document import InkDocument, ink_of
from ui.model.ink.player import Player
from ui.model.ink.selection import Selection
from ui.model.readers import INK
from ui.model.teach.collection import Correction
from ui.model.workbench import Workbench
from ui.theme.theme import Theme

EXPLAINED = tr("Write the word as you always do. It holds a letter that is often taken for another.")
LETTERS = 12  # that are asked for
COMMON = 3000  # words of the language that may be asked for
JOB = tr("words to write")


class Wizard(QDialog):
    """One word after the other on a small canvas; what is written counts as a correction."""

    teach = Signal()

    def __init__(self, bench: Workbench, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._words: list[tuple[str, str]] = []  # letter and word, the one that is asked for first
        self._written = 0
        self.setWindowTitle(tr("Practise confused letters"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.document, self.undo = InkDocument(), QUndoStack(self)
        self.canvas = Canvas(
            self.document, self.undo, Selection(self.document), Player(self.document), Desk(INK), theme
        )
        self.canvas.setAccessibleName(tr("Write the word here"))
        self.canvas.ruled = True
        self.asked, self.letter, self.message = text_label(), text_label(), muted("")
        font = QFont(self.font())
        font.setPixelSize(34)
        self.asked.setFont(font)
        self.asked.setAccessibleName(tr("The word to write"))
        self.clear, self.skip = QPushButton(tr("Clear")), QPushButton(tr("Another word"))
        self.take, self.learn = QPushButton(tr("Next")), QPushButton(tr("Teach\u2026"))
        self.take.setDefault(True)
        self._assemble()
        self.clear.clicked.connect(self._clear)
        self.skip.clicked.connect(self._next)
        self.take.clicked.connect(self._take)
        self.learn.clicked.connect(self._teach)
        QShortcut(QKeySequence.StandardKey.Undo, self, self.undo.undo)
        QShortcut(QKeySequence.StandardKey.Redo, self, self.undo.redo)
        self.document.changed.connect(self._refresh)
        give_size(self, 560, 380)
        self._refresh()
        pairs = [(each.read, each.wanted) for each in bench.collection.corrections if each.read]
        passage = bench.desks[INK].passage
        doubtful = [passage.glyphs[index].text for index in passage.doubts]
        bench.background.ask(JOB, lambda: words_to_write(pairs, doubtful), self._on_words, bench.problems.report)
        self.finished.connect(lambda _: bench.background.forget(JOB))  # however it is closed: Esc sends no close event

    def _assemble(self) -> None:
        head = in_row(self.asked, None, self.letter)
        foot = in_row(self.clear, self.skip, None, self.learn, self.take)
        parts = (muted(EXPLAINED), head, (self.canvas, 1), self.message, foot)
        in_column(*parts, of=self, margins=(18, 16, 18, 16), spacing=10)

    def _on_words(self, words: list[tuple[str, str]]) -> None:
        self._words = words
        self._refresh()

    def _take(self) -> None:
        """What is written goes into the collection."""
        if self._words and self.document.strokes:
            self._bench.collection.add(Correction(ink_of(self.document.strokes), "", self._words[0][1]))
            self._written += 1
            self._next()

    def _next(self) -> None:
        self._words = self._words[1:]
        self.document.replace(())
        self.undo.clear()
        self._refresh()
        self.canvas.setFocus()

    def _clear(self) -> None:
        self.undo.push(ClearInk(self.document))
        self.canvas.setFocus()

    def _teach(self) -> None:
        self.teach.emit()
        self.close()

    def _refresh(self) -> None:
        letter, word = self._words[0] if self._words else ("", "")
        written = bool(self.document.strokes)
        self.asked.setText(word or (tr("All are written.") if self._written else ""))
        self.letter.setText(tr("for the letter \u201c{letter}\u201d", letter=letter) if word else "")
        count = (
            (tr("No word"), tr("One word"))[self._written]
            if self._written < 2
            else tr("{count} words", count=self._written)
        )
        self.message.setText(
            tr("{words} collected; {left} to go.", words=count, left=len(self._words))
            if self._words or self._written
            else ""
        )
        self.clear.setEnabled(written)
        self.skip.setEnabled(bool(word))
        self.take.setEnabled(bool(word) and written)
        self.learn.setEnabled(self._written > 0)


def words_to_write(pairs: list[tuple[str, str]], doubtful: list[str]) -> list[tuple[str, str]]:
    """Letters that are confused in ``pairs`` of read and meant, or ``doubtful``, or often, each with a word that holds it."""
    import numpy as np

    from recognizer.language.lexicon import english
    from recognizer.training.teaching.confusions import letters_to_practise, word_with

    generator = np.random.default_rng(len(pairs))  # other words every time that something was learnt of
    common = [word for word in list(english())[:COMMON] if word.isalpha() and word.islower()]
    return [(letter, word_with(letter, common, generator)) for letter in letters_to_practise(pairs, doubtful, LETTERS)]
