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
        document.changed.connect(self._keep_what_is_there)

    @property
    def in_order(self) -> tuple[Stroke, ...]:
        """The strokes in the order of writing."""
        return tuple(stroke for stroke in self._document.strokes if stroke in self.strokes) if self.strokes else ()

    @property
    def box(self) -> Box | None:
        """Around all of it [source px]; None where nothing is selected."""
        return bounds(self.in_order)

    def choose(self, strokes: frozenset[Stroke]) -> None:
        """Select these and no others."""
        if strokes != self.strokes:
            self.strokes = strokes
            self.changed.emit()

    def choose_all(self) -> None:
        """Select everything."""
        self.choose(frozenset(self._document.strokes))

    def _keep_what_is_there(self) -> None:
        if self.strokes:
            self.choose(self.strokes & frozenset(self._document.strokes))
