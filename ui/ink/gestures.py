"""What a pointer does on the canvas, one class per gesture; a gesture ends in at most one command."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QUndoStack

from ui.model.ink.commands import AddStroke, EraseParts, EraseStrokes
from ui.model.ink.document import USUAL, InkDocument, Pen, Stroke
from ui.model.ink.geometry import rubbed, strokes_near
from ui.model.viewport import Viewport

ERASER_REACH = 8.0  # view px
HALF_DAY = 43_200.0  # s, well within what the times of ink can count


@dataclass(frozen=True)
class Sample:
    """One position of a pointer."""

    x: float  # source px
    y: float  # source px
    view_x: float
    view_y: float
    seconds: float
    pressure: float | None  # 0..1; None for a device that knows none


class Gesture(Protocol):
    """From press to release."""

    def move(self, sample: Sample) -> None:
        """The pointer is here now; the press itself is the first move."""

    def finish(self) -> None:
        """The pointer was lifted."""


def began(epoch: float | None, last: float, now: float) -> float:
    """The moment that times of ink are counted from [s], for a stroke that begins ``now``; ``last`` is the last time there was.

    Past half a day a pause counts as a second at most.
    """
    if epoch is None:
        return now
    return now - (last + 1) if last > HALF_DAY and now - epoch > last + 1 else epoch


class WriteGesture:
    """Lays down one stroke."""

    def __init__(self, document: InkDocument, undo: QUndoStack, pen: Pen = USUAL) -> None:
        self._document = document
        self._undo = undo
        self._pen = pen
        self.samples: list[Sample] = []

    def move(self, sample: Sample) -> None:
        """Add a point; time never runs backwards even where a device says so."""
        if self.samples and (sample.x, sample.y) == (self.samples[-1].x, self.samples[-1].y):
            return
        self.samples.append(sample)

    def finish(self) -> None:
        """The points become a stroke of the document."""
        self._undo.push(AddStroke(self._document, self.stroke()))

    def stroke(self) -> Stroke:
        """What was written until now."""
        import numpy as np

        points = np.array([(s.x, s.y, s.seconds) for s in self.samples], dtype=np.float32)
        points[:, 2] = np.maximum.accumulate(points[:, 2])
        known = [s.pressure for s in self.samples if s.pressure is not None]
        pressures = np.array(known, dtype=np.float32) if len(known) == len(points) else None
        return Stroke(points, pressures, pen=self._pen)


class EraseGesture:
    """Rubs out every stroke that it touches."""

    def __init__(self, document: InkDocument, undo: QUndoStack, viewport: Viewport) -> None:
        self._document = document
        self._undo = undo
        self._viewport = viewport
        self.touched: frozenset[Stroke] = frozenset()

    def move(self, sample: Sample) -> None:
        """Mark what is under the eraser."""
        strokes = self._document.strokes
        near = strokes_near(strokes, sample.x, sample.y, ERASER_REACH / self._viewport.placement.scale)
        self.touched |= {strokes[index] for index in near}

    def finish(self) -> None:
        """What was marked goes, in one step."""
        if self.touched:
            self._undo.push(EraseStrokes(self._document, self.touched))


class ErasePartsGesture:
    """Rubs out what it goes over."""

    def __init__(self, document: InkDocument, undo: QUndoStack, viewport: Viewport) -> None:
        self._document, self._undo, self._viewport = document, undo, viewport
        self._last: Sample | None = None
        self.left: dict[Stroke, tuple[Stroke, ...]] = {}  # of the strokes that were touched

    def move(self, sample: Sample) -> None:
        """From the last place to this one."""
        last, reach = self._last or sample, ERASER_REACH / self._viewport.placement.scale
        self._last = sample
        for stroke in self._document.strokes:
            before = self.left.get(stroke, (stroke,))
            after = tuple(
                part for each in before for part in rubbed(each, (last.x, last.y), (sample.x, sample.y), reach)
            )
            if after != before:
                self.left[stroke] = after

    def finish(self) -> None:
        """In one step."""
        if self.left:
            self._undo.push(EraseParts(self._document, self.left))


class PanGesture:
    """Moves the sheet under the pointer."""

    def __init__(self, viewport: Viewport) -> None:
        self._viewport = viewport
        self._last: Sample | None = None

    def move(self, sample: Sample) -> None:
        """Follow the pointer."""
        if self._last is not None:
            moved = self._viewport.placement.moved(sample.view_x - self._last.view_x, sample.view_y - self._last.view_y)
            self._viewport.place(moved)
        self._last = sample

    def finish(self) -> None:
        """Nothing is left to do."""
