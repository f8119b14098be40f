"""The ink of a sheet in connected patches, apart from printed rules (1998 paper, section X-B)."""

from dataclasses import dataclass

import numpy as np

from recognizer.errors import Blank, NothingToRead
from recognizer.kernels import kernel
from recognizer.page.filters import depth_of
from recognizer.page.patches import connected_with
from recognizer.page.printed_rules import rules_of
from recognizer.page.running import closed_down
from recognizer.page.separate import paper_level

# Lengths in px of a sheet, whose width is 800.
LETTER = 24  # rows of large writing
_FAINT = 20  # grey levels: so much darker than the paper a pixel of ink is
_FEWEST_PIXELS = 40  # of ink on a sheet that is not blank
_DIM = 0.22  # share of the depth of the pen from which on pixels are ink
_DARK = 0.38  # and what a patch must reach somewhere
_PAPER, _STANDS_OUT = 0.8, 1.4  # share of a sheet that has no ink, and times as dark as the darkest of it that ink is
_MOST_PATCHES = 2_000  # of ink: more is no cheque


@dataclass(frozen=True)
class Layout:
    """The ink of a sheet: ``patches`` (H, W) int32 numbers its connected patches from 1, rules apart; ``boxes`` (n, 4) int32 are theirs:
    left, top, right, foot, and ``sizes`` (n,) int32 their pixels; ``rules`` (H, W) bool: printed lines that run across or down; ``paper``
    (H, W) float32: the brightness of the paper; ``patterned``: something is printed all over it that is nearly as dark as ink."""

    paper: np.ndarray
    patches: np.ndarray
    boxes: np.ndarray
    sizes: np.ndarray
    rules: np.ndarray
    patterned: bool


def lay_out(grey: np.ndarray) -> Layout:
    """The patches of ink of a sheet ``grey`` (H, W) uint8. Raises NothingToRead where there are none or too many."""
    paper = paper_level(grey, LETTER)
    depth = _depth(paper, grey)
    pattern = _STANDS_OUT * depth_of(depth, _PAPER, -np.inf)
    pen = _pen_depth(depth, pattern)
    ink = depth > max(_DIM * pen, pattern)
    rules = rules_of(ink)
    # A pen stroke that crosses a rule has ink right above and right below it: that ink stays.
    crossing = closed_down(ink & ~rules, 9) & ink
    patches = connected_with(ink & (~rules | crossing), depth > max(_DARK * pen, _DARK / _DIM * pattern))
    if len(patches.sizes) > _MOST_PATCHES:
        raise NothingToRead("This is no cheque: there are specks or patterns all over it.")
    return Layout(paper, *patches, rules, patterned=pattern > _DIM * pen)


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


@kernel
def around(boxes: np.ndarray) -> np.ndarray:
    """As `recognizer.boxes.around`, compiled: the words of a cheque ask for it hundreds of times."""
    box = boxes[0].copy()
    for left, top, right, foot in boxes:
        box[0], box[1], box[2], box[3] = min(box[0], left), min(box[1], top), max(box[2], right), max(box[3], foot)
    return box
