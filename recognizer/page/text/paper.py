"""Where on a photograph the paper lies: the table around it has a grain that looks like writing."""

import numpy as np
from scipy import ndimage

from recognizer.page.patches import connected
from recognizer.page.running import closed, highest, lowest

_REDUCED = 512  # px of the longer side of the image that the paper is looked for in
_STROKES = 13  # px across that strokes are closed with
_EDGE = 0.08  # log of brightness, from pixel to pixel, at the rim of the paper; light and shade change more slowly
_LEAK = 41  # px: gaps in the rim are narrower
_LARGE = 0.25  # share of the image that a sheet of paper covers
_AS_LIGHT = 0.9  # share of the brightness of the largest sheet that others have


def paper_on(grey: np.ndarray) -> np.ndarray:
    """(h, w) bool, ``grey`` (H, W) uint8 reduced: the sheets of paper, shades and creases filled; all of it where there is no rim."""
    from PIL import Image

    small = np.asarray(Image.fromarray(grey).reduce(max(1, round(max(grey.shape) / _REDUCED))))
    smooth = ndimage.median_filter(closed(small, _STROKES), 5)
    light = np.log(smooth + 8.0)
    change = ndimage.maximum_filter(light, 3) - ndimage.minimum_filter(light, 3)
    even = np.pad(change < _EDGE, _LEAK, constant_values=True)
    for extreme in (lowest, highest):
        even = extreme(extreme(even, _LEAK, 0), _LEAK, 1)
    even = even[_LEAK:-_LEAK, _LEAK:-_LEAK]
    parts, _, sizes = connected(even, corners=False)
    found = np.zeros(small.shape, bool)
    if not len(sizes) or sizes.max() < _LARGE * small.size:
        return ~found
    least = _AS_LIGHT * np.median(smooth[parts == 1 + sizes.argmax()])
    for part in 1 + np.flatnonzero(sizes >= _LARGE * small.size):
        if np.median(smooth[parts == part]) >= least:
            from skimage.morphology import convex_hull_image  # which takes as long as to read a page

            found |= convex_hull_image(parts == part)
    return found
