"""Lines of print, told from handwriting by how exactly their letters stand on one line and are of two heights, each for itself, and
by those that are the same wherever they stand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from recognizer.page.patches import connected
from recognizer.page.text.found import Box

_TALL = 0.5  # of the usual letter's height from which on a patch is a letter
# Letters that tell something beside print, by themselves where all is exact, and by themselves.
_FEWEST, _SOME, _MANY = 4, 10, 15
_WIDEST = 2.3  # letters' heights that most are no wider than: print hardly joins letters
_MOST = 0.9  # share that are most
# Share of the letters whose feet are level, share of those whose tops are on one of two lines, and share of those that have a twin,
# together.
_ALIGNED = 1.9  # of many letters, by themselves
_NEARLY = 1.7  # right above or below print
_WHOLLY = 2.1  # of few letters, anywhere on a page that has print, and of some by themselves
_AS_HIGH = 1.5  # times as high are lines of print of one page at most
_INSIDE = 0.6  # share of a box that is inside of a line of print which is of it
_APART = 1.2  # of lines of print, at most [their heights]
_EXACT = 0.07  # letters' heights, up and down, that level is
_LEVEL = 1.7  # so many letters of print are level, at least
_REPEATED = 0.15  # and so many have a twin
_SIDE = 12  # px of letters that are compared
_SAME_SIDE, _TWIN = 1.5, 0.75  # px by which twins differ in size, and share of their ink that is common
_TILTS = np.tan(np.radians(np.linspace(-15, 15, 61)))


@dataclass(frozen=True, eq=False)
class _Letters:
    """Of a line: the ``boxes`` (n, 4) of its letters, their ``pictures`` (n, k) float32, brought to one size, and the share of the
    letters that are ``level``, from 0 to 2."""

    boxes: np.ndarray
    pictures: np.ndarray
    level: float

    @property
    def are_print(self) -> bool:
        """Surely, whatever else is on the page?"""
        return len(self.boxes) >= _SOME and self.exactness() >= (_ALIGNED if len(self.boxes) >= _MANY else _WHOLLY)

    def exactness(self, others: Sequence["_Letters"] = ()) -> float:
        """The share of the letters that are level and of those that have a twin among them or in ``others``, together; 0 where few have."""
        repeated = float(_twins([self, *(other for other in others if other is not self)]).mean())
        return self.level + repeated if repeated >= _REPEATED else 0.0


def printed(boxes: Sequence[Box], masks: Sequence[np.ndarray]) -> list[bool]:
    """Which lines in ``boxes``, with level ``masks`` (h, w) bool, are print: those that surely are, what is exact enough right above and
    below them, and few letters that wholly are."""
    known = [(box, letters) for box, mask in zip(boxes, masks, strict=True) if (letters := _letters(mask)) is not None]
    sure = {box: letters for box, letters in known if letters.are_print}
    others = list(sure.values())
    found = {box for box, letters in known if sure and letters.exactness(others) >= _least(box, sure)}
    return [box in found for box in boxes]


def with_what_is_inside(boxes: Sequence[Box], are_print: Sequence[bool]) -> list[bool]:
    """Which lines are print where what is mostly inside of a line of print is of it: a letter or two tell nothing by themselves."""
    lines = [box for box, is_print in zip(boxes, are_print, strict=True) if is_print]
    return [
        is_print or any(_share_inside(box, line) > _INSIDE for line in lines)
        for box, is_print in zip(boxes, are_print, strict=True)
    ]


def _share_inside(box: Box, other: Box) -> float:
    """The share of a box that is inside of another one."""
    (left, top, right, foot), (left_too, top_too, right_too, foot_too) = box, other
    across, down = min(right, right_too) - max(left, left_too), min(foot, foot_too) - max(top, top_too)
    return max(across, 0) * max(down, 0) / ((right - left) * (foot - top))


def _least(box: Box, sure: Collection[Box]) -> float:
    """How exact a line must be to be print, where these surely are."""
    if box in sure:
        return 0.0
    if any(_are_neighbours(box, other) for other in sure):
        return _NEARLY
    return _WHOLLY if any(_are_alike(box, other) for other in sure) else np.inf


def _are_alike(one: Box, other: Box) -> bool:
    high, high_too = one[3] - one[1], other[3] - other[1]
    return max(high, high_too) < _AS_HIGH * min(high, high_too)


def _are_neighbours(one: Box, other: Box) -> bool:
    """Does one stand right above or below the other, as high as it is?"""
    (left, top, right, foot), (left_too, top_too, right_too, foot_too) = one, other
    high, high_too = foot - top, foot_too - top_too
    apart = max(top, top_too) - min(foot, foot_too)
    across = min(right, right_too) - max(left, left_too)
    return across > 0 and apart < _APART * max(high, high_too) and max(high, high_too) < 2 * min(high, high_too)


def _letters(mask: np.ndarray) -> _Letters | None:
    """The letters of a line; None where they are few, or joined, or not nearly as level as print."""
    found = connected(mask).boxes.astype(float)
    if len(found) < _FEWEST:
        return None
    high = found[:, 3] - found[:, 1]
    letters = found[high > _TALL * np.quantile(high, 0.75)]
    wide = letters[:, 2] - letters[:, 0]
    if len(letters) < _FEWEST or np.quantile(wide, _MOST) > _WIDEST * np.median(letters[:, 3] - letters[:, 1]):
        return None
    level = _level(letters)
    return _Letters(letters, _pictures(mask, letters.astype(int)), level) if level >= _LEVEL else None


def _pictures(mask: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """(n, k) float32: what is in the boxes (n, 4) of a mask (H, W) bool, at one size."""
    from PIL import Image

    cut = [Image.fromarray(mask[top:foot, left:right].astype(np.uint8) * 255) for left, top, right, foot in boxes]
    small = [np.asarray(each.resize((_SIDE, _SIDE), Image.Resampling.BOX)).ravel() for each in cut]
    return np.array(small, np.float32) / 255


def _twins(lines: Sequence[_Letters]) -> np.ndarray:
    """(n,) bool: which letters of the first of some lines are the same as another of any of them, and as large."""
    boxes = np.concatenate([line.boxes for line in lines])
    pictures = np.concatenate([line.pictures for line in lines])
    count = len(lines[0].boxes)
    sides = boxes[:, 2:] - boxes[:, :2]
    as_large = (np.abs(sides[:count, None] - sides) <= _SAME_SIDE + 0.04 * sides).all(2)
    found = np.zeros(count, bool)
    for k in range(count):
        near = np.flatnonzero(as_large[k])
        near = near[near != k]
        common = np.minimum(pictures[k], pictures[near]).sum(1) / np.maximum(pictures[k], pictures[near]).sum(1)
        found[k] = bool((common >= _TWIN).any())
    return found


def _level(letters: np.ndarray) -> float:
    """The largest share of letters (n, 4) whose feet are on one straight line, and the share of those whose tops are on one of two
    lines beside it, from 0 to 2."""
    exact = 2 * max(_EXACT * float(np.median(letters[:, 3] - letters[:, 1])), 1.0)
    middles = (letters[:, 0] + letters[:, 2]) / 2
    feet = np.sort(letters[:, 3] - _TILTS[:, None] * middles, 1)
    level = np.array([_together(row, exact)[1] for row in feet])
    tops = np.sort(letters[:, 1] - _TILTS[level.argmax()] * middles)
    first, count = _together(tops, exact)
    again = _together(np.delete(tops, slice(first, first + count)), exact)[1]
    return float(level.max() + count + again) / len(letters)


def _together(places: np.ndarray, within: float) -> tuple[int, int]:
    """The first of most of the ascending ``places`` (n,) that lie ``within`` of each other, and how many these are."""
    if not len(places):
        return 0, 0
    counts = np.searchsorted(places, places + within, "right") - np.arange(len(places))
    return int(counts.argmax()), int(counts.max())
