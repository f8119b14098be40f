"""Page: a scanned or photographed image, in grey."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from recognizer.errors import InputError
from recognizer.page.inked import Inked, inked
from recognizer.page.layout import Layout, lay_out
from recognizer.page.rectify import Sheet, rectify
from recognizer.page.text import TextLayout, find_text


@dataclass(frozen=True, eq=False)
class Page:
    """One upright image. Raises InputError unless grey is as below, with a pixel or more, and dpi positive.

    What is found on it is found once, when it is asked for first, and raises as what finds it does.
    """

    grey: np.ndarray  # (H, W) uint8, 0 = black, 255 = paper
    dpi: float | None = None  # as the file says; None: unknown
    # Left, top, right, foot [px] of its amount; None: to be found.
    field: tuple[float, float, float, float] | None = None
    # Which cheque it is, from 1, of how many on one picture; None: it is all of its picture.
    cheque: tuple[int, int] | None = None
    quarters: int = 0  # to the right by which it was turned since it was opened, 0 to 3

    def __post_init__(self) -> None:
        grey = self.grey
        if not isinstance(grey, np.ndarray) or grey.dtype != np.uint8 or grey.ndim != 2 or not grey.size:
            raise InputError("A page must be an array (height, width) of uint8 with one pixel or more.")
        if self.dpi is not None and not 0 < self.dpi < float("inf"):
            raise InputError(f"A page cannot have {self.dpi} dots per inch.")

    @cached_property
    def sheet(self) -> Sheet:
        """The document that it shows, brought straight."""
        return rectify(self.grey)

    @cached_property
    def layout(self) -> Layout:
        """The ink of the sheet."""
        return lay_out(self.sheet.grey)

    @cached_property
    def inked(self) -> Inked:
        """The one line of writing that it holds."""
        return inked(self.grey)

    @cached_property
    def text(self) -> TextLayout:
        """The lines of handwriting that it shows, and what else."""
        return find_text(self.grey)

    def with_field(self, field: tuple[float, float, float, float] | None) -> "Page":
        """The same page, and what is known of it, with its amount here, or to be found."""
        if field == self.field:
            return self
        page = replace(self, field=field)
        page.__dict__.update({name: self.__dict__[name] for name in _FOUND if name in self.__dict__})
        return page

    def turned(self, quarters: int) -> "Page":
        """The page after so many quarter turns to the right, of which nothing is known yet."""
        if not quarters % 4:
            return self
        grey = np.ascontiguousarray(np.rot90(self.grey, -quarters))
        return replace(self, grey=grey, field=None, quarters=(self.quarters + quarters) % 4)


_FOUND = ("sheet", "layout", "inked", "text")
