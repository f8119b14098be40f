"""Page: a scanned or photographed image, in grey."""

from dataclasses import dataclass

import numpy as np

from recognizer.errors import InputError


@dataclass(frozen=True, eq=False)
class Page:
    """One upright image. Raises InputError unless grey is as below, with a pixel or more, and dpi positive."""

    grey: np.ndarray  # (H, W) uint8, 0 = black, 255 = paper
    dpi: float | None = None  # as the file says; None: unknown
    field: tuple[float, float, float, float] | None = (
        None  # left, top, right, foot [px] of its amount; None: to be found
    )

    def __post_init__(self) -> None:
        grey = self.grey
        if not isinstance(grey, np.ndarray) or grey.dtype != np.uint8 or grey.ndim != 2 or not grey.size:
            raise InputError("A page must be an array (height, width) of uint8 with one pixel or more.")
        if self.dpi is not None and not 0 < self.dpi < float("inf"):
            raise InputError(f"A page cannot have {self.dpi} dots per inch.")
