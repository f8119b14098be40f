"""The strokes that are selected; those that leave the document leave the selection too."""

from PySide6.QtCore import QObject, Signal

from ui.model.ink.document import InkDocument, Stroke
from ui.model.ink.geometry import Box, bounds


class Selection(QObject):
    """Part of the strokes of a document."""

    changed = Signal()

    def __init__(self, document: InkDocument) -> None:
        super().__init__()
        self._document = document
        self.strokes: frozenset[Stroke] = frozenset()
        self.in_order: tuple[Stroke, ...] = ()  # as they were written
        self.box: Box | None = None  # around all of it [source px]
        document.changed.connect(self._keep_what_is_there)

    def choose(self, strokes: frozenset[Stroke]) -> None:
        """Select these and no others."""
        if strokes != self.strokes:
            self.strokes = strokes
            self.in_order = tuple(stroke for stroke in self._document.strokes if stroke in strokes) if strokes else ()
            self.box = bounds(self.in_order)
            self.changed.emit()

    def choose_all(self) -> None:
        """Select everything."""
        self.choose(frozenset(self._document.strokes))

    def _keep_what_is_there(self) -> None:
        if self.strokes:
            self.choose(self.strokes & frozenset(self._document.strokes))
