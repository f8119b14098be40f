"""Ink that was traced on a picture: middle lines without order and direction, and the pixels that the pen covered.

Its picture has an AMAP, in which neither means anything, and no ways of the pen; instead it tells how thick the strokes are, since
a filled loop leaves nothing else.
"""

from dataclasses import dataclass

import numpy as np

from recognizer.ink import amap
from recognizer.ink.drops import PADDING, dropped
from recognizer.ink.frames import FrameSegments, frames_of_picture
from recognizer.ink.ink import Ink
from recognizer.ink.normalise import BASE, CORE, NormalisedInk, normalise
from recognizer.ink.word_amap import MARGIN, ROWS, amap_picture, compressed

CHANNELS = amap.CHANNELS + 1  # the last one: the share of each pixel that is covered


@dataclass(frozen=True)
class Tracing:
    """One line of writing on a picture, all in its pixels."""

    ink: Ink
    covered: np.ndarray  # (n, 2) float32: x right, y down of the middles of the pixels that are ink


def frames_of_tracing(tracing: Tracing, size: float = 1.0) -> FrameSegments:
    """The frames of a line; ``size`` as `normalise` has it. Raises NothingToRead where there is no stroke."""
    line = normalise(tracing.ink, size)
    return frames_of_picture(line, traced_picture(line, tracing.covered))


def traced_picture(line: NormalisedInk, covered: np.ndarray) -> np.ndarray:
    """The picture (CHANNELS, ROWS, W) float32 in 0..1 of a normalised line; x = 0 of the line is column MARGIN."""
    picture = amap_picture(line)
    placed, area = placed_pixels(line, covered)
    inside = slice(PADDING, -PADDING)
    shape = 1, ROWS, picture.shape[2]
    thick = dropped(placed[:, 0] + MARGIN, placed[:, 1], area[:, None], shape)[0][:, inside, inside]
    return np.concatenate([picture, np.minimum(thick, 1)])


def placed_pixels(line: NormalisedInk, covered: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Column and row of covered pixels (n, 2), and their areas (n,) [of a pixel of the picture]."""
    side = line.shrink * (BASE - CORE) / line.lines.height_at(covered[:, 0])
    return compressed(line.placed(covered)), (side**2).astype(np.float32)
