"""The ink of a sheet in connected patches, apart from printed rules (1998 paper, section X-B)."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from recognizer.errors import Blank, NothingToRead
from recognizer.kernels import kernel
from recognizer.page.filters import depth_of
from recognizer.page.running import closed_down, highest, lowest, spread
from recognizer.page.separate import paper_level, patches_with

# Lengths in px of a sheet, whose width is 800.
LETTER = 24  # rows of large writing
_FAINT = 20  # grey levels: so much darker than the paper a pixel of ink is
_FEWEST_PIXELS = 40  # of ink on a sheet that is not blank
_DIM = 0.22  # share of the depth of the pen from which on pixels are ink
_DARK = 0.38  # and what a patch must reach somewhere
_PAPER, _STANDS_OUT = 0.8, 1.4  # share of a sheet that has no ink, and times as dark as the darkest of it that ink is
_RULE = 48  # px: no stroke of a character runs straight so far
_MOST, _THICK = 0.6, 4.5  # share of the ink above and below it that a rule is, and px that it is high at most
_LONG_RULE = 100  # px: nor does writing so far, even if a row up or down is the same
_SIDE, _THIN, _TOUCH = 16, 4, 2  # px: least length, most breadth and reach of the sides of boxes
_MOST_PATCHES = 2_000  # of ink: more is no cheque


@dataclass(frozen=True)
class Layout:
    """The ink of a sheet: ``patches`` (H, W) int32 numbers its connected patches from 1, rules apart; ``boxes`` (n, 4) int32 are
    theirs: left, top, right, foot; ``rules`` (H, W) bool: printed lines that run across or down; ``paper`` (H, W) float32: the
    brightness of the paper; ``patterned``: something is printed all over it that is nearly as dark as ink."""

    paper: np.ndarray
    patches: np.ndarray
    boxes: np.ndarray
    rules: np.ndarray
    patterned: bool


def lay_out(grey: np.ndarray) -> Layout:
    """The patches of ink of a sheet ``grey`` (H, W) uint8. Raises NothingToRead where there are none or too many."""
    paper = paper_level(grey, LETTER)
    depth = _depth(paper, grey)
    pattern = _STANDS_OUT * depth_of(depth, _PAPER, -np.inf)
    pen = _pen_depth(depth, pattern)
    ink = depth > max(_DIM * pen, pattern)
    rules = _rules(ink)
    # A pen stroke that crosses a rule has ink right above and right below it: that ink stays.
    crossing = closed_down(ink & ~rules, 9) & ink
    patches = patches_with(ink & (~rules | crossing), depth > max(_DARK * pen, _DARK / _DIM * pattern))
    if patches.max() > _MOST_PATCHES:
        raise NothingToRead("This is no cheque: there are specks or patterns all over it.")
    return Layout(paper, patches, boxes_of(patches, patches.max()), rules, patterned=pattern > _DIM * pen)


@kernel
def _depth(paper: np.ndarray, grey: np.ndarray) -> np.ndarray:
    """How much darker than the ``paper`` (H, W) float32 each pixel, its neighbours above and to the left, and the one between
    these are, in the mean, (H, W) float32."""
    depth = np.empty(paper.shape, np.float32)
    line = np.empty(paper.shape[1], np.float32)
    for row in range(len(paper)):
        above = max(row - 1, 0)
        for column in range(len(line)):
            line[column] = paper[row, column] - grey[row, column] + (paper[above, column] - grey[above, column])
        depth[row, 0] = line[0] / 2
        for column in range(1, len(line)):
            depth[row, column] = (line[column - 1] + line[column]) / 4
    return depth


def _pen_depth(depth: np.ndarray, pattern: float) -> float:
    """How much darker than the paper, and than its ``pattern``, strokes are [grey levels]; raises NothingToRead where nothing
    stands out."""
    if np.count_nonzero(depth > _FAINT) < _FEWEST_PIXELS:
        raise Blank("There is no writing here: the image is blank, or the ink is too faint to tell from the paper.")
    return depth_of(depth, 0.8, max(_FAINT, pattern))


def _rules(ink: np.ndarray) -> np.ndarray:
    """Where ink runs straight across or down for longer than characters do, or down from one rule to another: the sides of boxes."""
    leaning = highest(ink, 3, 0)
    across = _filling(ink, _runs_of(ink, _RULE, 1) | _runs_of(leaning, _LONG_RULE, 1))
    down = _filling(ink.T, _runs_of(ink, _RULE, 0).T).T
    leaning = highest(ink, 3, 1)
    sides, count = ndimage.label(_runs_of(leaning, _SIDE, 0) & ink)
    boxes = boxes_of(sides, count)
    reach = _reaching(boxes, spread(across, 2 * _TOUCH + 1)) & (boxes[:, 2] - boxes[:, 0] <= _THIN)
    return across | down | spread(np.append(False, reach)[sides], 3) & ink


def _filling(ink: np.ndarray, runs: np.ndarray) -> np.ndarray:
    """Those of the ``runs`` across (H, W) bool that are most of the ink (H, W) bool above and below them, with their rims, but for
    where a stroke lies on them or crosses them: rows of close letters have long runs too."""
    numbers, count = ndimage.label(runs & ink, np.ones((3, 3)))
    filled, high = _filled(numbers, count, ink)
    return _no_higher(numbers, np.where((filled >= _MOST) & (high <= _THICK), high + _TOUCH, 0), ink)


@kernel
def _no_higher(numbers: np.ndarray, most: np.ndarray, ink: np.ndarray) -> np.ndarray:
    """(H, W) bool: the columns of ink through patches, numbered from 1, that are no higher than the patch's ``most`` (count,) [px]."""
    found = np.zeros(ink.shape, np.bool_)
    for column in range(ink.shape[1]):
        row = 0
        while row < ink.shape[0]:
            top, high = row, 0.0
            while row < ink.shape[0] and ink[row, column]:
                if numbers[row, column]:
                    high = max(high, most[numbers[row, column] - 1])
                row += 1
            if row - top <= high:
                found[top:row, column] = True
            row += 1
    return found


@kernel
def _filled(numbers: np.ndarray, count: int, ink: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each patch that is numbered from 1 in an image (H, W), in the mean over its columns, (count,) the share of the column of
    ink through it that it has, and (count,) how high it is [px]."""
    filled, high, columns, last = np.zeros(count), np.zeros(count), np.zeros(count), np.full(count, -1)
    for column in range(ink.shape[1]):
        row = 0
        while row < ink.shape[0]:
            top = row
            while row < ink.shape[0] and ink[row, column]:
                row += 1
            for place in range(top, row):
                patch = numbers[place, column] - 1
                if patch >= 0:
                    filled[patch] += 1 / (row - top)
                    high[patch] += 1
                    columns[patch] += last[patch] != column
                    last[patch] = column
            row += 1
    return filled / columns, high / columns


@kernel
def _reaching(boxes: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Which boxes (n,) bool, each (4,), have some of a mask (H, W) in their first row and in their last."""
    reaching = np.empty(len(boxes), np.bool_)
    for index in range(len(boxes)):
        left, top, right, foot = boxes[index]
        reaching[index] = mask[top, left:right].any() and mask[foot - 1, left:right].any()
    return reaching


@kernel
def boxes_of(patches: np.ndarray, count: int) -> np.ndarray:
    """The boxes (count, 4) int32 of the patches 1 .. count that an image (H, W) numbers: left, top, right, foot."""
    boxes = np.zeros((count, 4), np.int32)
    boxes[:, :2] = 2**30
    for row in range(patches.shape[0]):
        for column in range(patches.shape[1]):
            patch = patches[row, column]
            if patch > 0:
                box = boxes[patch - 1]
                box[0], box[1] = min(box[0], column), min(box[1], row)
                box[2], box[3] = max(box[2], column + 1), max(box[3], row + 1)
    return boxes


def _runs_of(ink: np.ndarray, length: int, axis: int) -> np.ndarray:
    """Where ink runs straight along an axis for ``length`` px or more; a gap of two is none."""
    long = lowest(highest(ink, 3, axis), length, axis)
    return highest(long, length - length % 2 + 1, axis)


def around(boxes: np.ndarray) -> np.ndarray:
    """The box (4,) around boxes (n, 4)."""
    return np.concatenate([boxes[:, :2].min(0), boxes[:, 2:].max(0)])
