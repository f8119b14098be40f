"""The readers that the window uses: the one place that knows their names. Imports happen in the reading thread."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ui.choice import NUMBERS, TEXT, Choice, system_of
from ui.desk import SegmentInk
from ui.ink.document import ink_of, lines_of
from ui.places import SAMPLES
from ui.reading import Kind, Reader
from ui.samples import samples_in

if TYPE_CHECKING:
    from recognizer.ink import Ink
    from recognizer.page import Page
    from recognizer.readers.reading import Reading
    from recognizer.readers.trust import Trust

INK, PAGE = "ink", "page"


def _load_ink_reader(choice: Choice) -> Reader:
    from recognizer.readers import load_ink_reader, load_number_reader

    if choice.reads == NUMBERS:
        return load_number_reader()
    personal = Path(choice.personal) if choice.personal else None
    return load_ink_reader(lexicon=choice.lexicon_name, system=system_of(choice), own=choice.words, personal=personal)


@dataclass(frozen=True)
class PageReader:
    """Reads amounts, and whole cheques where a page shows one or where it is said which part of it is the amount; their readings
    look the same to the window."""

    amounts: Reader
    cheques: Reader

    def read(self, source: "Page", on_stage: Callable[[str], None] = lambda stage: None) -> "Reading":
        from recognizer.page.fields import shows_cheque
        from recognizer.readers.narrow import amount_reading

        if source.field is not None or shows_cheque(source):
            return amount_reading(self.cheques.read(source, on_stage))
        return self.amounts.read(source, on_stage)


def _load_page_reader(country: str | None) -> Reader:
    from recognizer.readers import load_amount_reader, load_cheque_reader

    return PageReader(load_amount_reader(country=country), load_cheque_reader(country=country))


def _ink_trusts(choice: Choice) -> "dict[str, Trust]":
    from recognizer.readers.shelf import load_trust

    return {"text": load_trust("text", system_of(replace(choice, reads=TEXT))), "number": load_trust("number")}


def _page_trusts(_choice: None) -> "dict[str, Trust]":
    from recognizer.readers.shelf import load_trust

    return {"amount": load_trust("amount"), "cheque": load_trust("cheque")}


def pen_ink(source: "Ink", reading: "Reading") -> SegmentInk:
    """The pieces of a reading of pen ink."""
    from ui.ink.segments import PenInk

    return PenInk(source, reading.trace.segments.pieces)  # type: ignore[attr-defined]


def page_ink(source: "Page", reading: "Reading") -> SegmentInk:
    """The pieces of a reading of a page."""
    import numpy as np

    from ui.page.segments import PageInk

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
