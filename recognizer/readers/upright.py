"""How a page of text lies: turned as its longest lines are understood best by the network that reads it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from recognizer.errors import InputError
from recognizer.ink import Ink
from recognizer.ink.tracing import Tracing, frames_of_tracing
from recognizer.page import Page
from recognizer.readers.doubt import ON_ITS_SIDE, UPSIDE_DOWN
from recognizer.readers.lines import LinesReader
from recognizer.readers.protocol import SeesHowPagesLie
from recognizer.readers.reading import Reading
from recognizer.readers.tracing import tracings_on
from recognizer.readers.transparent import as_array, in_strip

if TYPE_CHECKING:
    from torch import Tensor, nn

# The flaw of a page that so many quarter turns to the right bring upright.
LIES = ("", ON_ITS_SIDE, UPSIDE_DOWN, ON_ITS_SIDE)
# Penalties a character of the likeliest labels of all frames [nats]: of 30 pages that lie upright 0.06 to 1.8, on their head 1 to 9 times
# as much. Up to the first no page lies otherwise, from the second on one may lie on its side, and only what is this share is better.
_UPRIGHT, _STRANGE, _BETTER = 0.5, 1.0, 0.8
# Lines that tell how a page lies, and that are looked at: one line of an old hand reads better turned, now and then.
_FEWEST, _LINES = 3, 5
_PART = 1000  # px of either side of a page that are enough to see whether it lies on its side, or half of it


def read_by(reader: Any, source: Any, **heard: Callable[..., object]) -> tuple[Reading, Any]:
    """What a ``reader`` reads on a source, and the source that all places in the reading are of: a page of text that nobody has turned
    yet is turned upright first, and how it lay is a flaw of it. The reader's `read` is told what is ``heard`` of its steps."""
    is_seen = isinstance(source, Page) and not source.quarters and isinstance(reader, SeesHowPagesLie)
    if not is_seen or not (quarters := reader.quarters(source)):
        return reader.read(source, **heard), source
    page = source.turned(quarters)
    return replace(reader.read(page, **heard), flaws=(LIES[quarters],)), page


@dataclass(frozen=True)
class ScanReader(LinesReader[Page, Tracing]):
    """Reads pages of text line by line as they lie; ``quarters`` tells how many quarter turns to the right bring one upright."""

    quarters: Callable[[Page], int]


@dataclass(frozen=True)
class Orientation:
    """Tells how pages lie, by a `Displacement` network of what is traced on images."""

    network: "nn.Module"

    def __call__(self, page: Page) -> int:
        """The quarter turns to the right that bring a page of text upright; 0 where that is in doubt."""
        try:
            found = self._found(page)
        except InputError:  # turned so, a line may hold nothing to read
            return 0
        best = min(found, key=found.__getitem__, default=0)
        return best if best and found[best] < _BETTER * found[0] else 0

    def _found(self, page: Page) -> dict[int, float]:
        """The penalties of what it may be turned by, as far as there is something to tell them by."""
        if len(lines := _longest(page)) < _FEWEST:
            return {}
        found = {0: self._penalty(lines)}
        if found[0] > _UPRIGHT:
            found[2] = self._penalty([_on_its_head(line) for line in lines])
        if min(found.values()) > _STRANGE:
            with suppress(InputError):  # on its side there may be no lines
                lines = _longest(_middle(page).turned(1))
                if len(lines) >= _FEWEST:
                    found |= {1: self._penalty(lines), 3: self._penalty([_on_its_head(line) for line in lines])}
        return found

    def _penalty(self, lines: list[Tracing]) -> float:
        """Of the likeliest labels of all frames, for each character [nats]."""
        pictures = [frames_of_tracing(line).picture for line in lines]
        penalties = as_array(lambda: _joined(in_strip(self.network, pictures)))
        labels, blank = penalties.argmin(1), penalties.shape[1] - 1
        characters = np.count_nonzero((labels != blank) & (np.diff(labels, prepend=blank) != 0))
        return float(penalties.min(1).sum()) / max(int(characters), 1)


def _joined(parts: "list[Tensor]") -> "Tensor":
    import torch

    return torch.cat(parts)


def _longest(page: Page) -> list[Tracing]:
    """The longest lines of a page. Raises NothingToRead where there are none."""
    return sorted(tracings_on(page), key=lambda line: -float(np.ptp(line.covered[:, 0])))[:_LINES]


def _on_its_head(line: Tracing) -> Tracing:
    turn = np.array([-1, -1, 1], np.float32)
    return Tracing(Ink(tuple(stroke * turn for stroke in line.ink.strokes)), -line.covered)


def _middle(page: Page) -> Page:
    """What surrounds the middle of a page's writing: to find lines on all of it takes long."""
    boxes = np.array([line.box for line in page.text.lines])
    middle = (boxes[:, :2].min(0) + boxes[:, 2:].max(0)) // 2
    size = np.array(page.grey.shape[::-1])
    half = np.maximum(size // 4, _PART // 2)
    (left, top), (right, foot) = np.maximum(middle - half, 0), np.minimum(middle + half, size)
    return Page(np.ascontiguousarray(page.grey[top:foot, left:right]), page.dpi)
