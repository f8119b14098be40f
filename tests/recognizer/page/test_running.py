"""Extremes of sliding windows are what scipy's filters give."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import ndimage

from recognizer.page.running import closed, closed_down, grown, highest, lowest, spread

SIDES = st.tuples(st.integers(1, 12), st.integers(1, 12))
IMAGES = arrays(np.uint8, SIDES)
MASKS = arrays(np.bool_, SIDES)
ODD = st.sampled_from([1, 3, 5, 9])


@given(IMAGES, st.integers(1, 9), st.sampled_from([0, 1]))
def test_extremes_are_scipys(image: np.ndarray, size: int, axis: int) -> None:
    assert np.array_equal(highest(image, size, axis), ndimage.maximum_filter1d(image, size, axis))
    assert np.array_equal(lowest(image, size, axis), ndimage.minimum_filter1d(image, size, axis))


@given(IMAGES, ODD)
def test_closing_is_scipys(image: np.ndarray, size: int) -> None:
    assert np.array_equal(closed(image, size), ndimage.grey_closing(image, (size, size)))


@given(MASKS, ODD, st.integers(1, 3))
def test_masks_are_closed_and_dilated_as_scipy_does(mask: np.ndarray, size: int, steps: int) -> None:
    assert np.array_equal(closed_down(mask, size), ndimage.binary_closing(mask, np.ones((size, 1))))
    assert np.array_equal(spread(mask, size), ndimage.maximum_filter(mask, size))
    assert np.array_equal(grown(mask, steps), ndimage.binary_dilation(mask, iterations=steps))
