"""What is pointed at and what is chosen: one model that ink, lattice and details all look at."""

from PySide6.QtCore import QObject, Signal


class Spotlight(QObject):
    """Arcs of the lattice that stand in the light."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.pointed: frozenset[int] = frozenset()
        self.chosen: int | None = None

    def point_at(self, arcs: frozenset[int]) -> None:
        """The pointer is on these arcs, or on ink of theirs."""
        if arcs != self.pointed:
            self.pointed = arcs
            self.changed.emit()

    def choose(self, arc: int | None) -> None:
        """The user wants to look at one arc, or at none."""
        if arc != self.chosen:
            self.chosen = arc
            self.changed.emit()

    def clear(self) -> None:
        """Another lattice: old indices mean nothing."""
        if self.pointed or self.chosen is not None:
            self.pointed, self.chosen = frozenset(), None
            self.changed.emit()
