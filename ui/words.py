"""The user's own words: a plain list in a file beside the settings, and the dialog that edits it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QWidget

from recognizer.errors import InputError
from recognizer.files import read_source, write_file
from recognizer.language.alphabet import is_word
from recognizer.language.lexicon import MAX_BYTES, MAX_LETTERS
from ui.boxes import give_size, in_column
from ui.labels import muted, text_label
from ui.language import tr

MOST_SHOWN = 20  # of words that cannot be read
EXPLAINED = tr("One word a line. They are read as readily as the commonest words of the language.")


def load_words(path: Path) -> tuple[str, ...]:
    """The words of the file; those that no reader can write are left out, a file that cannot be read has none."""
    try:
        return parsed(read_source(path, MAX_BYTES, "list")[0].decode("utf-8", "replace"))[0]
    except InputError:
        return ()


def save_words(path: Path, words: tuple[str, ...]) -> None:
    """Write the list. Raises InputError, OSError."""
    write_file(path, "".join(f"{word}\n" for word in words).encode(), private=True)


def parsed(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a text, each once, and what is in it that no reader can write."""
    good = {token: len(token) <= MAX_LETTERS and is_word(token) for token in dict.fromkeys(text.split())}
    return tuple(token for token, is_word in good.items() if is_word), tuple(
        t for t, is_word in good.items() if not is_word
    )


class WordsDialog(QDialog):
    """Edits the list; ``chosen`` tells the new one."""

    chosen = Signal(tuple)

    def __init__(self, words: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("My words"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.edit = QPlainTextEdit("\n".join(words))
        self.edit.setPlaceholderText(tr("Names, places, terms\u2026"))
        self.edit.setAccessibleName(tr("My words, one a line"))
        self.complaint = text_label()
        self.complaint.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        in_column(muted(EXPLAINED), self.edit, self.complaint, self.buttons, of=self)
        self.edit.textChanged.connect(self._check)
        self._check()
        give_size(self, 360, 420)

    def accept(self) -> None:
        """Tell the list and close."""
        self.chosen.emit(parsed(self.edit.toPlainText())[0])
        super().accept()

    def _check(self) -> None:
        odd = parsed(self.edit.toPlainText())[1]
        self.complaint.setVisible(bool(odd))
        left_out = ", ".join(word[:MAX_LETTERS] for word in odd[:MOST_SHOWN])
        self.complaint.setText(
            tr(
                "Only letters, digits and signs of ASCII can be read; left out: {words}",
                words=left_out,
            )
        )
