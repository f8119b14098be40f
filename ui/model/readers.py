"""The readers that the window uses: the one place that knows their names. Imports happen in the reading thread."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from recognizer.readers.catalog import load_reader, load_trust
from recognizer.readers.protocol import Reader, SeesHowPagesLie
from ui.locations import SAMPLES
from ui.model.answer import SegmentInk
from ui.model.choice import NUMBERS, TEXT, Choice, PageChoice, own_model, system_of
from ui.model.ink.document import ink_of, is_insisted, lines_of
from ui.model.page.written import WrittenLine, parts_of
from ui.model.reading import Kind
from ui.samples import samples_in

if TYPE_CHECKING:
    from recognizer.batch.settings import Settings
    from recognizer.ink import Ink
    from recognizer.ink.tracing import Tracing
    from recognizer.page import Page
    from recognizer.readers.lines import LinesReader
    from recognizer.readers.reading import Reading
    from recognizer.readers.trust import Trust

INK, PAGE = "ink", "page"
WITH_LINES = "recognizer.batch.pages:LinesToo"  # what reads pages in processes beside the window


def _load_ink_reader(choice: Choice) -> "Reader[Ink]":
    if choice.reads == NUMBERS:
        return load_reader("number", extent="line", models=own_model(choice.model, "number"))
    system, personal = system_of(choice), Path(choice.personal) if choice.personal else None
    words = {"lexicon": choice.lexicon_name, "own": choice.words}
    models = own_model(choice.model, "text", system)
    return load_reader("text", system, **words, extent="line", personal=personal, models=models)  # type: ignore[arg-type]


@dataclass(frozen=True)
class PageReader:
    """Reads amounts, whole cheques, and pages of text or single lines of them; their readings look the same to the window."""

    amounts: "Reader[Page]"
    cheques: "Reader[Page]"
    load_lines: "Callable[[], LinesReader[Page, Tracing]]"  # of text, which is loaded when a page shows some

    @property
    def threshold(self) -> float:
        """The confidence from which on an amount is accepted."""
        return self.amounts.threshold

    def quarters(self, page: "Page") -> int:
        """The quarter turns to the right that bring a page of text upright."""
        from recognizer.readers.sources import kind_of

        reader = self.load_lines() if kind_of(page) == "scan" else None
        return reader.quarters(page) if isinstance(reader, SeesHowPagesLie) else 0

    def read(self, source: "Page | WrittenLine", on_stage: Callable[[str], None] = lambda stage: None) -> "Reading":
        from recognizer.readers.chosen_field import amount_reading
        from recognizer.readers.sources import kind_of

        if isinstance(source, WrittenLine):
            return self.load_lines().line.read(source.tracing, on_stage)
        kind = kind_of(source)
        if kind == "scan":
            return self.load_lines().read(source, on_stage)
        reader = self.cheques if kind == "cheque" else self.amounts
        return amount_reading(reader.read(source, on_stage))


def _load_page_reader(choice: PageChoice | None) -> "Reader[Page]":
    country, model = choice or PageChoice()
    amounts, cheques = (
        load_reader(kind, country=country or None, models=own_model(model, kind)) for kind in ("amount", "cheque")
    )
    return PageReader(amounts, cheques, partial(_load_lines, model))


@cache
def _load_lines(model: str) -> "LinesReader[Page, Tracing]":
    reader: LinesReader[Page, Tracing] = load_reader("scan", models=own_model(model, "scan"))  # type: ignore[assignment]
    return replace(reader, at_once=1)


def _ink_trusts(choice: Choice) -> "dict[str, Trust]":
    system = system_of(replace(choice, reads=TEXT))
    return {
        "text": load_trust("text", system, own_model(choice.model, "text", system)),
        "number": load_trust("number", models=own_model(choice.model, "number")),
    }


def _page_settings(choice: PageChoice | None) -> "Settings | None":
    """Batches know no model of the user's."""
    from recognizer.batch.settings import Settings, models_now

    country, model = choice or PageChoice()
    return None if model else Settings(country=country or None, models=models_now(), read=WITH_LINES)


def _page_trusts(choice: PageChoice) -> "dict[str, Trust]":
    return {kind: load_trust(kind, models=own_model(choice.model, kind)) for kind in ("amount", "cheque")}


def pen_ink(source: "Ink", reading: "Reading") -> SegmentInk:
    """The pieces of a reading of pen ink."""
    from ui.model.ink.segments import PenInk

    return PenInk(source, reading.trace.segments.pieces)  # type: ignore[attr-defined]


def page_ink(source: "Page | WrittenLine", reading: "Reading") -> SegmentInk:
    """The pieces of a reading of a page, or of a line of text on one."""
    import numpy as np

    if isinstance(source, WrittenLine):
        return pen_ink(source.tracing.ink, reading)
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
    INK: Kind(_load_ink_reader, pen_ink, ink_of, lines_of, _example_ink, _ink_trusts, is_insisted),
    PAGE: Kind(
        _load_page_reader,
        page_ink,
        parts=parts_of,
        example=_example_page,
        trusts=_page_trusts,
        gradual=True,
        beside=_page_settings,
    ),
}
