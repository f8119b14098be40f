"""Lines of print, told from handwriting by how exactly their letters stand on one line and are of two heights, each for itself."""

from collections.abc import Sequence

import numpy as np
from scipy import ndimage

from recognizer.page.text.found import TextLine

_TALL = 0.5  # of the usual letter's height from which on a patch is a letter
_FEWEST, _MANY = 4, 15  # letters that tell something beside print, and by themselves
_WIDEST = 2.3  # letters' heights that most are no wider than: print hardly joins letters
_MOST = 0.9  # share that are most
# Share of the letters whose feet are level, and share of those whose tops are on one of two lines, together.
_ALIGNED = 1.68  # by itself
_NEARLY = 1.5  # right above or below print
_WHOLLY = 1.9  # of few letters, anywhere on a page that has print
_AS_HIGH = 1.5  # times as high are lines of print of one page at most
_APART = 1.2  # of lines of print, at most [their heights]
_EXACT = 0.07  # letters' heights, up and down, that level is
_TILTS = np.tan(np.radians(np.linspace(-15, 15, 61)))


def printed(lines: Sequence[TextLine]) -> list[bool]:
    """Which lines are print: those that surely are, what is exact enough right above and below them, and few letters that wholly are."""
    known = [_letters(line.mask) for line in lines]
    exact = [_exact(letters) if letters is not None else 0.0 for letters in known]
    many = [letters is not None and len(letters) >= _MANY for letters in known]
    sure = [of_many and share >= _ALIGNED for share, of_many in zip(exact, many, strict=True)]
    of_print = [line for line, is_print in zip(lines, sure, strict=True) if is_print]
    least = [_least(line, of_print) for line in lines]
    return [is_print or share >= enough for is_print, enough, share in zip(sure, least, exact, strict=True)]


def _least(line: TextLine, of_print: list[TextLine]) -> float:
    """How exact a line must be to be print, where these surely are."""
    if any(_are_neighbours(line, other) for other in of_print):
        return _NEARLY
    return _WHOLLY if any(_are_alike(line, other) for other in of_print) else np.inf


def _are_alike(one: TextLine, other: TextLine) -> bool:
    high, high_too = one.mask.shape[0], other.mask.shape[0]
    return max(high, high_too) < _AS_HIGH * min(high, high_too)


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
    if len(letters) < _FEWEST or np.quantile(wide, _MOST) > _WIDEST * np.median(letters[:, 3] - letters[:, 1]):
        return None
    return letters


def _exact(letters: np.ndarray) -> float:
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
