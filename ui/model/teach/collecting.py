"""From the corrections of a desk's words to the collection: undoing one takes it out of it again."""

from PySide6.QtCore import QObject

from ui.model.ink.document import InkDocument, Stroke, ink_of
from ui.model.teach.collection import Collection, Correction

Word = frozenset[Stroke]


class Collector(QObject):
    """Follows the words that were corrected in this session."""

    def __init__(self, document: InkDocument, collection: Collection) -> None:
        super().__init__()
        self._document, self._collection = document, collection
        self._made: dict[tuple[Word, str], Correction] = {}
        self._said: set[Correction] = set()  # by the document, when it was last looked at
        document.corrected.connect(self._follow)

    def expect(self, word: Word, read: str, wanted: str) -> None:
        """A word is about to be corrected; what it was read as. One whose ink is gone meanwhile teaches nothing."""
        strokes = tuple(stroke for stroke in self._document.strokes if stroke in word)
        if not strokes:
            return
        before = [made.read for (same, _), made in self._made.items() if same == word]
        self._made[word, wanted] = Correction(ink_of(strokes), before[0] if before else read, wanted)

    def _follow(self) -> None:
        """What the document begins to say comes into the collection, what it says no more goes out."""
        now = self._document.corrections
        for (word, wanted), made in self._made.items():
            says = now.get(word) == wanted and wanted != made.read
            if says and made not in self._said:
                self._said.add(made)
                self._collection.add(made)
            elif not says and made in self._said:
                self._said.discard(made)
                self._collection.remove(made)
