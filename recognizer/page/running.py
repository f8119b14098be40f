"""Extremes of windows that slide over an image, and dilation: scipy's answers, on bytes and masks in a tenth of its time."""

import numpy as np


def highest(image: np.ndarray, size: int, axis: int, edge: str = "symmetric") -> np.ndarray:
    """The greatest value of each window of ``size`` pixels along an axis of an image (H, W).

    The window of pixel i begins at i - size // 2. Beyond its ``edge`` the image is symmetric, or constant: 0.
    """
    return _slid(np.maximum, image, size, axis, edge)


def lowest(image: np.ndarray, size: int, axis: int, edge: str = "symmetric") -> np.ndarray:
    """The least value (H, W) likewise."""
    return _slid(np.minimum, image, size, axis, edge)


def closed(image: np.ndarray, size: int) -> np.ndarray:
    """An image (H, W) closed with a square of odd ``size``: what is darker and narrower than it goes."""
    for extreme in (highest, lowest):
        image = extreme(extreme(image, size, 0), size, 1)
    return image


def closed_down(mask: np.ndarray, size: int) -> np.ndarray:
    """A mask (H, W) bool closed with an upright bar of odd ``size``; nothing is beyond its edge."""
    return lowest(highest(mask, size, 0, "constant"), size, 0, "constant")


def spread(mask: np.ndarray, size: int) -> np.ndarray:
    """A mask (H, W) bool dilated by a square of odd ``size``."""
    return highest(highest(mask, size, 0), size, 1)


def grown(mask: np.ndarray, steps: int = 1) -> np.ndarray:
    """A mask (H, W) bool with all that can be reached from it in so many steps to a neighbour above, below or beside."""
    for _ in range(steps):
        wider = mask.copy()
        wider[1:] |= mask[:-1]
        wider[:-1] |= mask[1:]
        wider[:, 1:] |= mask[:, :-1]
        wider[:, :-1] |= mask[:, 1:]
        mask = wider
    return mask


def _slid(extreme: np.ufunc, image: np.ndarray, size: int, axis: int, edge: str) -> np.ndarray:
    seen = _padded(image.T if axis else image, size // 2, size - 1 - size // 2, edge)
    reached = 1
    while reached < size:  # windows grow by doubling
        step = min(reached, size - reached)
        seen = extreme(seen[:-step], seen[step:])
        reached += step
    return seen.T if axis else seen


def _padded(image: np.ndarray, before: int, after: int, edge: str) -> np.ndarray:
    """The image with so many rows more, as numpy pads, which takes ten times as long to find out how."""
    rows = len(image)
    if edge == "constant" or max(before, after) > rows:
        return np.pad(image, ((before, after), (0, 0)), edge)  # type: ignore[call-overload]
    return np.concatenate([image[:before][::-1], image, image[rows - after :][::-1]])
