"""The desk that is looked at, one of several: what follows it connects once, and hears of whichever desk it is."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal, SignalInstance

from ui.model.desk import Desk


class CurrentDesk(QObject):
    """Begins at the first desk. After ``switched`` the other signals follow, as all that they tell of is another desk's."""

    switched = Signal()
    changed = Signal()  # its answers
    highlighted = Signal()  # what is pointed at, chosen or followed in its lattice
    lit = Signal()  # the letter that is pointed at or gone to
    placed = Signal()  # where its source lies in the view

    def __init__(self, desks: Mapping[str, Desk]) -> None:
        super().__init__()
        self._desks = desks
        self.kind = next(iter(desks))
        for desk in desks.values():
            for theirs, mine in (
                (desk.changed, self.changed),
                (desk.highlight.changed, self.highlighted),
                (desk.light.changed, self.lit),
                (desk.viewport.changed, self.placed),
            ):
                theirs.connect(partial(self._pass_on, desk, mine))

    @property
    def desk(self) -> Desk:
        """The desk itself."""
        return self._desks[self.kind]

    def look_at(self, kind: str) -> None:
        """Go to another desk."""
        if kind != self.kind:
            self.kind = kind
            for signal in (self.switched, self.changed, self.highlighted, self.lit, self.placed):
                signal.emit()

    def _pass_on(self, desk: Desk, signal: SignalInstance) -> None:
        if desk is self.desk:
            signal.emit()
