"""What a segmenter hands to a reader, as plain arrays: cuts, and the segments between them."""

from dataclasses import dataclass

import numpy as np

Point = tuple[int, int]  # of ink: a stroke, and a point of it; of a page: the column and the row of a pixel


@dataclass(frozen=True)
class Segments:
    """Pieces of ink between neighbouring cuts, and the runs of pieces that may be one character (1998 paper, section V-A).

    Piece i lies between cuts i and i + 1. The segment with ``first`` = u and ``last`` = v is all the ink of pieces
    u .. v - 1, so every path from cut 0 to the last cut holds every piece exactly once.
    """

    cuts: np.ndarray  # (C,) float32: x of each cut, left to right [px of the source]
    first: np.ndarray  # (S,) int32: cut at which the segment starts
    last: np.ndarray  # (S,) int32: cut at which it ends, first < last
    boxes: np.ndarray  # (S, 4) float32: left, top, right, bottom [px of the source]
    images: np.ndarray  # (S, channels, rows, columns) float32: what the network reads
    features: np.ndarray  # (S, F) float32: what the segmentation penalty is computed from

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True)
class Split:
    """A person cuts the piece that holds a point, right before it."""

    at: Point


@dataclass(frozen=True)
class Join:
    """A person makes one of the pieces that hold two points, and of all between them."""

    one: Point
    other: Point


Edit = Split | Join
