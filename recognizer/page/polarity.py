"""Light writing on dark ground, turned into the dark writing on light paper that everything else expects."""

import numpy as np
from scipy import ndimage

from recognizer.page.filters import quantile_of

_DARK = 128  # grey level that the ground stays below
_STANDS_OUT = 60  # grey levels by which the writing is lighter than it
_MORE = 2.0  # times as far as anything is darker than it
_MOST = 0.25  # share of the page that is writing
_THICK = 0.2  # of the lesser side of the page: what is light so far across is paper on a table, and no stroke
_REDUCED = 200  # px that the lesser side is looked at with


def dark_on_light(grey: np.ndarray) -> np.ndarray:
    """A page (H, W) uint8, or its negative where light strokes stand on dark ground."""
    return 255 - grey if _is_negative(grey) else grey


def _is_negative(grey: np.ndarray) -> bool:
    step = max(1, min(grey.shape) // _REDUCED)
    small = grey[::step, ::step]
    ground = int(quantile_of(small, 0.5))
    if ground >= _DARK:
        return False
    lightest, darkest = quantile_of(small, 0.995), quantile_of(small, 0.005)
    if lightest - ground < max(_STANDS_OUT, _MORE * (ground - darkest)):
        return False
    light = small > (ground + lightest) / 2
    side = max(3, round(_THICK * min(small.shape)))
    return bool(light.mean() < _MOST and not ndimage.binary_erosion(light, np.ones((side, side))).any())


def visible_is_light(grey: np.ndarray, opacity: np.ndarray) -> bool:
    """Is what is seen of a transparent picture, its levels ``grey`` and ``opacity`` (H, W) uint8, light strokes alone?"""
    weight = opacity / 255.0
    return bool(0 < weight.mean() < 2 * _MOST and (grey * weight).sum() / weight.sum() > 255 - _DARK + _STANDS_OUT)
