"""Fields of a cheque as a source of their own: cut again where a person wants, and read by the network that reads amounts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from recognizer.page import Page, PageSegments, segment_page
from recognizer.page.window import Window
from recognizer.readers.candidates import joined_fields, links_of
from recognizer.readers.transparent import SegmentNetwork
from recognizer.segments import Edit, Segments

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True)
class FieldSegmenter:
    """What cuts fields that were found on a page of ``shape``, each a window or, where cents stand apart, two."""

    windows: tuple[tuple[Window, ...], ...]
    shape: tuple[int, int]

    def __call__(self, _page: Page | None = None, edits: Sequence[Edit] = ()) -> PageSegments:
        """Their segments on the page, which need not be seen again, changed by ``edits``."""
        cut = [
            [(segment_page(Page(window.grey), window.edits_of(edits)), window) for window in parts]
            for parts in self.windows
        ]
        return joined_fields(cut, self.shape)

    def only(self, field: int) -> "FieldSegmenter":
        """One of them."""
        return replace(self, windows=(self.windows[field],))


@dataclass(frozen=True)
class FieldNetwork(SegmentNetwork):
    """Reads segments of fields: a link between dollars and cents is a ``point``, by its index among the classes."""

    point: int

    def penalties(self, segments: Segments) -> "Tensor":
        """(S, K), junk last."""
        import torch

        found = super().penalties(segments)
        as_link = torch.full_like(found, torch.inf)
        as_link[:, self.point] = 0
        return torch.where(torch.from_numpy(links_of(segments))[:, None], as_link, found)

    def cutting(self, segments: Segments) -> np.ndarray:
        """(S,) the linear function of the segments' features; nought for links, which are no cuts of ink."""
        return np.where(links_of(segments), np.float32(0), super().cutting(segments))
