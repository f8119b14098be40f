"""Where cuts lie on the ink, and what it takes to add, remove, move one or halve a piece: for pens and for pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from recognizer.ink import Ink
    from recognizer.page import PageSegments
    from recognizer.segments import Edit
    from ui.model.answer import Answer

Pieces = Sequence[np.ndarray]  # of each (k, 3) rows of stroke, first point, last point; none of gaps


@dataclass(frozen=True)
class CutPlace:
    """A cut between two pieces of ink, and where it is shown [px of the source]."""

    left: int
    right: int
    x: float  # half way between top and bottom
    top: float
    bottom: float
    lean: float = 0.0  # px to the right for each px up

    def x_at(self, y: float) -> float:
        """Where it crosses a row."""
        return self.x + self.lean * ((self.top + self.bottom) / 2 - y)


class Cutting(Protocol):
    """The cuts of one reading, left to right, and the edits of a person's that change them; none where that cannot be."""

    places: list[CutPlace]
    step: float  # px that a cut must go to part other ink

    def removal(self, cut: int) -> "list[Edit]":
        """The pieces on both sides become one."""

    def addition(self, x: float, y: float, reach: float) -> "list[Edit]":
        """A cut of the ink nearest to a position, as far as there is some within ``reach``."""

    def moving(self, cut: int, x: float, y: float) -> "list[Edit]":
        """A cut goes to where the ink of its two pieces is at a position."""

    def halving(self, cut: int | None) -> "list[Edit]":
        """A cut in the middle of the piece to the right of another, or of the first one."""


def cutting_of(answer: "Answer") -> Cutting | None:
    """The cuts of an answer; None where they cannot be changed."""
    from recognizer.page import PageSegments
    from recognizer.readers.recut import can_recut
    from ui.model.ink.document import ink_of

    segments = answer.reading.trace.segments
    if not can_recut(answer.reading):
        return None
    if isinstance(segments, PageSegments):
        return PageCutting(segments)
    return PenCutting(ink_of(answer.source), segments.pieces)  # type: ignore[attr-defined]


class PenCutting:
    """The cuts of strokes; a gap between words is one cut."""

    def __init__(self, ink: "Ink", pieces: Pieces) -> None:
        self._ink, self._pieces, self.step = ink, pieces, 0.0
        inked = [number for number, piece in enumerate(pieces) if len(piece)]
        self.places = [self._place(left, right) for left, right in pairwise(inked)]

    def removal(self, cut: int) -> "list[Edit]":
        """The stroke goes on, or the strokes on both sides belong together."""
        from recognizer.segments import Join

        place = self.places[cut]
        left, right = self._pieces[place.left], self._pieces[place.right]
        parted = _parted(left, right)
        if parted is not None:
            return [Join((parted[0], parted[1] - 1), parted)]
        return [Join((int(left[0, 0]), int(left[0, 1])), (int(right[0, 0]), int(right[0, 1])))]

    def addition(self, x: float, y: float, reach: float) -> "list[Edit]":
        """A cut at the nearest point; none at the end of a piece."""
        from recognizer.segments import Split

        found = [
            (float(distance.min()), stroke, first + int(distance.argmin()), first, last)
            for piece in self._pieces
            for stroke, first, last in piece.tolist()
            for distance in [np.hypot(*(self._ink.strokes[stroke][first : last + 1, :2] - (x, y)).T)]
        ]
        distance, stroke, point, first, last = min(found, default=(np.inf, 0, 0, 0, 0))
        return [Split((stroke, point))] if distance <= reach and first < point < last else []

    def moving(self, cut: int, x: float, y: float) -> "list[Edit]":
        """To where a stroke crosses ``x``, nearest to ``y``."""
        from recognizer.segments import Split

        place, crossings = self.places[cut], []
        for stroke, first, last in np.concatenate([self._pieces[place.left], self._pieces[place.right]]).tolist():
            points = self._ink.strokes[stroke][first : last + 2, :2]
            side = points[:, 0] < x
            crossings += [
                (abs(float(points[k + 1, 1]) - y), stroke, first + int(k) + 1)
                for k in np.flatnonzero(side[1:] != side[:-1])
            ]
        if not crossings:
            return []
        _, stroke, point = min(crossings)
        return [*self.removal(cut), Split((stroke, point))]

    def halving(self, cut: int | None) -> "list[Edit]":
        """In the middle of the longest stroke of it."""
        from recognizer.segments import Split

        piece = self._pieces[self.places[0].left if cut is None else self.places[cut].right]
        stroke, first, last = max(piece.tolist(), key=lambda row: row[2] - row[1])
        return [Split((stroke, (first + last + 1) // 2))] if last - first > 1 else []

    def _place(self, left: int, right: int) -> CutPlace:
        mine, next_ones = self._points(left), self._points(right)
        both = np.concatenate([mine, next_ones])
        parted = _parted(self._pieces[left], self._pieces[right])
        x = float(mine[:, 0].max() + next_ones[:, 0].min()) / 2
        if parted is not None:
            x = float(self._ink.strokes[parted[0]][parted[1], 0])
        return CutPlace(left, right, x, float(both[:, 1].min()), float(both[:, 1].max()))

    def _points(self, piece: int) -> np.ndarray:
        parts = self._pieces[piece].tolist()
        return np.concatenate([self._ink.strokes[stroke][first : last + 1] for stroke, first, last in parts])


def _parted(left: np.ndarray, right: np.ndarray) -> tuple[int, int] | None:
    """Stroke and point where one stroke goes on from one piece to the other, if one does."""
    for one, other in ((left, right), (right, left)):
        for stroke, _, last in one.tolist():
            for next_stroke, first, _ in other.tolist():
                if stroke == next_stroke and first == last + 1:
                    return stroke, first
    return None


class PageCutting:
    """The cuts of pixels; between dollars and cents that stand apart there is none to change."""

    def __init__(self, segments: "PageSegments") -> None:
        from recognizer.page.line import HEIGHT

        left, top = np.maximum(segments.boxes[:, :2].min(0) - 1, 0).astype(int)
        right, foot = (segments.boxes[:, 2:].max(0) + 2).astype(int)
        rows, columns = np.nonzero(segments.piece_map[top:foot, left:right] >= 0)
        self._rows, self._columns = rows + top, columns + left
        self._owners = segments.piece_map[self._rows, self._columns]
        self._lines = segments.lines
        self.step = float((self._lines[:, 3] - self._lines[:, 1]).max()) / HEIGHT
        inked = set(np.unique(self._owners).tolist())
        self.places = [self._place(cut) for cut in range(1, len(self._lines) - 1) if {cut - 1, cut} <= inked]

    def removal(self, cut: int) -> "list[Edit]":
        """All of both."""
        from recognizer.segments import Join

        place = self.places[cut]
        one, other = (int(np.argmax(self._owners == piece)) for piece in (place.left, place.right))
        return [Join(self._pixel(one), self._pixel(other))]

    def addition(self, x: float, y: float, reach: float) -> "list[Edit]":
        """A cut along the slant of the writing."""
        distance = np.hypot(self._columns + 0.5 - x, self._rows + 0.5 - y)
        nearest = int(distance.argmin())
        if distance[nearest] > reach:
            return []
        piece = int(self._owners[nearest])
        return self._split((piece,), x, y, self._lean(piece))

    def moving(self, cut: int, x: float, y: float) -> "list[Edit]":
        """Along the slant of the writing."""
        place = self.places[cut]
        split = self._split((place.left, place.right), x, y, place.lean)
        return [*self.removal(cut), *split] if split else []

    def halving(self, cut: int | None) -> "list[Edit]":
        """Where half of its ink is on either side."""
        piece = self.places[0].left if cut is None else self.places[cut].right
        ink = self._owners == piece
        return self._split(
            (piece,), float(np.median(self._columns[ink])) + 0.5, float(self._rows[ink].mean()), self._lean(piece)
        )

    def _place(self, cut: int) -> CutPlace:
        rows = self._rows[(self._owners == cut - 1) | (self._owners == cut)]
        top, bottom = float(rows.min()), float(rows.max() + 1)
        x, y, x_foot, foot = self._lines[cut].tolist()
        lean = self._lean(cut)
        return CutPlace(cut - 1, cut, (x + x_foot + lean * (y + foot - top - bottom)) / 2, top, bottom, lean)

    def _lean(self, cut: int) -> float:
        x, y, x_foot, foot = self._lines[cut].tolist()
        return (x - x_foot) / (foot - y)

    def _split(self, pieces: tuple[int, ...], x: float, y: float, lean: float) -> "list[Edit]":
        """Ink of some pieces is cut along a line through a position; nowhere where all of it is on one side."""
        from recognizer.segments import Split

        ink = np.flatnonzero(np.isin(self._owners, pieces))
        beyond = self._columns[ink] + 0.5 - x + lean * (self._rows[ink] + 0.5 - y)
        right = beyond >= 0
        if right.all() or not right.any():
            return []
        return [Split(self._pixel(int(ink[np.where(right, beyond, np.inf).argmin()])))]

    def _pixel(self, index: int) -> tuple[int, int]:
        return int(self._columns[index]), int(self._rows[index])
