"""What is found on a page of writing."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

Box = tuple[int, int, int, int]  # left, top, right, foot [px of the page]
Shown = Literal["print", "drawing"]


@dataclass(frozen=True, eq=False)
class TextLine:
    """One line of handwriting: the ``box`` around it, the ``mask`` (foot - top, right - left) bool of its pixels and of no others,
    and its ``base_line`` (n, 2) float32: x from left to right and y [px of the page], which may climb and bend."""

    box: Box
    mask: np.ndarray
    base_line: np.ndarray


@dataclass(frozen=True)
class Region:
    """A part of a page that shows something else than handwriting."""

    box: Box
    shows: Shown


@dataclass(frozen=True, eq=False)
class TextLayout:
    """The ``lines`` of handwriting of a page in the order of reading, and ``regions`` that show something else."""

    lines: tuple[TextLine, ...]
    regions: tuple[Region, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether there is nothing at all."""
        return not self.lines and not self.regions
