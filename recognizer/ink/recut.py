"""Cuts as a person wants them: pieces of ink split at a point of a stroke, and joined."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from recognizer.segments import Edit, Point, Split


@dataclass(frozen=True)
class Part:
    """A stretch of a stroke's path: points, or samples of its trajectory, ``first`` to ``last`` - 1."""

    stroke: int
    first: int
    last: int

    def holds(self, point: Point) -> bool:
        """Is the point in it?"""
        return self.stroke == point[0] and self.first <= point[1] < self.last


Piece = tuple[Part, ...]


def edited(pieces: Sequence[Piece], edits: Sequence[Edit], middle: Callable[[Part], float]) -> tuple[Piece, ...]:
    """The pieces after some edits, one after the other: the path of a stroke is cut before a point, or pieces are joined. What
    concerns points that no piece holds changes nothing.

    ``middle``: the mean x of a part, by which the halves of a piece are put in order.
    """
    found = list(pieces)
    for edit in edits:
        if isinstance(edit, Split):
            number = _with(found, edit.at)
            if number is not None:
                found[number : number + 1] = _halves(found[number], edit.at, middle)
        else:
            ends = [_with(found, point) for point in (edit.one, edit.other)]
            if None not in ends:
                first, last = sorted(end for end in ends if end is not None)
                found[first : last + 1] = [_merged([part for piece in found[first : last + 1] for part in piece])]
    return tuple(found)


def _with(pieces: Sequence[Piece], point: Point) -> int | None:
    return next((k for k, piece in enumerate(pieces) if any(part.holds(point) for part in piece)), None)


def _halves(piece: Piece, at: Point, middle: Callable[[Part], float]) -> list[Piece]:
    """Two pieces in place of one, the left one first; other parts of it go to the nearer one."""
    cut = next(part for part in piece if part.holds(at))
    if at[1] == cut.first:  # it is cut there already
        return [piece]
    halves = [Part(cut.stroke, cut.first, at[1]), Part(cut.stroke, at[1], cut.last)]
    halves.sort(key=middle)
    middles = np.array([middle(half) for half in halves])
    groups: list[list[Part]] = [[half] for half in halves]
    for part in piece:
        if part is not cut:
            groups[int(np.abs(middles - middle(part)).argmin())].append(part)
    return [tuple(group) for group in groups]


def _merged(parts: Sequence[Part]) -> Piece:
    """Parts of one stroke that follow each other as one."""
    found: list[Part] = []
    for part in sorted(parts, key=lambda part: (part.stroke, part.first)):
        if found and found[-1].stroke == part.stroke and found[-1].last == part.first:
            found[-1] = Part(part.stroke, found[-1].first, part.last)
        else:
            found.append(part)
    return tuple(found)
