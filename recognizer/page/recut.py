"""Cuts as a person wants them: pieces of a line of writing split along a column, and joined."""

from collections.abc import Callable, Sequence

import numpy as np
from scipy import ndimage

from recognizer.kernels import kernel
from recognizer.segments import Edit, Point, Split

NONE = -1  # the piece where there is no ink
_BEYOND = 1 << 30  # px: where nothing is

Cell = tuple[int, int]  # row and column of the line


def edited(pieces: np.ndarray, inked: np.ndarray, edits: Sequence[Edit], cell: Callable[[Point], Cell]) -> np.ndarray:
    """The index (R, C) of the piece at each pixel of a line after some edits, one after the other; NONE where there is no ink.

    A piece is cut where its columns left of a point part from the others, or pieces are joined. ``cell`` tells where on the
    line a point of the page lies; what concerns points beyond it, or not ``inked`` (R, C) bool, changes nothing.
    """
    if not edits:
        return pieces
    rows, columns = ndimage.distance_transform_edt(pieces == NONE, return_distances=False, return_indices=True)
    # the pixel of a piece that each inked one belongs to
    known = np.where(inked, rows * pieces.shape[1] + columns, NONE)

    def piece_at(place: Cell) -> int:
        inside = 0 <= place[0] < pieces.shape[0] and 0 <= place[1] < pieces.shape[1]
        pixel = int(known[place]) if inside else NONE
        return NONE if pixel == NONE else int(pieces.flat[pixel])

    for edit in edits:
        if isinstance(edit, Split):
            place = cell(edit.at)
            pieces = _halved(pieces, piece_at(place), place[1])
        else:
            pieces = _joined(pieces, *sorted(piece_at(cell(point)) for point in (edit.one, edit.other)))
    return pieces


def _halved(pieces: np.ndarray, piece: int, column: int) -> np.ndarray:
    ink = pieces == piece
    right = ink & (np.arange(pieces.shape[1]) >= column)
    if piece == NONE or not right.any() or not (ink & ~right).any():
        return pieces
    return in_order(np.where(right, pieces.max() + 1, pieces))


def _joined(pieces: np.ndarray, first: int, last: int) -> np.ndarray:
    if NONE in (first, last):
        return pieces
    return in_order(np.where((pieces >= first) & (pieces <= last), first, pieces))


def in_order(pieces: np.ndarray) -> np.ndarray:
    """The same pieces (R, C), numbered from 0 from left to right by the middle of their columns."""
    ordered: np.ndarray = _ordered(pieces)
    return ordered


@kernel
def _ordered(pieces: np.ndarray) -> np.ndarray:
    left, right, _, _ = boxes_of(pieces)
    rank = np.empty(len(left), pieces.dtype)
    rank[np.argsort(left + right, kind="mergesort")] = np.arange(len(left))  # numbers without ink come last
    ordered = np.full(pieces.shape, NONE)
    for row in range(len(pieces)):
        for column in range(pieces.shape[1]):
            if pieces[row, column] >= 0:
                ordered[row, column] = rank[pieces[row, column]]
    return ordered


@kernel
def boxes_of(pieces: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Of the pieces (R, C) from 0 on columns ``left`` .. ``right`` - 1 and rows ``top`` .. ``foot`` - 1, each (n,) int; of one without
    ink far away."""
    count = pieces.max() + 1
    left, top = np.full(count, _BEYOND), np.full(count, _BEYOND)
    right, foot = np.full(count, _BEYOND), np.full(count, _BEYOND)
    for row in range(len(pieces)):
        for column in range(pieces.shape[1]):
            piece = pieces[row, column]
            if piece < 0:
                continue
            if top[piece] == _BEYOND:
                left[piece], top[piece], right[piece] = column, row, column + 1
            left[piece], right[piece], foot[piece] = min(left[piece], column), max(right[piece], column + 1), row + 1
    return left, right, top, foot
