"""The pages of the paper that one writes on, called leaves here: they lie one below the other, so that ink knows nothing of them."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from ui.model.ink.commands import AlterStrokes
from ui.model.ink.document import InkDocument, Stroke
from ui.model.ink.geometry import FARTHEST, Similarity
from ui.model.viewport import Placement, Viewport

HEIGHT = 1152.0  # source px: sixteen ruled lines, about a page of A4 at 96 to the inch
EYE = 100.0  # view px below the upper edge: the leaf that is there is looked at


def leaf_of(stroke: Stroke) -> int:
    """The number of the leaf that most of a stroke is on."""
    return max(int((stroke.box[1] + stroke.box[3]) / 2 // HEIGHT), 0)


def leaves_of(strokes: Sequence[Stroke]) -> dict[int, list[Stroke]]:
    """The strokes of each leaf that is written on, in the order of the leaves."""
    leaves: dict[int, list[Stroke]] = {}
    for stroke in strokes:
        leaves.setdefault(leaf_of(stroke), []).append(stroke)
    return dict(sorted(leaves.items()))


def parted(text: str, lines: Sequence[Sequence[Stroke]]) -> str:
    """The text of these lines of strokes, with an empty line between leaves."""
    leaves, texts = [leaf_of(strokes[0]) for strokes in lines], text.split("\n")
    if len(texts) != len(leaves):
        return text
    ends = [now != after for now, after in pairwise(leaves)]
    return "\n".join(line + "\n" * end for line, end in zip(texts, [*ends, False], strict=True))


class Leaves(QObject):
    """The leaf that is looked at. There are as many as are written on, or looked at."""

    changed = Signal()

    def __init__(self, document: InkDocument, undo: QUndoStack, viewport: Viewport) -> None:
        super().__init__()
        self._document, self._undo, self._viewport = document, undo, viewport
        self._strokes: tuple[Stroke, ...] = ()
        self._last = 0  # that is written on
        self._known = 0, 1
        document.changed.connect(self._on_ink)
        viewport.changed.connect(self._tell)

    @property
    def index(self) -> int:
        """The leaf that is looked at."""
        return max(int(self._viewport.placement.to_source(0, EYE)[1] // HEIGHT), 0)

    @property
    def count(self) -> int:
        """How many there are."""
        return max(self._last, self.index) + 1

    def go_to(self, index: int) -> None:
        """Look at another leaf, from its upper edge on."""
        placed = self._viewport.placement
        self._viewport.place(Placement(placed.scale, placed.left, -index * HEIGHT * placed.scale))

    def insert(self) -> None:
        """An empty leaf below the one that is looked at."""
        index = self.index
        if (self.count + 1) * HEIGHT > FARTHEST:
            return
        below = [stroke for stroke in self._document.strokes if leaf_of(stroke) > index]
        if below:
            down = Similarity(dy=HEIGHT)
            others = {stroke: down.of(stroke) for stroke in below}
            self._undo.push(AlterStrokes(self._document, others, "insert"))
        self.go_to(index + 1)

    def remove(self) -> None:
        """The leaf that is looked at goes with its ink; those below move up."""
        index, up = self.index, Similarity(dy=-HEIGHT)
        gone = frozenset(stroke for stroke in self._document.strokes if leaf_of(stroke) == index)
        others = {stroke: up.of(stroke) for stroke in self._document.strokes if leaf_of(stroke) > index}
        if gone or others:
            self._undo.push(AlterStrokes(self._document, others, "remove", gone))
        self.go_to(min(index, self._last))

    def _on_ink(self) -> None:
        strokes, before = self._document.strokes, self._strokes
        if before and strokes[:-1] == before:  # a stroke more, as nearly always
            self._last = max(self._last, leaf_of(strokes[-1]))
        else:
            self._last = max(map(leaf_of, strokes), default=0)
        self._strokes = strokes
        self._tell()

    def _tell(self) -> None:
        known = self.index, self.count
        if known != self._known:
            self._known = known
            self.changed.emit()
