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
_RULE = 48  # px: no stroke of a character runs straight so far
_LONG_RULE = 100  # px: nor does writing so far, even if a row up or down is the same
_SIDE, _THIN, _TOUCH = 16, 4, 2  # px: least length, most breadth and reach of the sides of boxes
_MOST_PATCHES = 2_000  # of ink: more is no cheque


@dataclass(frozen=True)
class Layout:
    """The ink of a sheet: ``patches`` (H, W) int32 numbers its connected patches from 1, rules apart; ``boxes`` (n, 4) int32 are
    theirs: left, top, right, foot; ``rules`` (H, W) bool: printed lines that run across or down; ``paper`` (H, W) float32: the
    brightness of the paper."""

    paper: np.ndarray
    patches: np.ndarray
    boxes: np.ndarray
    rules: np.ndarray


def lay_out(grey: np.ndarray) -> Layout:
    """The patches of ink of a sheet ``grey`` (H, W) uint8. Raises NothingToRead where there are none or too many."""
    paper = paper_level(grey, LETTER)
    depth = _depth(paper, grey)
    pen = _pen_depth(depth)
    ink = depth > _DIM * pen
    rules = _rules(ink)
    # A pen stroke that crosses a rule has ink right above and right below it: that ink stays.
    crossing = closed_down(ink & ~rules, 9) & ink
    patches = patches_with(ink & (~rules | crossing), depth > _DARK * pen)
    if patches.max() > _MOST_PATCHES:
        raise NothingToRead("This is no cheque: there are specks or patterns all over it.")
    boxes = [(x.start, y.start, x.stop, y.stop) for y, x in ndimage.find_objects(patches)]
    return Layout(paper, patches, np.array(boxes, np.int32).reshape(-1, 4), rules)


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


def _pen_depth(depth: np.ndarray) -> float:
    """How much darker than the paper strokes are [grey levels]; raises NothingToRead where nothing stands out."""
    if np.count_nonzero(depth > _FAINT) < _FEWEST_PIXELS:
        raise Blank("There is no writing here: the image is blank, or the ink is too faint to tell from the paper.")
    return depth_of(depth, 0.8, _FAINT)


def _rules(ink: np.ndarray) -> np.ndarray:
    """Where ink runs straight across or down for longer than characters do, or down from one rule to another: the sides of boxes."""
    across, down = _runs_of(ink, _RULE, 1), _runs_of(ink, _RULE, 0)
    leaning = highest(ink, 3, 0)
    across |= _runs_of(leaning, _LONG_RULE, 1) & ink
    leaning = highest(ink, 3, 1)
    sides, _ = ndimage.label(_runs_of(leaning, _SIDE, 0) & ink)
    touched = spread(across, 2 * _TOUCH + 1)
    for index, (rows, columns) in enumerate(ndimage.find_objects(sides), 1):
        thin = columns.stop - columns.start <= _THIN
        if thin and touched[rows.start, columns].any() and touched[rows.stop - 1, columns].any():
            down[rows, columns] |= sides[rows, columns] == index
    return spread(across | down, 3) & ink


def _runs_of(ink: np.ndarray, length: int, axis: int) -> np.ndarray:
    """Where ink runs straight along an axis for ``length`` px or more; a gap of two is none."""
    long = lowest(highest(ink, 3, axis), length, axis)
    return highest(long, length - length % 2 + 1, axis)


def around(boxes: np.ndarray) -> np.ndarray:
    """The box (4,) around boxes (n, 4)."""
    return np.concatenate([boxes[:, :2].min(0), boxes[:, 2:].max(0)])
