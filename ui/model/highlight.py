"""What is pointed at and what is chosen: one model that ink, lattice and details all look at."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.model.lattice.steps import StageArc

if TYPE_CHECKING:
    from ui.model.lattice.paths import LatticePath


class Highlight(QObject):
    """Segments, the arcs of the lattice, that stand in the light; and where one arc of one stage was meant, that arc."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.pointed: frozenset[int] = frozenset()
        self.pointed_at: StageArc | None = None
        self.chosen: int | None = None
        self.chosen_at: StageArc | None = None
        self.path: LatticePath | None = None  # a path that is to be seen

    def point_at(self, arcs: frozenset[int], at: StageArc | None = None) -> None:
        """The pointer is on these arcs, or on ink of theirs."""
        if (arcs, at) != (self.pointed, self.pointed_at):
            self.pointed, self.pointed_at = arcs, at
            self.changed.emit()

    def choose(self, arc: int | None, at: StageArc | None = None) -> None:
        """The user wants to look at one arc, or at none."""
        if (arc, at) != (self.chosen, self.chosen_at):
            self.chosen, self.chosen_at = arc, at
            self.changed.emit()

    def follow(self, path: "LatticePath | None") -> None:
        """The user wants to see where a path leads."""
        if path is not self.path:
            self.path = path
            self.changed.emit()

    def clear(self) -> None:
        """Another lattice: old indices mean nothing."""
        if self.pointed or (self.pointed_at, self.chosen, self.chosen_at, self.path) != (None,) * 4:
            self.pointed, self.pointed_at = frozenset(), None
            self.chosen, self.chosen_at, self.path = None, None, None
            self.changed.emit()
