"""Cuts as a person wants them: pieces of a line split at a point of a stroke, and joined."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from recognizer.ink.word_cuts import Part, Pieces

Point = tuple[int, int]  # a stroke of the ink, and a point of it


@dataclass(frozen=True)
class Split:
    """The path of a stroke is cut before a point."""

    at: Point


@dataclass(frozen=True)
class Join:
    """The pieces that hold two points are one."""

    one: Point
    other: Point


Edit = Split | Join


def edited(pieces: Pieces, edits: Sequence[Edit], strokes: Sequence[int], arcs: Sequence[np.ndarray]) -> Pieces:
    """The pieces after some edits, one after the other; those of other ``strokes`` (of the ink) change nothing.

    ``arcs``: for each stroke how far along its path each of its points lies.
    """

    def sample_of(point: Point) -> tuple[int, int] | None:
        stroke, number = point
        if stroke not in strokes:
            return None
        here = list(strokes).index(stroke)
        along, place = pieces.paths[here].arc, arcs[here][min(number, len(arcs[here]) - 1)]
        return here, max(int(np.searchsorted(along, place, side="right")) - 1, 0)

    for edit in edits:
        if isinstance(edit, Split):
            at = sample_of(edit.at)
            pieces = pieces if at is None else _split(pieces, *at)
        else:
            one, other = sample_of(edit.one), sample_of(edit.other)
            pieces = pieces if one is None or other is None else _joined(pieces, one, other)
    return pieces


def _piece_with(pieces: Pieces, stroke: int, sample: int) -> int:
    """The piece that a sample of a stroke belongs to: every sample is in one."""
    return next(
        number
        for number, parts in enumerate(pieces.parts)
        if any(part.stroke == stroke and part.first <= sample < part.last for part in parts)
    )


def _split(pieces: Pieces, stroke: int, sample: int) -> Pieces:
    """Two pieces in place of one, the left one first; other parts of it go to the nearer one."""
    number = _piece_with(pieces, stroke, sample)
    parts = pieces.parts[number]
    cut = next(part for part in parts if part.stroke == stroke and part.first <= sample < part.last)
    if sample == cut.first:  # it is cut there already
        return pieces
    halves = [Part(stroke, cut.first, sample), Part(stroke, sample, cut.last)]
    middles = [_middle(pieces, half) for half in halves]
    groups: list[list[Part]] = [[half] for half in halves]
    for part in parts:
        if part is not cut:
            groups[int(np.argmin([abs(_middle(pieces, part) - middle) for middle in middles]))].append(part)
    if middles[0] > middles[1]:
        groups.reverse()
    return _with(pieces, number, number + 1, groups)


def _joined(pieces: Pieces, one: tuple[int, int], other: tuple[int, int]) -> Pieces:
    """One piece in place of two and of all between them."""
    first, last = sorted((_piece_with(pieces, *one), _piece_with(pieces, *other)))
    return _with(pieces, first, last + 1, [[part for parts in pieces.parts[first : last + 1] for part in parts]])


def _with(pieces: Pieces, first: int, end: int, groups: Sequence[Sequence[Part]]) -> Pieces:
    made = tuple(tuple(_merged(group)) for group in groups)
    return replace(pieces, parts=(*pieces.parts[:first], *made, *pieces.parts[end:]))


def _merged(parts: Sequence[Part]) -> list[Part]:
    """Parts of one stroke that follow each other as one."""
    found: list[Part] = []
    for part in sorted(parts, key=lambda part: (part.stroke, part.first)):
        if found and found[-1].stroke == part.stroke and found[-1].last == part.first:
            found[-1] = Part(part.stroke, found[-1].first, part.last)
        else:
            found.append(part)
    return found


def _middle(pieces: Pieces, part: Part) -> float:
    return float(pieces.paths[part.stroke].position[part.first : part.last, 0].mean())
