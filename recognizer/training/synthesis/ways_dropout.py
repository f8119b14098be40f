"""Dropout of the pen's way and time, all at once: few writers were seen, and others go other ways."""

import numpy as np

WAYS_DROPOUT = 0.15  # share of words of which only the AMAP is shown


def without_ways(count: int, generator: np.random.Generator, share: float = WAYS_DROPOUT) -> np.ndarray:
    """(count,) bool: which presentations do without the channels beside the AMAP."""
    return generator.random(count) < share
