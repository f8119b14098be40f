"""Lines of print, told from handwriting by how exactly their letters stand on one line, each for itself."""

from collections.abc import Sequence

import numpy as np
from scipy import ndimage

from recognizer.page.text.found import TextLine

_TALL = 0.5  # of the usual letter's height from which on a patch is a letter
_FEWEST, _MANY = 6, 15  # letters that tell something beside print, and by themselves
_WIDEST = 2.3  # letters' heights: print hardly joins letters
_ALIGNED = 0.86  # share of the letters whose feet are level; a few letters are so by chance
_NEARLY, _APART = 0.8, 1.2  # likewise beside lines of print, which are no further apart [their heights]
_EXACT = 0.07  # letters' heights, up and down, that level is
_TILTS = np.tan(np.radians(np.linspace(-15, 15, 61)))


def printed(lines: Sequence[TextLine]) -> list[bool]:
    """Which lines are print: those that surely are, and what is level enough right above and below them."""
    known = [_letters(line.mask) for line in lines]
    level = [_level(letters) if letters is not None else 0.0 for letters in known]
    many = [letters is not None and len(letters) >= _MANY for letters in known]
    sure = [of_many and share >= _ALIGNED for share, of_many in zip(level, many, strict=True)]
    of_print = [line for line, is_print in zip(lines, sure, strict=True) if is_print]
    beside = [any(_are_neighbours(line, other) for other in of_print) for line in lines]
    return [is_print or (near and share >= _NEARLY) for is_print, near, share in zip(sure, beside, level, strict=True)]


def _are_neighbours(one: TextLine, other: TextLine) -> bool:
    """Does one stand right above or below the other, as high as it is?"""
    (left, top, right, foot), (left_too, top_too, right_too, foot_too) = one.box, other.box
    high, high_too = foot - top, foot_too - top_too
    apart = max(top, top_too) - min(foot, foot_too)
    across = min(right, right_too) - max(left, left_too)
    return across > 0 and apart < _APART * max(high, high_too) and max(high, high_too) < 2 * min(high, high_too)


def _letters(mask: np.ndarray) -> np.ndarray | None:
    """The boxes (n, 4) of the letters of a line; None where they are few, or joined."""
    patches, _ = ndimage.label(mask, np.ones((3, 3)))
    found = np.array([(x.start, y.start, x.stop, y.stop) for y, x in ndimage.find_objects(patches)], float)
    high = found[:, 3] - found[:, 1]
    letters = found[high > _TALL * np.quantile(high, 0.75)]
    wide = letters[:, 2] - letters[:, 0]
    if len(letters) < _FEWEST or wide.max() > _WIDEST * np.median(letters[:, 3] - letters[:, 1]):
        return None
    return letters


def _level(letters: np.ndarray) -> float:
    """The largest share of letters (n, 4) whose feet are on one straight line."""
    exact = max(_EXACT * float(np.median(letters[:, 3] - letters[:, 1])), 1.0)
    middles = (letters[:, 0] + letters[:, 2]) / 2
    feet = np.sort(letters[:, 3] - _TILTS[:, None] * middles, 1)
    reached = max(int((np.searchsorted(row, row + 2 * exact, "right") - np.arange(len(row))).max()) for row in feet)
    return reached / len(letters)
