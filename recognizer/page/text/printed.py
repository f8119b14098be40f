"""Lines of print, told from handwriting by how exactly their letters stand on one line, each for itself."""

import numpy as np
from scipy import ndimage

_TALL = 0.5  # of the usual letter's height from which on a patch is a letter
_FEWEST, _MANY = 8, 16  # letters
_WIDEST = 2.3  # letters' heights: print hardly joins letters
_ALIGNED, _ALL = 0.86, 0.99  # share of the letters whose feet are level, of many and of few: some are so by chance
_EXACT = 0.07  # letters' heights, up and down, that level is
_TILTS = np.tan(np.radians(np.linspace(-15, 15, 61)))


def is_print(mask: np.ndarray) -> bool:
    """Is a line of this ``mask`` (h, w) bool printed?"""
    patches, _ = ndimage.label(mask, np.ones((3, 3)))
    found = np.array([(x.start, y.start, x.stop, y.stop) for y, x in ndimage.find_objects(patches)], float)
    high = found[:, 3] - found[:, 1]
    letters = found[high > _TALL * np.quantile(high, 0.75)]
    if len(letters) < _FEWEST:
        return False
    usual = float(np.median(letters[:, 3] - letters[:, 1]))
    widest = float((letters[:, 2] - letters[:, 0]).max()) / usual
    aligned = _ALIGNED if len(letters) >= _MANY else _ALL
    return widest <= _WIDEST and _level(letters, max(_EXACT * usual, 1.0)) >= aligned


def _level(letters: np.ndarray, exact: float) -> float:
    """The largest share of letters (n, 4) whose feet are on one straight line, to within ``exact`` px."""
    middles = (letters[:, 0] + letters[:, 2]) / 2
    feet = np.sort(letters[:, 3] - _TILTS[:, None] * middles, 1)
    reached = max(int((np.searchsorted(row, row + 2 * exact, "right") - np.arange(len(row))).max()) for row in feet)
    return reached / len(letters)
