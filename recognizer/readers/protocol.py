"""What a reader is. Light, since the window and the command line name it before anything is read."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

if TYPE_CHECKING:
    from recognizer.page import Page
    from recognizer.readers.reading import Reading

Source = TypeVar("Source", contravariant=True)


class Reader(Protocol[Source]):
    """Whatever reads sources of some kind."""

    @property
    def threshold(self) -> float:
        """The confidence from which on a reading is accepted."""

    def read(self, source: Source, on_stage: Callable[[str], None] = ...) -> "Reading":
        """Read ``source``. ``on_stage`` hears the name of each stage before it; what it raises stops the reading.

        Raises NothingToRead or InputError where there is no writing, or something other than what this reader reads.
        """


@runtime_checkable
class SeesHowPagesLie(Protocol):
    """A reader of pages that need not lie upright."""

    def quarters(self, page: "Page") -> int:
        """The quarter turns to the right that bring a page upright; 0 where that is in doubt."""
