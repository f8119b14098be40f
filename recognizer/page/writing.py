"""The ink of one line of writing on an image: a mask of its pixels, whatever the light, paper and pen."""

import numpy as np
from scipy import ndimage

from recognizer.errors import Blank
from recognizer.page.blur import blur_of, sharpened
from recognizer.page.patches import connected_with
from recognizer.page.separate import paper_level, threshold

_GREY = 0.02  # share of pixels between black and white from which on an image is grey
_ENDS = (32, 223)  # levels beyond which a pixel is black or white
_FAINT = 20  # grey levels between paper and the darkest strokes below which an image counts as blank
_DARKEST = 0.985  # share of the pixels that are lighter than a pen's black
_DIM = 0.33  # share of a pen's black that the rim of a stroke has
_SURER = 0.12  # by so much darker than the threshold must some of a patch be
_SOFT = 110  # rows of an image whose grain is smoothed by a pixel
_TALL = 300  # rows from which on that takes more than sharpening could give back


def writing_of(grey: np.ndarray) -> np.ndarray:
    """(H, W) bool: what is ink on an image (H, W) uint8 of one line; raises Blank where nothing is."""
    low, high = _ENDS
    is_bilevel = ((grey > low) & (grey < high)).mean() < _GREY
    mask = grey < (low + high) // 2 if is_bilevel else _dark(grey)
    if not mask.any():
        raise Blank("There is no writing here: the image is blank.")
    return mask


def _dark(grey: np.ndarray) -> np.ndarray:
    """What is darker than the paper around it, on an image of many grey levels."""
    depth = paper_level(grey, len(grey) / 2) - grey
    black = float(np.quantile(depth, _DARKEST))
    if black < _FAINT:
        raise Blank("There is no writing here: the image is blank, or the ink is too faint to tell from the paper.")
    taken = np.clip(depth / black, 0, 1).astype(np.float32)
    if len(grey) <= _TALL:
        taken = sharpened(taken, blur_of(taken, taken > _DIM, 1.0, np.ones(taken.shape, bool)))
    smooth = ndimage.gaussian_filter(np.clip(taken, 0, 1), max(0.5, len(grey) / _SOFT))
    low = threshold(smooth)
    return connected_with(smooth > low, smooth > low + _SURER).numbers > 0
