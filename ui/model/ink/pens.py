"""The pen in the hand: what the next stroke is drawn with, and what is selected where it changes."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from ui.model.ink.commands import ReplaceStrokes
from ui.model.ink.document import USUAL, InkDocument, Pen
from ui.model.ink.selection import Selection


class Pens(QObject):
    """Another colour or width is that of the selected strokes too."""

    changed = Signal()

    def __init__(self, document: InkDocument, undo: QUndoStack, selection: Selection) -> None:
        super().__init__()
        self._document, self._undo, self._selection = document, undo, selection
        self.pen = USUAL

    def colour(self, colour: str) -> None:
        """As #rrggbb; "" is that of ink."""
        self._change(lambda pen: pen._replace(colour=colour))

    def width(self, width: float) -> None:
        """At full pressure [px]."""
        self._change(lambda pen: pen._replace(width=width))

    def _change(self, changed: Callable[[Pen], Pen]) -> None:
        self.pen = changed(self.pen)
        others = {stroke: replace(stroke, pen=changed(stroke.pen)) for stroke in self._selection.in_order}
        if others:
            self._undo.push(ReplaceStrokes(self._document, self._selection, others, "pen"))
        self.changed.emit()
