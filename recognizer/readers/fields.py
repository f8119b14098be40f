"""Fields of a cheque as a source of their own: cut again where a person wants, and read by the network that reads amounts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from recognizer.page import Page, PageSegments
from recognizer.page.segment import segment_inked
from recognizer.readers.candidates import FieldPart, joined_fields, links_of
from recognizer.readers.transparent import SegmentNetwork
from recognizer.segments import Edit, Segments

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True)
class FieldSegmenter:
    """What cuts fields that were found on a page of ``shape``, each of one part or, where cents stand apart, of two."""

    parts: tuple[tuple[FieldPart, ...], ...]
    shape: tuple[int, int]

    def __call__(self, _page: Page | None = None, edits: Sequence[Edit] = ()) -> PageSegments:
        """Their segments on the page, which need not be seen again, changed by ``edits``."""
        return joined_fields([[_edited(part, edits) for part in parts] for parts in self.parts], self.shape)

    def only(self, field: int) -> "FieldSegmenter":
        """One of them."""
        return replace(self, parts=(self.parts[field],))


def _edited(part: FieldPart, edits: Sequence[Edit]) -> FieldPart:
    return replace(part, segments=segment_inked(part.ink, part.window.edits_of(edits))) if edits else part


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
        """(S,) the linear function of the segments' features; 0 for links, which are no cuts of ink."""
        return np.where(links_of(segments), np.float32(0), super().cutting(segments))
