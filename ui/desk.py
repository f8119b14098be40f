"""A desk: one source of writing with its view transform, what was read of it, and what stands in the light."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPainter

from ui.spotlight import Spotlight
from ui.viewport import Viewport

if TYPE_CHECKING:
    from recognizer.readers.reading import Reading
    from recognizer.readers.reread import Constraints
    from ui.lattice.lattice import Lattice


PATIENCE = 300  # ms from a change to the moment when the last answer is shown as out of date


class SegmentInk(Protocol):
    """The ink of a source by its pieces; one implementation for pens, one for pages."""

    def pieces_at(self, x: float, y: float, reach: float) -> frozenset[int]:
        """The pieces within ``reach`` of a position [px of the source]."""

    def draw(self, painter: QPainter, first: int, last: int, colour: str) -> None:
        """Draw pieces first .. last - 1 in one colour; the painter is in source coordinates."""


@dataclass(frozen=True)
class Answer:
    """A reading with what the views need of it; all of it is made off the GUI thread."""

    reading: "Reading"
    lattice: "Lattice"
    ink: SegmentInk


class Desk(QObject):
    """State that views observe. ``answer`` is the last one; while ``stale`` the source has changed since.

    A reading that comes soon takes the place of the last one without a flicker; one that does not makes the desk ``late``.
    """

    changed = Signal()

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.viewport = Viewport()
        self.spotlight = Spotlight()
        self.answer: Answer | None = None
        self.sentence = ""  # why there is no answer, where there is a reason to tell
        self.stale = False
        self.late = False
        self.constraints: Constraints | None = None  # that the answer was decoded under
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._be_late)

    def expect(self) -> None:
        """A reading is under way; what is shown is no longer true of the source."""
        self.stale = True
        self.spotlight.clear()
        self._patience.start()

    def _be_late(self) -> None:
        self.late = True
        self.changed.emit()

    def _settle(self, answer: Answer | None, sentence: str) -> None:
        self._patience.stop()
        self.constraints = None
        self.answer, self.sentence, self.stale, self.late = answer, sentence, False, False
        self.spotlight.clear()
        self.changed.emit()

    def show(self, answer: Answer) -> None:
        """A reading has come."""
        self._settle(answer, "")

    def revise(self, answer: Answer, constraints: "Constraints | None") -> None:
        """The same ink decoded again under conditions: segments are what they were, and so is the chosen one."""
        chosen, at = self.spotlight.chosen, self.spotlight.chosen_at
        self.constraints, self.answer = constraints, answer
        self.spotlight.clear()
        if at is not None and at.stage >= len(answer.lattice.stages) - 2:  # its graph was made anew
            at = None
        self.spotlight.choose(chosen, at)
        self.changed.emit()

    def show_nothing(self, sentence: str = "") -> None:
        """There is nothing to show, and perhaps a reason."""
        self._settle(None, sentence)
