"""Reads one file of a queue, page by page; whatever goes wrong is a result too."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from recognizer.errors import Cancelled
from recognizer.files import is_ink
from ui.documents.result import AMOUNT, CHEQUE, Place, Result
from ui.page.document import Box
from ui.problems import describe, log
from ui.readers import INK, PAGE
from ui.reading import Reader

if TYPE_CHECKING:
    from recognizer.readers.reading import Reading

ReaderOf = Callable[[str], Reader]  # from the kind of source


def read_file(
    file: Path, known: frozenset[int], ink_kind: str, reader_of: ReaderOf, check: Callable[[], None]
) -> Iterator[Result]:
    """Results of the pages of a file that are not ``known`` (from 1). Of a file that cannot be opened there is one result.

    One file is in memory at a time. ``check`` is called often; what it raises ends the reading. ``ink_kind``: what ink is read as.
    """
    try:
        check()
        if is_ink(file):
            yield from _read_ink(file, ink_kind, reader_of, check)
        else:
            yield from _read_pages(file, known, reader_of, check)
    except Cancelled:
        raise
    except Exception as error:
        yield _failed(Place(file, 1), 1, error)


def _read_ink(file: Path, kind: str, reader_of: ReaderOf, check: Callable[[], None]) -> Iterator[Result]:
    from recognizer.ink import read_inkml

    reading = reader_of(INK).read(read_inkml(file), lambda _stage: check())
    yield Result(Place(file, 1), 1, kind, reading.text, reading.confidence, reading.flaws)


def _read_pages(file: Path, known: frozenset[int], reader_of: ReaderOf, check: Callable[[], None]) -> Iterator[Result]:
    from recognizer.page import load_pages

    pages = load_pages(file, on_page=lambda _done, _total: check())
    for number, page in enumerate(pages, 1):
        if number in known:
            continue
        place = Place(file, number)
        try:
            reading = reader_of(PAGE).read(page, lambda _stage: check())
        except Cancelled:
            raise
        except Exception as error:
            yield _failed(place, len(pages), error)
        else:
            yield page_result(place, len(pages), reading)


def page_result(place: Place, pages: int, reading: "Reading", field: Box | None = None) -> Result:
    """The reading of a page, perhaps of a ``field`` that a person has given."""
    kind = CHEQUE if reading.fields else AMOUNT
    return Result(place, pages, kind, reading.text, reading.confidence, reading.flaws, box_of(reading), field)


def box_of(reading: "Reading") -> Box:
    """Around what the answer was read from [px of the page]."""
    boxes = reading.trace.segments.boxes
    left, top = boxes[:, :2].min(axis=0).tolist()
    right, bottom = boxes[:, 2:].max(axis=0).tolist()
    return left, top, right, bottom


def _failed(place: Place, pages: int, error: Exception) -> Result:
    problem = describe(error)
    log.info("%s, page %d: %s\n%s", place.file, place.page, problem.sentence, problem.details)
    return Result(place, pages, error=problem.sentence)
