"""The ink of a sheet in connected patches, apart from printed rules (1998 paper, section X-B)."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from recognizer.errors import Blank, NothingToRead
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
    depth = _of_four(paper - grey)
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


def _of_four(image: np.ndarray) -> np.ndarray:
    """The mean (H, W) of each pixel, its neighbours above and to the left, and the one between these."""
    seen = np.pad(image, ((1, 0), (1, 0)), "symmetric")
    return (seen[1:, 1:] + seen[:-1, 1:] + seen[1:, :-1] + seen[:-1, :-1]) / 4


def _pen_depth(depth: np.ndarray) -> float:
    """How much darker than the paper strokes are [grey levels]; raises NothingToRead where nothing stands out."""
    dark = depth[depth > _FAINT]
    if len(dark) < _FEWEST_PIXELS:
        raise Blank("There is no writing here: the image is blank, or the ink is too faint to tell from the paper.")
    return float(np.quantile(dark, 0.8))


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
