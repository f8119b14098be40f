"""What was read of a source, with what the views need of it."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtGui import QPainter

if TYPE_CHECKING:
    from recognizer.readers.letters import Letter
    from recognizer.readers.reading import Reading
    from ui.model.lattice.lattice import Lattice


class SegmentInk(Protocol):
    """The ink of a source by its pieces; one implementation for pens, one for pages."""

    def pieces_at(self, x: float, y: float, reach: float) -> frozenset[int]:
        """The pieces within ``reach`` of a position [px of the source]."""

    def draw(self, painter: QPainter, first: int, last: int, colour: str) -> None:
        """Draw pieces first .. last - 1 in one colour; the painter is in source coordinates."""

    def strokes_in(self, first: int, last: int) -> frozenset[int]:
        """The strokes that pieces first .. last - 1 were written with; none where there are no strokes."""


@dataclass(frozen=True, eq=False)
class Answer:
    """A reading with what the views need of it; all of it is made off the GUI thread."""

    reading: "Reading"
    lattice: "Lattice"
    ink: SegmentInk
    source: Any = None  # what was read: the strokes of a line, or a page

    @cached_property
    def letters(self) -> "tuple[Letter, ...]":
        """The characters of the reading."""
        from recognizer.readers.letters import letters_of

        return letters_of(self.reading)


@dataclass(frozen=True)
class Answered:
    """What came of a source that is read in parts: lines from top to bottom, or one page."""

    answers: tuple[Answer, ...]
    unread: int = 0  # parts that there was nothing to read in
    aside: frozenset[Any] = frozenset()  # strokes that are in no part: no writing
    seconds: float = 0.0  # that it took, from the look for parts to the last of them; what was known costs nothing
