"""Printed and drawn lines that run on for longer than strokes of letters do: rulings, squares, margins, frames, underlines."""

import numpy as np
from scipy import ndimage

from recognizer.page.running import closed_down, highest, lowest

_STROKE = 12  # px: pieces of a rule are straight for so long at least
_THICK = 7  # px at most
_GAP = 25  # px: broken no wider
_ACROSS, _DOWN = 110, 220  # px: least length
_UNBROKEN = 0.85  # share of its length that has ink at least
_USUAL = 151  # px of a rule that its height is the median of
_TOUCH = 2  # px around a rule that are its blurred rim


def rules_of(ink: np.ndarray, strokes: np.ndarray) -> np.ndarray:
    """The pixels (H, W) bool of ``ink`` that are of lines across and down; where one of the ``strokes`` (H, W) bool crosses one, they stay
    the stroke's."""
    across, on_across = _across(ink, strokes, _ACROSS)
    down, on_down = (found.T for found in _across(ink.T, strokes.T, _DOWN))
    # A pen stroke that crosses a rule has ink right above and right below it: that ink stays.
    free, reach = strokes & ~across & ~down, 2 * _THICK + 1
    crossed = (across & closed_down(free, reach)) | (down & closed_down(free.T, reach).T)
    return ((across | down) & ~crossed) | (on_across & on_down & ink)


def _across(ink: np.ndarray, strokes: np.ndarray, least: int) -> tuple[np.ndarray, np.ndarray]:
    """(H, W) bool: the ink of rules across, and where they run, whatever is there."""
    long = _opened(ink, _STROKE, 1)
    thick = _opened(strokes, _THICK + 1, 0)
    thin = long & ~thick
    labels, _ = ndimage.label(highest(thin, _GAP, 1, "constant"), np.ones((3, 3)))
    labels[~thin] = 0
    rules, on_rules = np.zeros(ink.shape, bool), np.zeros(ink.shape, bool)
    for number, box in enumerate(ndimage.find_objects(labels), 1):
        if box and box[1].stop - box[1].start >= least:
            found = _along_one_line(labels[box] == number)
            near = _near(found, box, ink.shape[0])
            if near is not None and ink[near].any(0).mean() >= _UNBROKEN:
                rules[box] |= found
                on_rules[near] = True
    return highest(rules, 2 * _TOUCH + 1, 0, "constant") & ink & ~thick, on_rules


def _along_one_line(pieces: np.ndarray) -> np.ndarray:
    """Of pieces (h, w) bool those that lie where most do: letters on a rule have level strokes as well."""
    columns = np.flatnonzero(pieces.any(0))
    rows = np.arange(pieces.shape[0])[:, None]
    y = (pieces * rows).sum(0)[columns] / pieces.sum(0)[columns]
    usual = ndimage.median_filter(y, min(_USUAL, len(y)), mode="nearest")
    along = np.interp(np.arange(pieces.shape[1]), columns, usual)
    near: np.ndarray = pieces & (np.abs(rows - along) <= _TOUCH + 1)
    return near


def _near(found: np.ndarray, box: tuple[slice, slice], height: int) -> tuple[np.ndarray, np.ndarray] | None:
    """Rows (r, w) and columns (w,) right above, on and below the line that pieces ``found`` in a box lie on; None where there are none.

    Where they are of a rule, ink goes on there unbroken; arcs at the foot of letters lie in a row too.
    """
    pieces = np.flatnonzero(found.any(0))
    if not len(pieces):
        return None
    rows = np.arange(found.shape[0])[:, None]
    y = (found * rows).sum(0)[pieces] / found.sum(0)[pieces] + box[0].start
    columns = np.arange(box[1].start, box[1].stop)
    along = np.round(np.interp(columns, pieces + box[1].start, y)).astype(int)
    return np.clip(along + np.arange(-_TOUCH, _TOUCH + 1)[:, None], 0, height - 1), columns


def _opened(ink: np.ndarray, length: int, axis: int) -> np.ndarray:
    """Where ink runs along an axis for ``length`` px or more."""
    long = lowest(ink, length, axis, "constant")
    return highest(long, length - (length + 1) % 2 if length % 2 else length + 1, axis, "constant") & ink
