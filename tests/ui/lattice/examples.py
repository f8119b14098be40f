"""A small lattice: four cuts, all runs of up to three pieces."""

import numpy as np

from tests.ui.fakes import FakeInkSegments, ink_segments, reading_of
from ui.model.lattice.lattice import Lattice, lattice_of


def segments() -> FakeInkSegments:
    x = np.linspace(0, 20, 10)
    strokes = tuple(np.stack([x + 40 * i, 10 + x, x / 100 + i], 1).astype(np.float32) for i in range(3))
    return ink_segments(strokes)


def lattice() -> Lattice:
    return lattice_of(reading_of(segments()))
