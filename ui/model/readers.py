"""The readers that the window uses: the one place that knows their names. Imports happen in the reading thread."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from recognizer.errors import NothingToRead
from recognizer.readers.catalog import load_reader, load_trust
from recognizer.readers.protocol import Reader
from ui.language import tr
from ui.locations import SAMPLES
from ui.model.answer import SegmentInk
from ui.model.choice import NUMBERS, TEXT, Choice, system_of
from ui.model.ink.document import ink_of, lines_of
from ui.model.reading import Kind
from ui.samples import samples_in

if TYPE_CHECKING:
    from recognizer.ink import Ink
    from recognizer.page import Page
    from recognizer.readers.reading import Reading
    from recognizer.readers.trust import Trust

INK, PAGE = "ink", "page"


def _load_ink_reader(choice: Choice) -> "Reader[Ink]":
    if choice.reads == NUMBERS:
        return load_reader("number", extent="line")
    personal = Path(choice.personal) if choice.personal else None
    return load_reader(
        "text", system_of(choice), lexicon=choice.lexicon_name, own=choice.words, extent="line", personal=personal
    )


@dataclass(frozen=True)
class PageReader:
    """Reads amounts and whole cheques; their readings look the same to the window."""

    amounts: "Reader[Page]"
    cheques: "Reader[Page]"

    @property
    def threshold(self) -> float:
        """The confidence from which on an amount is accepted."""
        return self.amounts.threshold

    def read(self, source: "Page", on_stage: Callable[[str], None] = lambda stage: None) -> "Reading":
        from recognizer.readers.chosen_field import amount_reading
        from recognizer.readers.sources import kind_of

        kind = kind_of(source)
        if kind == "scan":
            raise NothingToRead(
                tr("This page shows lines of text and no amount. Text is read by: main.py read --as text")
            )
        reader = self.cheques if kind == "cheque" else self.amounts
        return amount_reading(reader.read(source, on_stage))


def _load_page_reader(country: str | None) -> "Reader[Page]":
    return PageReader(load_reader("amount", country=country), load_reader("cheque", country=country))


def _ink_trusts(choice: Choice) -> "dict[str, Trust]":
    return {"text": load_trust("text", system_of(replace(choice, reads=TEXT))), "number": load_trust("number")}


def _page_trusts(_choice: None) -> "dict[str, Trust]":
    return {"amount": load_trust("amount"), "cheque": load_trust("cheque")}


def pen_ink(source: "Ink", reading: "Reading") -> SegmentInk:
    """The pieces of a reading of pen ink."""
    from ui.model.ink.segments import PenInk

    return PenInk(source, reading.trace.segments.pieces)  # type: ignore[attr-defined]


def page_ink(source: "Page", reading: "Reading") -> SegmentInk:
    """The pieces of a reading of a page."""
    import numpy as np

    from ui.model.page.segments import PageInk

    segments = reading.trace.segments
    runs = np.stack([segments.first, segments.last], axis=1)
    return PageInk(segments.piece_map, len(segments.cuts) - 1, runs)  # type: ignore[attr-defined]


def _example_ink() -> "Ink | None":
    from recognizer.ink import read_inkml

    return next((read_inkml(sample.path) for sample in samples_in(SAMPLES) if sample.is_ink), None)


def _example_page() -> "Page | None":
    from recognizer.page import load_pages

    return next((load_pages(sample.path)[0] for sample in samples_in(SAMPLES) if not sample.is_ink), None)


KINDS = {
    INK: Kind(_load_ink_reader, pen_ink, ink_of, lines_of, _example_ink, _ink_trusts),
    PAGE: Kind(_load_page_reader, page_ink, example=_example_page, trusts=_page_trusts),
}
