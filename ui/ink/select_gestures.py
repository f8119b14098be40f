"""Selecting with a lasso, and moving and scaling what is selected."""

from collections.abc import Callable
from enum import Enum
from functools import partial

from PySide6.QtGui import QUndoStack

from ui.ink.gestures import Gesture, Sample
from ui.model.ink.commands import ReplaceStrokes
from ui.model.ink.document import InkDocument
from ui.model.ink.geometry import FARTHEST, Box, Similarity, scaling, strokes_inside, strokes_near
from ui.model.ink.selection import Selection
from ui.model.viewport import Placement, Viewport

TAP = 6.0  # view px: a pointer that goes no further has only tapped
TAP_REACH = 10.0  # view px
PADDING = 8.0  # view px between the selected ink and its frame
HANDLE = 5.0  # view px: half the side of a corner's handle
GRIP = 14.0  # view px: so near to a corner counts as on it
SMALLEST, LARGEST = 0.1, 10.0  # of one scaling


class LassoGesture:
    """Selects what it goes around, or the stroke that was tapped."""

    def __init__(self, document: InkDocument, selection: Selection, viewport: Viewport, adds: bool) -> None:
        self._document, self._selection, self._viewport = document, selection, viewport
        self._before = selection.strokes if adds else frozenset()
        self.samples: list[Sample] = []

    def move(self, sample: Sample) -> None:
        """Draw the noose."""
        self.samples.append(sample)

    def finish(self) -> None:
        """Close it."""
        import numpy as np

        strokes, first = self._document.strokes, self.samples[0]
        if all(abs(s.view_x - first.view_x) + abs(s.view_y - first.view_y) < TAP for s in self.samples):
            found = strokes_near(strokes, first.x, first.y, TAP_REACH / self._viewport.placement.scale)[-1:]
        else:
            found = strokes_inside(strokes, np.array([(s.x, s.y) for s in self.samples]))
        self._selection.choose(self._before | {strokes[index] for index in found})


class TransformGesture:
    """Drags the selection or a corner of its frame: ``towards`` tells what that comes to, from the first place and the last."""

    def __init__(
        self,
        document: InkDocument,
        undo: QUndoStack,
        selection: Selection,
        towards: Callable[[Sample, Sample], Similarity],
        text: str,
    ) -> None:
        self._document, self._undo, self._selection = document, undo, selection
        self._towards, self._text = towards, text
        self._from: Sample | None = None
        self.similarity = Similarity()

    def move(self, sample: Sample) -> None:
        """Follow the pointer."""
        self._from = self._from or sample
        self.similarity = self._towards(self._from, sample)

    def finish(self) -> None:
        """One step, if anything has moved."""
        transform(self._document, self._undo, self._selection, self.similarity, self._text)


def moving(start: Sample, end: Sample) -> Similarity:
    """From one place to the other."""
    return Similarity(1.0, end.x - start.x, end.y - start.y)


def scaling_about(fixed: tuple[float, float], start: Sample, end: Sample) -> Similarity:
    """So that ``start`` comes near ``end``, along the line from ``fixed`` [source px], which stays."""
    x, y = start.x - fixed[0], start.y - fixed[1]
    along = (end.x - fixed[0]) * x + (end.y - fixed[1]) * y
    return scaling(min(max(along / max(x * x + y * y, 1e-9), SMALLEST), LARGEST), *fixed)


def transform(document: InkDocument, undo: QUndoStack, selection: Selection, similarity: Similarity, text: str) -> None:
    """Move or scale the selection in one step that can be undone; not beyond where ink ends."""
    box = selection.box
    if box is None or similarity == Similarity():
        return
    if max(map(abs, similarity.of_box(box))) < FARTHEST:
        others = {stroke: similarity.of(stroke) for stroke in selection.in_order}
        undo.push(ReplaceStrokes(document, selection, others, text))


def frame(box: Box, placed: Placement) -> Box:
    """The frame around a selection [view px]."""
    left, top = placed.to_view(box[0], box[1])
    right, bottom = placed.to_view(box[2], box[3])
    return left - PADDING, top - PADDING, right + PADDING, bottom + PADDING


class Grip(Enum):
    """What a pointer that goes down there takes hold of."""

    FALLING = "corners of the falling diagonal"  # left top, right bottom
    RISING = "corners of the rising diagonal"
    INSIDE = "the selection itself"


def grip_at(selection: Selection, placed: Placement, x: float, y: float) -> tuple[Grip | None, tuple[float, float]]:
    """What is at a place [view px], and the corner opposite [source px] where it is one."""
    box = selection.box
    if box is None:
        return None, (0.0, 0.0)
    left, top, right, bottom = frame(box, placed)
    for corner_x, corner_y, grip, opposite in (
        (left, top, Grip.FALLING, (box[2], box[3])),
        (right, top, Grip.RISING, (box[0], box[3])),
        (left, bottom, Grip.RISING, (box[2], box[1])),
        (right, bottom, Grip.FALLING, (box[0], box[1])),
    ):
        if max(abs(x - corner_x), abs(y - corner_y)) <= GRIP:
            return grip, opposite
    return Grip.INSIDE if left <= x <= right and top <= y <= bottom else None, (0.0, 0.0)


def select_gesture(
    document: InkDocument,
    undo: QUndoStack,
    selection: Selection,
    viewport: Viewport,
    at: tuple[float, float],
    adds: bool,
) -> Gesture:
    """What a pointer that goes down at ``at`` [view px] does: drag a corner, drag the selection, or draw a lasso."""
    grip, opposite = grip_at(selection, viewport.placement, *at)
    if grip is None or adds:
        return LassoGesture(document, selection, viewport, adds)
    if grip is Grip.INSIDE:
        return TransformGesture(document, undo, selection, moving, "move")
    return TransformGesture(document, undo, selection, partial(scaling_about, opposite), "scale")
