"""Where on a photograph the paper lies: the table around it has a grain that looks like writing, and so has the fold of a book."""

from collections.abc import Callable

import numpy as np
from scipy import ndimage

from recognizer.page.patches import connected
from recognizer.page.running import closed, highest, lowest, spread

_REDUCED = 512  # px of the longer side of the image that the paper is looked for in
_STROKES = 13  # px across that strokes are closed with
_EDGE = 0.08  # log of brightness, from pixel to pixel, at the rim of the paper; light and shade change more slowly
_LEAK = 41  # px: gaps in the rim are narrower
_LARGE = 0.25  # share of the image that a sheet of paper covers
_AS_LIGHT = 0.9  # share of the brightness of the largest sheet that others have
# Of straight sides: within which share of the image they lie, by how much of its height they lean, the middle share of it that is
# looked at, px to either side that are compared, and how much darker most is beyond [log].
_OUTER, _LEANING, _ALONG, _BESIDE, _STEP = 0.2, np.linspace(-0.12, 0.12, 13), 0.7, 4, 0.08
_STRIP = 0.01  # share of the image beyond a side from which on it is not the mere rim of the paper
# Of folds: px across that rules and frames are narrower than, px to either side that are lighter, by how much for the most part [log],
# and px beside the middle that are in its shade.
_RULE, _FLANK, _FOLD, _SHADE = 5, 6, 0.07, 4


def reduction(page: tuple[int, ...]) -> int:
    """How many pixels of a ``page`` (height, width) are one, across and down, of the image that the paper is looked for in."""
    return max(1, round(max(page) / _REDUCED))


def paper_on(grey: np.ndarray) -> np.ndarray:
    """(h, w) bool, ``grey`` (H, W) uint8 reduced: the sheets of paper, shades and creases filled; all of it where there is no rim."""
    smooth = _smooth(grey)
    light = np.log(smooth + 8.0)
    change = ndimage.maximum_filter(light, 3) - ndimage.minimum_filter(light, 3)
    even = np.pad(change < _EDGE, _LEAK, constant_values=True)
    for extreme in (lowest, highest):
        even = extreme(extreme(even, _LEAK, 0), _LEAK, 1)
    even = even[_LEAK:-_LEAK, _LEAK:-_LEAK]
    parts, _, sizes = connected(even, corners=False)
    found = np.zeros(smooth.shape, bool)
    if not len(sizes) or sizes.max() < _LARGE * smooth.size:
        return ~found
    least = _AS_LIGHT * np.median(smooth[parts == 1 + sizes.argmax()])
    for part in 1 + np.flatnonzero(sizes >= _LARGE * smooth.size):
        if np.median(smooth[parts == part]) >= least:
            from skimage.morphology import convex_hull_image  # which takes as long as to read a page

            found |= convex_hull_image(parts == part)
    return spread(found, 3)  # light changes on both sides of a rim


def within_sides(paper: np.ndarray, grey: np.ndarray) -> np.ndarray:
    """(h, w) bool, ``grey`` (H, W) uint8 reduced: what of the ``paper``, as it was found, is not beyond one of its straight sides, nor
    in the fold of a book or beyond. A table may be as light as the paper in places, but is darker along most of a side; a fold is
    darker than what is on both sides of it."""
    light, folds = np.log(_smooth(grey) + 8.0), np.log(closed(_reduced(grey), _RULE) + 8.0)
    found = paper.copy()
    for turns in range(4):
        mine = np.rot90(found, turns)  # a view
        side = _side_of(np.rot90(light, turns), _BESIDE, _beyond, _STEP)
        fold = _side_of(np.rot90(folds, turns), _FLANK, _between, _FOLD) - _SHADE
        for end in (side, fold):
            within = np.arange(mine.shape[1]) < end[:, None]
            if (mine & ~within).mean() >= _STRIP:
                mine &= within
    return found


def _side_of(
    light: np.ndarray, beside: int, darker: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray], least: float
) -> np.ndarray:
    """(h,) the column in each row of the straight side near the right edge of ``light`` (h, w) [log] that is most pronounced, by how much
    ``darker`` it is for the most part, where that is given so many px to the left, there, and to the right; inf where none is by more
    than ``least``."""
    height, width = light.shape
    ys = np.arange(height) - height / 2
    rows = np.flatnonzero(np.abs(ys) < _ALONG / 2 * height)
    columns = np.arange(int((1 - _OUTER) * width), width)
    best, side = least, np.full(height, np.inf)
    for lean in _LEANING if len(rows) else ():
        x = columns + np.round(lean * ys).astype(int)[:, None]  # (height, columns)
        seen = x[rows]
        on_image = (seen >= beside) & (seen < width - beside)
        left, here, right = (light[rows[:, None], np.clip(seen + off, 0, width - 1)] for off in (-beside, 0, beside))
        steps = np.median(np.where(on_image, darker(left, here, right), 0.0), axis=0)
        if steps.max() > best:
            best, side = steps.max(), x[:, steps.argmax()]
    return side


def _beyond(left: np.ndarray, here: np.ndarray, right: np.ndarray) -> np.ndarray:
    darker: np.ndarray = left - right
    return darker


def _between(left: np.ndarray, here: np.ndarray, right: np.ndarray) -> np.ndarray:
    darker: np.ndarray = np.minimum(left, right) - here
    return darker


def _smooth(grey: np.ndarray) -> np.ndarray:
    """(h, w) uint8: ``grey`` (H, W) uint8 reduced, without strokes."""
    smooth: np.ndarray = ndimage.median_filter(closed(_reduced(grey), _STROKES), 5)
    return smooth


def _reduced(grey: np.ndarray) -> np.ndarray:
    """(h, w) uint8"""
    from PIL import Image

    return np.asarray(Image.fromarray(grey).reduce(reduction(grey.shape)))
