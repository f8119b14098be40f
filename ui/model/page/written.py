"""Lines of text on a page: what was traced of them is read, lit and corrected as strokes of a pen are."""

from collections.abc import Hashable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ui.model.ink.document import Stroke

if TYPE_CHECKING:
    from recognizer.ink.tracing import Tracing
    from recognizer.page import Page
    from ui.model.page.document import Box

KEPT = 16  # pages whose strokes are kept, so that what was said of them is still known when one comes back


class WrittenLine(tuple[Stroke, ...]):
    """The strokes of one line of a ``page``, and the ``tracing`` that they are from."""

    page: "Page"
    tracing: "Tracing"

    @property
    def box(self) -> "Box":
        """Around its ink [px of the page]."""
        left, top = (self.tracing.covered.min(0) - 0.5).tolist()
        right, foot = (self.tracing.covered.max(0) + 0.5).tolist()
        return left, top, right, foot


def parts_of(page: "Page") -> tuple[Hashable, ...]:
    """What is read of a page each for itself: the lines of one that shows text, or all of it."""
    from recognizer.readers.sources import kind_of

    return lines_on(page) if kind_of(page) == "scan" else (page,)


@lru_cache(KEPT)
def lines_on(page: "Page") -> tuple[WrittenLine, ...]:
    """The lines of a page of text, the same ones whenever it is asked."""
    from recognizer.readers.tracing import tracings_on

    return tuple(_written(page, tracing) for tracing in tracings_on(page))


def _written(page: "Page", tracing: "Tracing") -> WrittenLine:
    line = WrittenLine(Stroke(points, None) for points in tracing.ink.strokes)
    line.page, line.tracing = page, tracing
    return line


def page_of(source: Any) -> "Page":
    """The page that a line is of, or that was read as a whole."""
    page: Page = source.page if isinstance(source, WrittenLine) else source
    return page
