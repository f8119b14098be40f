"""Where cuts lie on the ink, and what it takes to add, remove or move one: pure functions of pieces and strokes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from recognizer.ink import Ink
    from recognizer.ink.recut import Edit

Pieces = Sequence[np.ndarray]  # of each (k, 3) rows of stroke, first point, last point; none of gaps


@dataclass(frozen=True)
class CutPlace:
    """A cut between two pieces of ink, and where it is shown [px of the source]."""

    left: int
    right: int
    x: float
    top: float
    bottom: float


def cut_places(ink: "Ink", pieces: Pieces) -> list[CutPlace]:
    """The cuts between neighbouring pieces of ink, left to right; a gap between words is one cut."""
    inked = [number for number, piece in enumerate(pieces) if len(piece)]
    places = []
    for left, right in pairwise(inked):
        mine, next_ones = _points(ink, pieces[left]), _points(ink, pieces[right])
        both = np.concatenate([mine, next_ones])
        parted = _parted(pieces[left], pieces[right])
        x = float(mine[:, 0].max() + next_ones[:, 0].min()) / 2
        if parted is not None:
            x = float(ink.strokes[parted[0]][parted[1], 0])
        places.append(CutPlace(left, right, x, float(both[:, 1].min()), float(both[:, 1].max())))
    return places


def _parted(left: np.ndarray, right: np.ndarray) -> tuple[int, int] | None:
    """Stroke and point where one stroke goes on from one piece to the other, if one does."""
    for one, other in ((left, right), (right, left)):
        for stroke, _, last in one.tolist():
            for next_stroke, first, _ in other.tolist():
                if stroke == next_stroke and first == last + 1:
                    return stroke, first
    return None


def _points(ink: "Ink", piece: np.ndarray) -> np.ndarray:
    return np.concatenate([ink.strokes[stroke][first : last + 1] for stroke, first, last in piece.tolist()])


def removal(pieces: Pieces, place: CutPlace) -> "list[Edit]":
    """The pieces on both sides become one."""
    from recognizer.ink.recut import Join

    left, right = pieces[place.left], pieces[place.right]
    parted = _parted(left, right)
    if parted is not None:
        return [Join((parted[0], parted[1] - 1), parted)]
    return [Join((int(left[0, 0]), int(left[0, 1])), (int(right[0, 0]), int(right[0, 1])))]


def addition(ink: "Ink", pieces: Pieces, x: float, y: float, reach: float) -> "list[Edit]":
    """A cut at the point of the ink nearest to a position; none where no ink is within ``reach``, or only an end of a piece."""
    from recognizer.ink.recut import Split

    found = [
        (float(distance.min()), stroke, first + int(distance.argmin()), first, last)
        for piece in pieces
        for stroke, first, last in piece.tolist()
        for distance in [np.hypot(*(ink.strokes[stroke][first : last + 1, :2] - (x, y)).T)]
    ]
    distance, stroke, point, first, last = min(found, default=(np.inf, 0, 0, 0, 0))
    return [Split((stroke, point))] if distance <= reach and first < point < last else []


def moving(ink: "Ink", pieces: Pieces, place: CutPlace, x: float, y: float) -> "list[Edit]":
    """The cut goes to where the ink of its two pieces crosses ``x``, nearest to ``y``; nowhere where it does not."""
    from recognizer.ink.recut import Split

    crossings = []
    for stroke, first, last in np.concatenate([pieces[place.left], pieces[place.right]]).tolist():
        points = ink.strokes[stroke][first : last + 2, :2]
        side = points[:, 0] < x
        crossings += [
            (abs(float(points[k + 1, 1]) - y), stroke, first + int(k) + 1)
            for k in np.flatnonzero(side[1:] != side[:-1])
        ]
    if not crossings:
        return []
    _, stroke, point = min(crossings)
    return [*removal(pieces, place), Split((stroke, point))]
