"""From the corrections of a desk's words to the collection: undoing one takes it out of it again."""

from collections.abc import Iterable
from weakref import ReferenceType, ref

from PySide6.QtCore import QObject

from ui.model.ink.document import InkDocument, Stroke, ink_of
from ui.model.teach.collection import Collection, Correction

_Word = frozenset[ReferenceType[Stroke]]  # its strokes, which nobody is to keep for our sake


class Collector(QObject):
    """Follows the words that were corrected in this session. What was said of a word stays in the collection when its ink goes, and
    goes out when it is taken back."""

    def __init__(self, document: InkDocument, collection: Collection) -> None:
        super().__init__()
        self._document, self._collection = document, collection
        self._made: dict[tuple[_Word, str], Correction] = {}
        self._said: set[Correction] = set()  # by the document, when it was last looked at
        document.corrected.connect(self._follow)

    def expect(self, word: frozenset[Stroke], read: str, wanted: str) -> None:
        """A word is about to be corrected; what it was read as. One whose ink is gone meanwhile teaches nothing."""
        self._forget()
        strokes = tuple(stroke for stroke in self._document.strokes if stroke in word)
        if not strokes:
            return
        known = _known_by(word)
        before = [made.read for (same, _), made in self._made.items() if same == known]
        self._made[known, wanted] = Correction(ink_of(strokes), before[0] if before else read, wanted)

    def _forget(self) -> None:
        """Words whose ink cannot come back, and which therefore cannot be taken back."""
        for word, wanted in [key for key in self._made if any(stroke() is None for stroke in key[0])]:
            self._said.discard(self._made.pop((word, wanted)))

    def _follow(self) -> None:
        """What the document begins to say comes into the collection, what it says no more of ink that is there goes out."""
        now = {_known_by(word): said for word, said in self._document.corrections.items()}
        there = _known_by(self._document.strokes)
        for (word, wanted), made in self._made.items():
            says = now.get(word) == wanted and wanted != made.read
            if says and made not in self._said:
                self._said.add(made)
                self._collection.add(made)
            elif not says and made in self._said and word <= there:
                self._said.discard(made)
                self._collection.remove(made)


def _known_by(strokes: Iterable[Stroke]) -> _Word:
    return frozenset(map(ref, strokes))
