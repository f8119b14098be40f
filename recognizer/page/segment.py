"""Heuristic over-segmentation of a field (1998 paper, V-A): pieces of ink, and the runs of them that may be characters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from scipy import ndimage

from recognizer.errors import Blank, InputError
from recognizer.kernels import kernel
from recognizer.page.cuts import cut_lines
from recognizer.page.field import MORE_THAN_ONE, Field
from recognizer.page.inked import Inked
from recognizer.page.line import HEIGHT, TOP, NormalisedLine
from recognizer.page.page import Page
from recognizer.page.patches import connected
from recognizer.page.recut import NONE, Cell, boxes_of, edited, in_order
from recognizer.segments import Edit, Point, Segments

COLUMNS = 32  # of a segment's image
# What tells a character from a part of one or from several: lengths in heights of the line, pieces beyond one in fives.
FEATURES = ("width", "gap before", "gap after", "cut at the rim", "pieces")
_MOST_JOINED = 5  # pieces in a segment
_WIDEST = 1.5 * HEIGHT  # of a segment of several pieces
_WIDE_GAP = 0.5 * HEIGHT  # between pieces: evidence of two characters
_DEEPEST = 0.45 * HEIGHT  # rows of ink that a cut may cross
_SPECK = 2  # pixels of the normalised line: less is dirt; a point of a fine pen has two or three
MOST_PIECES = 40  # more is no amount
_LONGEST_LINE = 60 * HEIGHT  # columns: likewise


@dataclass(frozen=True)
class PageSegments(Segments):
    """Segments of a field of a page."""

    draw_map: Callable[[], np.ndarray]  # the piece map, which those who only read never look at
    # (C, 4) float32: where each cut runs, from the top of the writing to its foot: x, y, x, y [px of the page]
    lines: np.ndarray

    @cached_property
    def piece_map(self) -> np.ndarray:
        """(H, W) int16: index of the piece at each pixel of the page, -1 = no ink."""
        return self.draw_map()


def segment_page(page: Page, edits: Sequence[Edit] = ()) -> PageSegments:
    """Cut the line of writing on ``page`` into pieces, and change these by ``edits`` of a person's.

    Raises NothingToRead or InputError where the page holds no writing, or no line.
    """
    return segment_inked(page.inked, edits)


def segment_inked(source: Inked, edits: Sequence[Edit] = (), most: int = MOST_PIECES) -> PageSegments:
    """The same of a page whose ink is known; refused where it falls into more than ``most`` pieces."""
    field, ink = source.field, source.ink
    line = source.measured.line()
    pieces = edited(_pieces(line, most), line.darkness > 0, edits, partial(_cell, field, line))
    grown = _nearest(pieces, line.darkness)
    extents = _extents(pieces)
    first, last = _runs(extents.left, extents.right)
    runs = extents.joined(first, last)
    boxes = _on_page(pieces, line, field).joined(first, last)
    columns = _cut_columns(extents.left, extents.right)
    return PageSegments(
        cuts=field.page_x(line.page_x(columns)),
        first=first,
        last=last,
        boxes=np.stack([boxes.left, boxes.top, boxes.right, boxes.foot], 1),
        images=_images(line.darkness, grown, first, last, runs),
        features=_features(pieces, first, last, extents, runs),
        draw_map=lambda: field.on_page(_on_field(grown, line, ink.mask), source.shape, NONE),
        lines=lines_on_page(line, field, columns),
    )


def lines_on_page(line: NormalisedLine, field: Field, columns: np.ndarray) -> np.ndarray:
    """Top and foot of columns of a line: (n, 4) float32 x, y, x, y [px of the page]."""
    ends = [line.place_on_page(np.full(len(columns), row), columns) for row in (TOP, TOP + HEIGHT)]
    return np.stack([place for x, y in ends for place in (field.page_x(x), field.page_y(y))], 1)


def _cell(field: Field, line: NormalisedLine, point: Point) -> Cell:
    """Where on the line a pixel of the page lies; maybe outside its image."""
    column, row = ((place - start) // field.factor for place, start in zip(point, (field.left, field.top), strict=True))
    down, across = line.place_at(row + 0.5, column + 0.5)
    return int(np.floor(down)), int(np.floor(across))


@dataclass(frozen=True)
class _Extents:
    """Boxes of patches: columns ``left`` .. ``right`` - 1 and rows ``top`` .. ``foot`` - 1, or places between pixels."""

    left: np.ndarray
    right: np.ndarray
    top: np.ndarray
    foot: np.ndarray

    def joined(self, first: np.ndarray, last: np.ndarray) -> "_Extents":
        """The boxes around each run of patches ``first`` .. ``last`` - 1."""
        starts = np.concatenate([[0], np.cumsum(last - first)[:-1]])
        members = np.arange(starts[-1] + last[-1] - first[-1]) + np.repeat(first - starts, last - first)
        return _Extents(
            np.minimum.reduceat(self.left[members], starts),
            np.maximum.reduceat(self.right[members], starts),
            np.minimum.reduceat(self.top[members], starts),
            np.maximum.reduceat(self.foot[members], starts),
        )


def _pieces(line: NormalisedLine, most: int) -> np.ndarray:
    """Index (ROWS, W) int of the piece at each pixel of the line, left to right by the middle of the piece; -1 = none.

    Raises Blank where there are only specks, and InputError as soon as there are too many pieces for an amount.
    """
    if line.mask.shape[1] > _LONGEST_LINE:
        raise InputError(MORE_THAN_ONE)
    pieces, count = _cut_up(*connected(line.mask), most)
    if count > most:
        raise InputError(MORE_THAN_ONE)
    if not count:
        raise Blank("There is no writing here: only specks of dirt.")
    return in_order(pieces)


@kernel
def _cut_up(numbers: np.ndarray, boxes: np.ndarray, sizes: np.ndarray, most: int) -> tuple[np.ndarray, int]:
    """The pieces (ROWS, W) int of all patches but specks, in no order, and how many there are; it ends once they are more than ``most``."""
    pieces, count = np.full(numbers.shape, NONE), 0
    for index in range(len(sizes)):
        if sizes[index] >= _SPECK and count <= most:
            left, top, right, foot = boxes[index]
            patch = numbers[top:foot, left:right] == index + 1
            count = _part(pieces[top:foot, left:right], patch, cut_lines(patch, _DEEPEST), count)
    return pieces, count


@kernel
def _part(pieces: np.ndarray, patch: np.ndarray, lines: np.ndarray, count: int) -> int:
    """Number the parts of a ``patch`` (R, C) bool between cut ``lines`` (n, R) from ``count`` on, those with ink in them, and answer the
    number after the last; ``pieces`` (R, C) int takes them."""
    number = np.full(len(lines) + 1, -1)
    for is_seen in (False, True):  # the ink of each part is found, then numbered
        for row in range(len(patch)):
            for column in range(patch.shape[1]):
                if not patch[row, column]:
                    continue
                part = 0
                for line in range(len(lines)):
                    part += column >= lines[line, row]
                if is_seen:
                    pieces[row, column] = number[part]
                else:
                    number[part] = 0
        if not is_seen:
            for part in range(len(number)):
                if number[part] == 0:
                    number[part] = count
                    count += 1
    return count


def _nearest(pieces: np.ndarray, darkness: np.ndarray) -> np.ndarray:
    """The pieces grown over the soft rims of their strokes: each dark pixel goes to the nearest piece."""
    rows, columns = ndimage.distance_transform_edt(pieces < 0, return_distances=False, return_indices=True)
    grown: np.ndarray = np.where(darkness > 0, pieces[rows, columns], NONE)
    return grown


def _extents(pieces: np.ndarray) -> _Extents:
    return _Extents(*boxes_of(pieces))


@kernel
def _runs(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First piece and piece after the last of every run that may be one character."""
    runs = np.empty((2, _MOST_JOINED * len(left)), np.int32)
    count = 0
    for u in range(len(left)):
        start, end = left[u], right[u]
        for v in range(u, min(u + _MOST_JOINED, len(left))):
            if left[v] - end > _WIDE_GAP:
                break
            start, end = min(start, left[v]), max(end, right[v])
            if v == u or end - start <= _WIDEST:
                runs[0, count], runs[1, count] = u, v + 1
                count += 1
    return runs[0, :count].copy(), runs[1, :count].copy()


def _features(pieces: np.ndarray, first: np.ndarray, last: np.ndarray, extents: _Extents, runs: _Extents) -> np.ndarray:
    """What FEATURES names, (S, F) float32."""
    gaps = _gap_before(extents.left, extents.right)
    columns = [
        (runs.right - runs.left) / HEIGHT,
        gaps[first],
        gaps[last],
        _contact(pieces, first, last) / HEIGHT,
        (last - first - 1) / _MOST_JOINED,
    ]
    return np.stack(columns, 1).astype(np.float32)


@kernel
def _contact(pieces: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Rows (S,) in which ink of a segment touches ink of other pieces."""
    rows = np.zeros(len(first))
    count = pieces.max() + 1
    pairs = np.zeros((count, count))
    for line in pieces:
        for column in range(len(line) - 1):
            here, there = line[column], line[column + 1]
            if here >= 0 and there >= 0 and here != there:
                pairs[here, there] += 1
                pairs[there, here] += 1
    for segment in range(len(first)):
        for piece in range(first[segment], last[segment]):
            rows[segment] += pairs[piece, : first[segment]].sum() + pairs[piece, last[segment] :].sum()
    return rows


def _gap_before(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Paper before each piece and after the last, in heights of the line; 1 at both ends."""
    gaps = (left[1:] - np.maximum.accumulate(right)[:-1]) / HEIGHT
    return np.concatenate([[1.0], np.clip(gaps, -1, 1), [1.0]])


def _cut_columns(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Column of each cut: between its pieces, never moving back."""
    between = (np.maximum.accumulate(right)[:-1] + left[1:]) / 2
    return np.maximum.accumulate(np.concatenate([[left[0]], between, [right.max()]]))


def _images(
    darkness: np.ndarray, pieces: np.ndarray, first: np.ndarray, last: np.ndarray, runs: _Extents
) -> np.ndarray:
    """The ink of each segment alone, in a window of COLUMNS columns about its middle: (S, 1, ROWS, COLUMNS) float32."""
    images: np.ndarray = _windows(darkness, pieces, first, last, (runs.left + runs.right) // 2 - COLUMNS // 2)
    return images


@kernel
def _windows(
    darkness: np.ndarray, pieces: np.ndarray, first: np.ndarray, last: np.ndarray, left: np.ndarray
) -> np.ndarray:
    """See `_images`; ``left`` (S,): the first columns of the windows."""
    rows, columns = darkness.shape
    images = np.zeros((len(first), 1, rows, COLUMNS), np.float32)
    for segment in range(len(first)):
        for row in range(rows):
            for column in range(max(0, left[segment]), min(columns, left[segment] + COLUMNS)):
                if first[segment] <= pieces[row, column] < last[segment]:
                    images[segment, 0, row, column - left[segment]] = darkness[row, column]
    return images


def _on_page(pieces: np.ndarray, line: NormalisedLine, field: Field) -> _Extents:
    """The boxes of the pieces on the page [px], float."""
    rows, columns = (np.arange(count) + 0.5 for count in pieces.shape)
    left, top, right, foot = _ranges(pieces, *line.place_on_page(rows[:, None], columns), 0.5 / line.scale)
    return _Extents(field.page_x(left), field.page_x(right), field.page_y(top), field.page_y(foot))


@kernel
def _ranges(pieces: np.ndarray, x: np.ndarray, y: np.ndarray, reach: float) -> np.ndarray:
    """Left, top, right and foot (4, P) of the pieces (R, C), whose pixels have their middles at ``x`` (R, C) and ``y`` (R, 1) and go as
    far as ``reach`` from these."""
    ranges = np.full((4, pieces.max() + 1), np.inf)
    ranges[2:] = -np.inf
    for row in range(len(pieces)):
        for column in range(pieces.shape[1]):
            piece = pieces[row, column]
            if piece >= 0:
                ranges[0, piece] = min(ranges[0, piece], x[row, column] - reach)
                ranges[1, piece] = min(ranges[1, piece], y[row, 0] - reach)
                ranges[2, piece] = max(ranges[2, piece], x[row, column] + reach)
                ranges[3, piece] = max(ranges[3, piece], y[row, 0] + reach)
    return ranges


def _on_field(pieces: np.ndarray, line: NormalisedLine, mask: np.ndarray) -> np.ndarray:
    """The piece at each pixel of the field's ink, int16."""
    rows, columns = (np.floor(place).astype(int) for place in line.place_of(mask.shape))
    inside = mask & (rows >= 0) & (rows < pieces.shape[0]) & (columns >= 0) & (columns < pieces.shape[1])
    on_field = np.full(mask.shape, -1, np.int16)
    on_field[inside] = pieces[rows[inside], columns[inside]]
    return on_field
