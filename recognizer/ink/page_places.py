"""Every stroke of a page to its line: the large ones make lines, dots, bars and accents join what they belong to."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from recognizer.errors import InputError
from recognizer.ink.page_lines import Heights, lines_of
from recognizer.ink.page_marks import bars
from recognizer.ink.pen_path import PenPath

MAX_LINES = 600  # of a page, what will be set aside among them
# Lengths in core heights.
_HIGH, _LONG = 0.5, 0.75  # strokes so high and of so long a path make lines
# Length of the pen's path of a line; what is less joins another, or is a line of that length far from all.
_LEAST, _SPECK = 1.3, 0.5
# How far from the middle of their line small strokes are, y down: mean and standard deviation; how far beside it, and in how
# many strokes' time before or after it.
_SMALL, _UP_DOWN, _BESIDE, _LATER = -0.2, 1.0, 2.0, 3
_ALONE = 2.6  # standard deviations from every line at which small strokes make one of their own


@dataclass(frozen=True)
class Places:
    """Which line the strokes of a page are in."""

    path: PenPath
    line: np.ndarray  # (n,) int: -1 of those that are set aside, and of specks
    heights: Heights

    @property
    def count(self) -> int:
        """Lines, those that have no stroke any more included."""
        return int(self.heights.line.max()) + 1 if len(self.heights.line) else 0

    @cached_property
    def bars(self) -> np.ndarray:
        """(n,) bool: see `page_marks.bars`."""
        return bars(self.path)

    @cached_property
    def letters(self) -> list[np.ndarray]:
        """Of each line the strokes (k,) that are no bars."""
        letters = np.flatnonzero((self.line >= 0) & ~self.bars)
        order = letters[np.argsort(self.line[letters], kind="stable")]
        return np.split(order, np.searchsorted(self.line[order], np.arange(1, self.count)))

    def off(self, strokes: np.ndarray, line: int) -> np.ndarray:
        """(k,) how far below the middle of a line the middles of these strokes are."""
        boxes = self.path.boxes[strokes]
        return self.heights.off(line, (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2)

    def offs(self, strokes: np.ndarray) -> np.ndarray:
        """(k, lines) the same of each line."""
        columns = [self.off(strokes, line) for line in range(self.count)]
        return np.stack(columns, 1) if columns else np.empty((len(strokes), 0))

    def spans(self) -> np.ndarray:
        """(lines, 2) left and right end."""
        boxes = self.path.boxes
        spans = np.tile([np.inf, -np.inf], (self.count, 1))
        placed = self.line >= 0
        np.minimum.at(spans[:, 0], self.line[placed], boxes[placed, 0])
        np.maximum.at(spans[:, 1], self.line[placed], boxes[placed, 2])
        return spans


def places_of(path: PenPath, aside: np.ndarray) -> Places:
    """The lines of the strokes that are not ``aside`` (n,); those of ``path`` are level. Raises InputError for more than a page."""
    size = path.boxes[:, 2:] - path.boxes[:, :2]
    large = (size[:, 1] > _HIGH) & (path.length > _LONG) & ~bars(path)
    none = np.empty(0)
    found = Places(path, np.full(len(aside), -1), Heights(none, none, none.astype(int), none))
    found = _with_lines(found, np.flatnonzero(large & ~aside), _LEAST)
    small = np.flatnonzero((found.line < 0) & ~aside)
    lines, far = _nearest(found, small)
    found.line[small[~far]] = lines[~far]
    return _with_lines(found, small[far], _SPECK)


def _with_lines(places: Places, strokes: np.ndarray, least: float) -> Places:
    """More lines, made of these strokes; of what makes lines of less than ``least`` path none, unless it is all there is."""
    lines, heights = lines_of(places.path, strokes)
    lengths = np.array([places.path.length[members].sum() for members in lines])
    long = np.flatnonzero(lengths >= min(least, lengths.max(initial=0.0)))
    line, before, now = places.line.copy(), places.count, places.heights
    if before + len(long) > MAX_LINES:
        raise InputError(
            f"This is more than a page: {before + len(long):,} lines. At most {MAX_LINES:,} are read at once."
        )
    for number, which in enumerate(long):
        line[lines[which]] = before + number
    kept = np.isin(heights.line, long)
    numbers = before + np.searchsorted(long, heights.line[kept])
    new = Heights(heights.x[kept], heights.y[kept], numbers, heights.weight[kept])
    return replace(places, line=line, heights=now.with_those_of(new))


def _nearest(places: Places, small: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(k,) the line that each of these strokes belongs to most likely, and whether it is far from all."""
    if not places.count or not len(small):
        return np.zeros(len(small), int), np.ones(len(small), bool)
    boxes, spans = places.path.boxes[small], places.spans()
    middle = (boxes[:, 0] + boxes[:, 2])[:, None] / 2
    beside = np.maximum(np.maximum(spans[:, 0] - middle, middle - spans[:, 1]), 0)
    first, last = np.full(places.count, len(places.line)), np.full(places.count, -1)
    placed = np.flatnonzero(places.line >= 0)
    np.minimum.at(first, places.line[placed], placed)
    np.maximum.at(last, places.line[placed], placed)
    later = np.minimum(np.maximum(np.maximum(first - small[:, None], small[:, None] - last), 0), _LATER) / _LATER
    cost = ((places.offs(small) - _SMALL) / _UP_DOWN) ** 2 + (beside / _BESIDE) ** 2 + 2 * later
    return cost.argmin(1), cost.min(1) > _ALONE**2
