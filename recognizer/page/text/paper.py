"""Where on a photograph the paper lies: the table around it has a grain that looks like writing."""

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
# looked at, px that are compared across a side, and how much darker most is beyond [log].
_OUTER, _LEANING, _ALONG, _ACROSS, _STEP = 0.2, np.linspace(-0.12, 0.12, 13), 0.7, 8, 0.08
_STRIP = 0.01  # share of the image beyond a side from which on it is not the mere rim of the paper


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
    """(h, w) bool, ``grey`` (H, W) uint8 reduced: what of the ``paper``, as it was found, is not beyond one of its straight sides. A
    table may be as light as the paper in places, but is darker along most of a side."""
    light = np.log(_smooth(grey) + 8.0)
    found = paper.copy()
    for turns in range(4):
        mine = np.rot90(found, turns)  # a view
        within = _left_of_side(np.rot90(light, turns))
        if (mine & ~within).mean() >= _STRIP:
            mine &= within
    return found


def _left_of_side(light: np.ndarray) -> np.ndarray:
    """(h, w) bool: what is left of the side of the paper that is most pronounced near the right edge of ``light`` (h, w) [log], all of
    it where there is none."""
    height, width = light.shape
    ys = np.arange(height) - height / 2
    rows = np.flatnonzero(np.abs(ys) < _ALONG / 2 * height)
    columns = np.arange(int((1 - _OUTER) * width), width)
    half = _ACROSS // 2
    best, side = _STEP, np.full(height, np.inf)
    for lean in _LEANING if len(rows) else ():
        x = columns + np.round(lean * ys).astype(int)[:, None]  # (height, columns)
        seen = x[rows]
        on_image = (seen >= half) & (seen < width - half)
        inner, outer = (np.clip(seen + off, 0, width - 1) for off in (-half, half))
        darker = np.where(on_image, light[rows[:, None], inner] - light[rows[:, None], outer], 0.0)
        steps = np.median(darker, axis=0)
        if steps.max() > best:
            best, side = steps.max(), x[:, steps.argmax()]
    within: np.ndarray = np.arange(width) < side[:, None]
    return within


def _smooth(grey: np.ndarray) -> np.ndarray:
    """(h, w) uint8: ``grey`` (H, W) uint8 reduced, without strokes."""
    from PIL import Image

    small = np.asarray(Image.fromarray(grey).reduce(reduction(grey.shape)))
    smooth: np.ndarray = ndimage.median_filter(closed(small, _STROKES), 5)
    return smooth
