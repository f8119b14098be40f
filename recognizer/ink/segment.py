"""Pen ink cut into pieces, and the runs of pieces that may be one character, each painted as an AMAP."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from recognizer.boxes import around, cuts_between
from recognizer.errors import InputError, NothingToRead
from recognizer.ink import amap
from recognizer.ink.arc_length import arc_lengths
from recognizer.ink.cuts import boxes_of, joins, line_height, reading_order
from recognizer.ink.ink import Ink
from recognizer.ink.recut import Part, Piece, edited
from recognizer.segments import Edit, Segments

ROWS, COLUMNS = 24, 24  # of a segment's picture
LINE = 16.0  # rows that the height of the line takes; the rest is for taller and wider characters
MARGIN = 1.5  # between a large segment and the border of its picture [pixels]; such a segment is made smaller
CHANNELS = amap.CHANNELS + 1  # the AMAP, and the ink around the segment that is not part of it
LONGEST = 5  # pieces in one segment
WIDEST = 2.4  # [line heights]; single pieces may be wider
GAP = 0.9  # [line heights] widest gap inside one character
MAX_STROKES = 200  # in one number
FEATURES = ("gap before", "gap after", "width", "height", "widest gap inside", "pen lifts")  # lengths in line heights


@dataclass(frozen=True)
class InkSegments(Segments):
    """Segments of pen ink. The last channel of ``images`` is the ink around the segment, the others are its AMAP."""

    pieces: tuple[np.ndarray, ...]  # piece i: (k, 3) int32 rows of stroke, first point, last point (inclusive)


def segment_ink(ink: Ink, edits: Sequence[Edit] = ()) -> InkSegments:
    """Pieces of ``ink`` from left to right, cut where that is found and changed by ``edits``, and all runs of them that may be one
    character.

    Scale is the line's, never a segment's own, so that a speck stays a speck. Raises NothingToRead for empty
    ink, InputError for a page of it.
    """
    if not ink.strokes:
        raise NothingToRead("There is no ink: write something first.")
    if len(ink.strokes) > MAX_STROKES:
        raise InputError(f"This is more than a number: {len(ink.strokes):,} strokes. Write at most {MAX_STROKES}.")
    strokes = [stroke[:, :2] for stroke in ink.strokes]
    height = line_height(boxes_of(strokes))
    pieces = edited(_pieces(strokes, height), edits, lambda part: float(_points(strokes, part)[:, 0].mean()))
    boxes = boxes_of([np.concatenate([_points(strokes, part) for part in piece]) for piece in pieces])
    first, last = _runs(boxes, height)
    segment_boxes = np.stack([around(boxes[u:v]) for u, v in zip(first, last, strict=True)])
    return InkSegments(
        cuts=cuts_between(boxes).astype(np.float32),
        first=first,
        last=last,
        boxes=segment_boxes,
        images=_images(strokes, pieces, first, last, segment_boxes, height),
        features=_features(boxes, pieces, first, last, segment_boxes, height),
        pieces=tuple(np.array([(p.stroke, p.first, p.last - 1) for p in piece], np.int32) for piece in pieces),
    )


def _pieces(strokes: list[np.ndarray], height: float) -> list[Piece]:
    """The pieces in reading order, each a part of one stroke."""
    pieces: list[Piece] = []
    for index in reading_order(boxes_of(strokes)):
        ends = [0, *joins(strokes[index], height), len(strokes[index])]
        inside = [Part(index, first, last) for first, last in pairwise(ends)]
        pieces += [(part,) for part in sorted(inside, key=lambda part: float(_points(strokes, part)[:, 0].mean()))]
    return pieces


def _points(strokes: list[np.ndarray], part: Part) -> np.ndarray:
    return strokes[part.stroke][part.first : part.last]


def _runs(boxes: np.ndarray, height: float) -> tuple[np.ndarray, np.ndarray]:
    """First and last cut of the runs of pieces that are neither too long nor too wide and hold no wide gap."""
    runs = []
    for start in range(len(boxes)):
        runs.append((start, start + 1))
        for end in range(start + 2, min(start + LONGEST, len(boxes)) + 1):
            box = around(boxes[start:end])
            gap = boxes[end - 1, 0] - boxes[start : end - 1, 2].max()
            if gap > GAP * height:
                break
            if box[2] - box[0] <= WIDEST * height:
                runs.append((start, end))
    first, last = np.array(runs, np.int32).T
    return first, last


def _images(
    strokes: list[np.ndarray],
    pieces: Sequence[Piece],
    first: np.ndarray,
    last: np.ndarray,
    boxes: np.ndarray,
    height: float,
) -> np.ndarray:
    """Pictures (S, CHANNELS, ROWS, COLUMNS) of the segments, each with the middle of its box in the middle."""
    scale = LINE / height
    positions, paints = _painted(strokes, pieces, height, amap.SPACING / scale)
    ends = np.cumsum([0, *map(len, positions)])
    position, paint = np.concatenate(positions), np.concatenate(paints) * np.float32(scale)
    images = np.zeros((len(first), CHANNELS, ROWS, COLUMNS), np.float32)
    middle = np.array([(COLUMNS - 1) / 2, (ROWS - 1) / 2], np.float32)
    for i, (left, top, right, bottom) in enumerate(boxes):
        shrink = min(
            1.0,
            (COLUMNS - 1 - 2 * MARGIN) / max((right - left) * scale, 1e-6),
            (ROWS - 1 - 2 * MARGIN) / max((bottom - top) * scale, 1e-6),
        )
        centre = np.array([(left + right) / 2, (top + bottom) / 2], np.float32)
        placed = (position - centre) * np.float32(scale * shrink) + middle
        own = slice(ends[first[i]], ends[last[i]])
        images[i, :-1] = amap.paint(placed[own], paint[own] * np.float32(shrink), ROWS, COLUMNS)
        around = np.ones(len(placed), bool)
        around[own] = False
        near = np.flatnonzero(around & (placed > -2).all(axis=1) & (placed < (COLUMNS + 1, ROWS + 1)).all(axis=1))
        if len(near):
            ink = paint[near, : amap.ORIENTATIONS].sum(axis=1, keepdims=True) * np.float32(shrink)
            images[i, -1:] = amap.paint(placed[near], ink, ROWS, COLUMNS)
    return images


def _painted(
    strokes: list[np.ndarray], pieces: Sequence[Piece], height: float, spacing: float
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Points (n, 2) and what they paint (n, 5), for each piece; a stroke's trajectory is computed once and then cut."""
    trajectories = [amap.trajectory(stroke, height, spacing) for stroke in strokes]
    positions, paints = [], []
    for piece in pieces:
        inside = [(trajectories[part.stroke], _stretch(strokes, trajectories, part)) for part in piece]
        positions.append(np.concatenate([whole.position[stretch] for whole, stretch in inside]))
        paints.append(np.concatenate([whole.paint[stretch] for whole, stretch in inside]))
    return positions, paints


def _stretch(strokes: list[np.ndarray], trajectories: list[amap.Trajectory], part: Part) -> slice:
    """The samples of a trajectory that a part of its stroke becomes, one at least."""
    whole = trajectories[part.stroke]
    arc = arc_lengths(strokes[part.stroke].astype(np.float64))
    start = np.searchsorted(whole.arc, arc[part.first]) if part.first else 0
    end = np.searchsorted(whole.arc, arc[part.last]) if part.last < len(arc) else len(whole.arc)
    return slice(min(start, len(whole.arc) - 1), max(end, start + 1))


def _features(
    boxes: np.ndarray,
    pieces: Sequence[Piece],
    first: np.ndarray,
    last: np.ndarray,
    segment_boxes: np.ndarray,
    height: float,
) -> np.ndarray:
    """What FEATURES names, (S, F) float32; the gap at an end of the ink counts as one line height."""
    rows = []
    for u, v, box in zip(first, last, segment_boxes, strict=True):
        before = box[0] - boxes[:u, 2].max() if u else height
        after = boxes[v:, 0].min() - box[2] if v < len(boxes) else height
        inside = [boxes[i, 0] - boxes[u:i, 2].max() for i in range(u + 1, v)]
        written = [part.stroke for piece in pieces[u:v] for part in piece]
        lifts = sum(one != other for one, other in pairwise(written))
        lengths = (before, after, box[2] - box[0], box[3] - box[1], max(inside, default=0.0))
        rows.append([*(length / height for length in lengths), lifts])
    return np.array(rows, np.float32)
