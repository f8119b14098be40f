"""Lines whose writing is of several sizes: those of small writing, as print is, are looked for again at their own."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from recognizer.page.text.joining import joined
from recognizer.page.text.parting import parted
from recognizer.page.text.patches import TextPatches, patches_of
from recognizer.page.text.ridges import Ridge, ridges_of

_SMALLER = 0.65  # of the core height of the other lines that small writing has
_FEWEST = 8  # patches of small writing: fewer are specks
_STACKED = 1.2  # times as long as what they stand over together are lines that stand above each other
_FLAT = 0.5  # of the usual height of a line: an underline, even a double or a waving one, is lower


@dataclass(frozen=True, eq=False)
class SizedLine:
    """A line: its ``ridge`` and its core height [px of the sheet]."""

    ridge: Ridge
    core: float


def sized_lines(patches: TextPatches) -> tuple[list[SizedLine], np.ndarray]:
    """The lines of the patches of a page, and (H, W) int32: the number of the line, from 1, that each pixel is of; 0: of none."""
    core = patches.core
    ridges = joined(ridges_of(patches.of(~patches.flat), core), core)
    of = parted(patches, ridges)
    owner = np.zeros(len(patches.boxes) + 1, int)
    owner[patches.numbers[of > 0]] = of[of > 0]
    lines: list[SizedLine] = []
    numbers = np.zeros_like(of)
    for k in _tall(of, len(ridges), core):
        mine = of == k + 1
        members = owner[1:] == k + 1
        small = members.sum() >= _FEWEST and patches.core_of(members) < _SMALLER * core
        smaller = patches_of(mine) if small else None
        if smaller is not None and smaller.core < _SMALLER * core:
            found, of_found = sized_lines(smaller)
            if len(found) == 1 or _are_stacked(found):
                numbers[of_found > 0] = len(lines) + of_found[of_found > 0]
                lines += found
                continue
        lines.append(SizedLine(ridges[k], core))
        numbers[mine] = len(lines)
    return lines, numbers


def _are_stacked(lines: list[SizedLine]) -> bool:
    """Do they stand above each other, and not beside each other, as the words of one line in a flat hand do?"""
    spans = sorted((line.ridge.x[0], line.ridge.x[-1]) for line in lines)
    length, over, reach = 0.0, 0.0, -np.inf
    for left, right in spans:
        length += right - left
        over += max(right - max(left, reach), 0)
        reach = max(reach, right)
    return length > _STACKED * over


def _tall(of: np.ndarray, count: int, core: float) -> list[int]:
    """Which of so many lines are as high as writing."""
    boxes = ndimage.find_objects(of, count)
    high = np.array([0.0 if box is None else _height(of[box] == k, core) for k, box in enumerate(boxes, 1)])
    usual = float(np.median(high[high > 0])) if high.any() else 0.0
    tall: list[int] = np.flatnonzero(high > _FLAT * usual).tolist()
    return tall


def _height(mine: np.ndarray, core: float) -> float:
    """The usual height of the writing of a line [px] whose pixels are ``mine`` (h, w) bool, here and there."""
    columns = np.flatnonzero(mine.any(0))
    ink, near = mine[:, columns], max(1, round(core))
    top = ndimage.minimum_filter1d(ink.argmax(0), near)
    foot = ndimage.maximum_filter1d(ink.shape[0] - ink[::-1].argmax(0), near)
    return float(np.median(foot - top))
