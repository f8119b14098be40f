"""Strings of characters cut into segments, kept flat: what recognisers learn strings from."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class CutStrings:
    """The segments of many strings, one string after the other."""

    images: np.ndarray  # (S, channels, rows, columns) uint8, 255 = 1
    features: np.ndarray  # (S, F) float32
    classes: np.ndarray  # (S,) int64: what each segment is, as the sets say
    first: np.ndarray  # (S,) int32: cut at which the segment starts
    last: np.ndarray  # (S,) int32: cut at which it ends
    ends: np.ndarray  # (strings,) int64: one past the last segment of each string

    def segments_of(self, strings: np.ndarray) -> dict[str, np.ndarray]:
        """The fields above for some of the strings (n,), in the order given."""
        starts = np.concatenate([[0], self.ends[:-1]])[strings]
        index = np.concatenate([np.arange(u, v) for u, v in zip(starts, self.ends[strings], strict=True)])
        names = ("images", "features", "classes", "first", "last")
        return {name: getattr(self, name)[index] for name in names} | {"ends": np.cumsum(self.ends[strings] - starts)}
