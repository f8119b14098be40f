"""Where on a cheque its amount stands in words: the line of writing below the courtesy amount (beyond the 1998 paper)."""

import numpy as np
from scipy import ndimage

from recognizer.page.layout import LETTER, Layout, around

_NEXT = 0.08, 0.24  # of the sheet's height below the middle of the amount: where the middle of the next line may be
_END = 0.8  # of the sheet's width: what begins further right is print
_SPECK = 6  # pixels: less is dirt
_HIGH = 72  # px of a letter, whatever it touches
_REACH = 0.75 * LETTER  # px between the middles of a letter and of its line
_SHORTEST = 0.1  # of the sheet's width that a line covers at least


def find_legal_line(layout: Layout, amount: np.ndarray) -> np.ndarray | None:
    """The patches (n,) of the line of words below the courtesy ``amount`` (4,), None where there is none."""
    height, width = layout.patches.shape
    middle = (amount[1] + amount[3]) / 2
    top, foot = (min(height, round(middle + share * height)) for share in _NEXT)
    ink = (layout.patches[top:foot, : round(_END * width)] > 0).sum(1)
    if not len(ink):
        return None
    line = top + int(np.argmax(ndimage.uniform_filter1d(ink, LETTER // 2, mode="constant")))
    left, upper, _, lower = layout.boxes.T
    near = np.abs((upper + lower) / 2 - line) <= _REACH
    members = near & (left < _END * width) & (layout.sizes >= _SPECK) & (lower - upper <= _HIGH)
    patches = 1 + np.flatnonzero(members)
    if not len(patches) or np.ptp(around(layout.boxes[members])[[0, 2]]) < _SHORTEST * width:
        return None
    return patches
