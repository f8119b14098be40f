"""Every change of the ink as a command that can be undone. The row of strokes is immutable, so before and after are kept whole."""

from PySide6.QtGui import QUndoCommand

from ui.ink.document import InkDocument, Stroke


class ChangeInk(QUndoCommand):
    """From the strokes that are there to others."""

    def __init__(self, document: InkDocument, after: tuple[Stroke, ...], text: str) -> None:
        super().__init__(text)
        self._document = document
        self._before = document.strokes
        self._after = after

    def redo(self) -> None:
        """Do it, the first time too."""
        self._document.replace(self._after)

    def undo(self) -> None:
        """Take it back."""
        self._document.replace(self._before)


class AddStroke(ChangeInk):
    """A stroke was written."""

    def __init__(self, document: InkDocument, stroke: Stroke) -> None:
        super().__init__(document, (*document.strokes, stroke), "stroke")


class EraseStrokes(ChangeInk):
    """Strokes were rubbed out."""

    def __init__(self, document: InkDocument, erased: frozenset[Stroke]) -> None:
        super().__init__(document, tuple(s for s in document.strokes if s not in erased), "eraser")


class ClearInk(ChangeInk):
    """The canvas was emptied."""

    def __init__(self, document: InkDocument) -> None:
        super().__init__(document, (), "clear")


class ReplaceInk(ChangeInk):
    """Ink from a file, a sample or the last time took the place of what was there."""

    def __init__(self, document: InkDocument, strokes: tuple[Stroke, ...], text: str) -> None:
        super().__init__(document, strokes, text)
