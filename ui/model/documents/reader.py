"""Reads one file of a queue, page by page; whatever goes wrong is a result too."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from recognizer.batch.columns import Row
from recognizer.errors import Blank, Cancelled, InputError
from recognizer.files import is_ink
from recognizer.readers.protocol import Reader
from ui.language import tr
from ui.model.documents.result import AMOUNT, CHEQUE, TEXT, DocumentPage, LineTexts, Result, cheque_from
from ui.model.readers import INK, PAGE
from ui.problems import describe, log

if TYPE_CHECKING:
    from recognizer.page import Page
    from recognizer.readers.reading import Reading

ReaderOf = Callable[[str], Reader[Any]]  # from the kind of source
Check = Callable[[], None]
T = TypeVar("T")


def read_file(
    file: Path,
    known: frozenset[int],
    before: Mapping[int, Result],
    ink_kind: str,
    reader_of: ReaderOf,
    check: Check,
) -> Iterator[Result]:
    """Results of the pages of a file that are not ``known`` (from 1); what cannot be opened from some page on has one that says why.

    ``before``: what was read of the pages, which says how a person has turned them and where their amounts stand. One page is in
    memory at a time. ``check`` is called often; what it raises ends the reading. ``ink_kind``: what ink is read as.
    """
    check()
    if is_ink(file):
        yield _read_ink(file, ink_kind, reader_of, check)
    else:
        yield from _read_pages(file, known, before, reader_of, check)


def _read_ink(file: Path, kind: str, reader_of: ReaderOf, check: Check) -> Result:
    from recognizer.ink import read_inkml
    from recognizer.readers.lines import LinesReader, lines_of

    def read() -> Result:
        reading = LinesReader(lines_of, reader_of(INK), at_once=1).read(read_inkml(file), lambda _stage: check())
        unread = tr("Some of it does not look like writing and was left unread.") if reading.unread else ""
        return Result(DocumentPage(file, 1), 1, kind, reading.text, reading.confidence, error=unread)

    return _or_error(read, DocumentPage(file, 1), 1)


def _read_pages(
    file: Path, known: frozenset[int], before: Mapping[int, Result], reader_of: ReaderOf, check: Check
) -> Iterator[Result]:
    from recognizer.page import each_page

    total = 1

    def on_page(_done: int, pages: int) -> None:
        nonlocal total
        total = pages
        check()

    pages = each_page(file, on_page)
    for number in count(1):
        place = DocumentPage(file, number)
        page = _or_error(lambda: next(pages, None), place, number)
        if isinstance(page, Result):
            yield page
        if page is None or isinstance(page, Result):
            return
        if number not in known:
            was = before.get(number, Result(place))
            result = _or_error(partial(_read_page, was, total, page, reader_of, check), place, total)
            yield replace(result, cheque=page.cheque)


def _read_page(before: Result, pages: int, page: "Page", reader_of: ReaderOf, check: Check) -> Result:
    from recognizer.readers.sources import kind_of
    from recognizer.readers.upright import read_by

    page = page.turned(before.turned).with_field(before.field)
    reading, page = read_by(reader_of(PAGE), page, on_stage=lambda _stage: check())
    if kind_of(page) == "scan":
        result = text_result(before.place, pages, reading.lines or (reading,))
        return replace(result, flaws=reading.flaws, turned=page.quarters)
    return page_result(before.place, pages, reading)


def text_result(place: DocumentPage, pages: int, lines: "Sequence[Reading]") -> Result:
    """The readings of the lines of a page; it is as sure as its words are on average."""
    from recognizer.readers.transcript import share_right

    found = tuple(
        LineTexts(line.box, tuple((other.text, other.confidence) for other in line.alternatives)) for line in lines
    )
    return Result(place, pages, TEXT, "\n".join(line.text for line in lines), share_right(lines), lines=found)


def page_result(place: DocumentPage, pages: int, reading: "Reading") -> Result:
    """The reading of a page."""
    kind = CHEQUE if reading.fields else AMOUNT
    return Result(
        place,
        pages,
        kind,
        reading.text,
        reading.confidence,
        reading.flaws,
        reading.box,
        value=reading.value,
        currency=reading.currency,
    )


def result_of(file: Path, row: Row) -> Result:
    """What a process that reads for batches tells of a page, and of its lines, where it shows text."""
    return replace(_result_of(file, row), cheque=cheque_from(row.get("cheque")))


def _result_of(file: Path, row: Row) -> Result:
    place, pages = DocumentPage(file, row["page"]), row["pages"]
    if row["state"] == "blank":
        error = tr("There is no writing here: the image is blank, or the ink is too faint to tell from the paper.")
        return Result(place, pages, error=error, blank=pages > 1)
    if row["state"] == "failed":
        log.info("%s, page %d: %s", file, place.page, row["error"])
        why = RuntimeError() if row["reason"] == "fault" else InputError(row["error"])
        return Result(place, pages, error=describe(why).sentence)
    known = {name: row[name] for name in ("text", "confidence", "value", "currency")}
    lines = tuple(LineTexts(tuple(box), tuple(map(tuple, texts))) for box, texts in row.get("lines", ()))
    turned = row.get("turned", 0)
    box = None if lines else tuple(row[side] for side in ("left", "top", "right", "foot"))
    return Result(
        place,
        pages,
        TEXT if lines else row["kind"],
        **known,
        flaws=tuple(row["flaws"]),
        box=box,
        lines=lines,
        turned=turned,
    )


def _or_error(act: Callable[[], T], place: DocumentPage, pages: int) -> T | Result:
    """What ``act`` gives, or why it gives nothing as the result of a page."""
    try:
        return act()
    except Cancelled:
        raise
    except Exception as error:
        problem = describe(error)
        log.info("%s, page %d: %s\n%s", place.file, place.page, problem.sentence, problem.details)
        back = pages > 1 and isinstance(error, Blank)
        return Result(place, pages, error=problem.sentence, blank=back)
