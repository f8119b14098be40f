"""The writing of a page found and told from its paper: what segments and frames both begin with."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from recognizer.page.field import Field, find_field
from recognizer.page.line import MeasuredInk, measured
from recognizer.page.separate import InkMap, separate_ink


@dataclass(frozen=True)
class Inked:
    """The ``field`` of a page of some ``shape`` that the writing stands on, and its ``ink``."""

    shape: tuple[int, int]
    field: Field
    ink: InkMap

    @cached_property
    def measured(self) -> MeasuredInk:
        """The line that it is, of any width. Raises Blank where nothing is left of the ink."""
        return measured(self.ink)


def inked(grey: np.ndarray) -> Inked:
    """That of a page ``grey`` (H, W) uint8; raises NothingToRead or InputError where it holds none or no single line."""
    field = find_field(grey)
    return Inked((grey.shape[0], grey.shape[1]), field, separate_ink(field.grey, len(field.grey) / 2))
