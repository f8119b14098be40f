"""Every change of the ink as a command that can be undone. The row of strokes is immutable, so before and after are kept whole."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from ui.model.change import Change
from ui.model.ink.document import Content, Correctable, Corrections, InkDocument, Stroke
from ui.model.ink.selection import Selection


class ChangeInk(Change[tuple[Stroke, ...]]):
    """From the strokes that are there to others."""

    def __init__(self, document: InkDocument, after: tuple[Stroke, ...], text: str) -> None:
        super().__init__(text, document.strokes, after, document.replace)
        self._document = document


class AddStroke(ChangeInk):
    """A stroke was written."""

    def __init__(self, document: InkDocument, stroke: Stroke) -> None:
        super().__init__(document, (*document.strokes, stroke), "stroke")


class EraseStrokes(ChangeInk):
    """Strokes were rubbed out, or deleted."""

    def __init__(self, document: InkDocument, erased: frozenset[Stroke], text: str = "eraser") -> None:
        super().__init__(document, tuple(s for s in document.strokes if s not in erased), text)


class EraseParts(ChangeInk):
    """Of some strokes only parts are left, or nothing."""

    def __init__(self, document: InkDocument, left: Mapping[Stroke, tuple[Stroke, ...]]) -> None:
        super().__init__(document, tuple(part for s in document.strokes for part in left.get(s, (s,))), "eraser")


class ReadAside(ChangeInk):
    """Strokes that were taken for no writing are to be read, whatever they look like."""

    def __init__(self, document: InkDocument, aside: frozenset[Stroke]) -> None:
        after = tuple(replace(s, writing=True) if s in aside else s for s in document.strokes)
        super().__init__(document, after, "reading")


class CorrectWord(Change[Corrections]):
    """The user said what a word's strokes write."""

    def __init__(self, document: Correctable, strokes: frozenset[Stroke], text: str) -> None:
        before = document.corrections
        kept = {other: said for other, said in before.items() if other.isdisjoint(strokes)}  # the last word counts
        super().__init__("correction", before, {**kept, strokes: text}, document.correct)


class AlterStrokes(ChangeInk):
    """Strokes became others, or went; what was said of them goes along with them."""

    def __init__(
        self, document: InkDocument, others: Mapping[Stroke, Stroke], text: str, gone: frozenset[Stroke] = frozenset()
    ) -> None:
        super().__init__(document, tuple(others.get(s, s) for s in document.strokes if s not in gone), text)
        self._corrections = {
            **document.corrections,
            **{frozenset(others.get(s, s) for s in word): said for word, said in document.corrections.items()},
        }

    def redo(self) -> None:
        """Do it, the first time too."""
        super().redo()
        self._document.correct(self._corrections)


class ReplaceStrokes(AlterStrokes):
    """Selected strokes became others, which are selected then: moved, scaled, in another pen."""

    def __init__(self, document: InkDocument, selection: Selection, others: Mapping[Stroke, Stroke], text: str) -> None:
        super().__init__(document, others, text)
        self._selection, self._others = selection, others

    def redo(self) -> None:
        """Do it, the first time too."""
        super().redo()
        self._selection.choose(frozenset(self._others.values()))

    def undo(self) -> None:
        """Take it back."""
        super().undo()
        self._selection.choose(frozenset(self._others))


class InsertStrokes(ChangeInk):
    """Copied strokes came in, which are selected then."""

    def __init__(self, document: InkDocument, selection: Selection, strokes: tuple[Stroke, ...], text: str) -> None:
        super().__init__(document, (*document.strokes, *strokes), text)
        self._selection, self._strokes = selection, strokes

    def redo(self) -> None:
        """Do it, the first time too."""
        super().redo()
        self._selection.choose(frozenset(self._strokes))


class ClearInk(ChangeInk):
    """The canvas was emptied."""

    def __init__(self, document: InkDocument) -> None:
        super().__init__(document, (), "clear")


class ReplaceInk(ChangeInk):
    """Ink from a file, a sample or the last time, or none, took the place of what was there, with what was said about it. ``name``
    tells which file of the user's the ink is in: of ``files`` the first before, the second after it."""

    def __init__(
        self,
        document: InkDocument,
        content: Content,
        text: str,
        name: Callable[[Path | None], object],
        files: tuple[Path | None, Path | None],
    ) -> None:
        super().__init__(document, content.strokes, text)
        self._name, self._files = name, files
        # Before and after; of ink that is gone nothing is remembered but here.
        self._corrections = document.corrections, content.corrections

    def redo(self) -> None:
        """Do it, the first time too."""
        super().redo()
        self._document.correct(self._corrections[1])  # once the ink is gone: what was said of it is not taken back
        self._name(self._files[1])

    def undo(self) -> None:
        """Take it back."""
        super().undo()
        self._document.correct(self._corrections[0])
        self._name(self._files[0])
