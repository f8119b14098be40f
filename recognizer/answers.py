"""What the command line reads of files: a reader for each source, and its answers as objects."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recognizer import platform
from recognizer.errors import Blank, InputError
from recognizer.interrupt import was_interrupted
from recognizer.printing import sentence_of
from recognizer.readers import catalog
from recognizer.readers.catalog import Kind, System
from recognizer.readers.protocol import Reader

if TYPE_CHECKING:
    from recognizer.readers.reading import Reading
    from recognizer.transcripts import Transcript

Answer = dict[str, Any]  # as ``read --json`` prints it
OnStep = Callable[[int, int], None]  # so many are done, of so many


@dataclass(frozen=True)
class Choices:
    """How sources are to be read, as `catalog.load_reader` takes it; ``kind`` None: as each looks."""

    kind: Kind | None = None
    max_error: float | None = None
    system: System | None = None
    lexicon: str | None = None
    personal: Path | None = None
    country: str | None = None
    models: Path | None = None


def answers(
    file: Path, choices: Choices, on_page: OnStep, on_line: OnStep, transcripts: "list[Transcript] | None" = None
) -> Iterator[Answer]:
    """One answer for a file, or one a page where it has several; what its pages say as text is added to ``transcripts``, which hold
    thousands of pages and would fill the memory where nobody writes them. ``on_page`` and ``on_line`` hear before each page, and
    each line of one, how many are done."""
    from recognizer.readers.sources import each_source

    pages = 1

    def count(done: int, total: int) -> None:
        nonlocal pages
        pages = total
        on_page(done - 1, total)

    sources = each_source(file, choices.kind, count)
    for number in itertools.count(1):
        try:
            source = next(sources, None)
        except (InputError, OSError) as error:
            yield {"file": str(file)} | _place(None, number, pages) | {"error": sentence_of(error)}
            return
        if source is None:
            return
        which = {"file": str(file)} | _place(source, number, pages)
        try:
            yield which | _answer(source, file.name, choices, on_line, transcripts)
        except Blank as error:  # of several pages some may be, as backs are
            yield which | ({"blank": True} if pages > 1 else {"error": sentence_of(error)})
        except (InputError, OSError) as error:
            yield which | {"error": sentence_of(error)}
        except Exception as error:  # a fault of ours must not keep the other files from being read
            if was_interrupted(error):
                raise
            reason = f"{type(error).__name__}: {error}".rstrip(".")
            yield which | {"error": f"The program failed on this, which is a fault of its own ({reason})."}


def _place(source: Any, number: int, pages: int) -> Answer:
    """Which of the ``pages`` of its file it is, from 1, and which of several cheques on one picture, each of which is a page."""
    cheque = getattr(source, "cheque", None)
    return ({"page": number} if pages > 1 else {}) | ({"cheque": cheque[0]} if cheque else {})


def _answer(
    source: Any, name: str, choices: Choices, on_line: OnStep, transcripts: "list[Transcript] | None"
) -> Answer:
    """What is read of a source of a file ``name``. A page without text is one of the transcripts all the same."""
    from recognizer.page import Page
    from recognizer.readers.sources import kind_of, suited
    from recognizer.readers.transcript import transcript_of
    from recognizer.transcripts import Transcript

    if transcripts is not None and isinstance(source, Page):
        transcripts.append(Transcript(name, source.grey, source.dpi, ()))
    kind = suited(choices.kind, source) if choices.kind else kind_of(source)
    reading, source = read_with(load_reader(kind, choices), source, on_line)
    if kind != "scan":
        return answer_of(reading)
    transcript = transcript_of(reading, source, name)
    if transcripts is not None:
        transcripts[-1] = transcript
    turned = {"turned": 90 * source.quarters} if source.quarters else {}
    return answer_of(reading) | turned | transcript.as_json()


def read_with(reader: Reader[Any], source: Any, on_line: OnStep) -> "tuple[Reading, Any]":
    """The reading of a source, of which ``on_line`` hears the lines, where it has any, and the source that its places are of."""
    from recognizer.readers.lines import LinesReader
    from recognizer.readers.upright import read_by

    return read_by(reader, source, on_line=on_line) if isinstance(reader, LinesReader) else read_by(reader, source)


def answer_of(reading: "Reading") -> dict[str, Any]:
    """A reading as the command line gives it."""
    return {
        "text": reading.text,
        **({"value": reading.value, "currency": reading.currency} if reading.value else {}),
        "confidence": reading.confidence,
        "accepted": reading.accepted,
        "alternatives": [{"text": each.text, "confidence": each.confidence} for each in reading.alternatives],
        "seconds": reading.seconds,
        **({"flaws": list(reading.flaws)} if reading.flaws else {}),
        **({"unread": reading.unread} if reading.unread else {}),
    }


@cache
@platform.to_stay()
def load_reader(kind: Kind, choices: Choices) -> Reader[Any]:
    """The reader of this kind. Raises InputError where it has no use for what was chosen."""
    platform.set_threads(platform.default_threads())
    how: dict[str, Any] = {"max_error": choices.max_error, "models": choices.models}
    if kind in catalog.OF_WORDS:
        platform.share_memory()
        how |= {"lexicon": choices.lexicon, "personal": choices.personal}
        return catalog.load_reader(kind, choices.system, **how)
    if choices.lexicon not in (None, "none"):
        raise InputError("Numbers, amounts and cheques are read without a lexicon; leave --lexicon out.")
    if choices.system not in (None, *catalog.systems_of(kind)):
        raise InputError("Numbers and cheques are read by the system segmentation; leave --system out.")
    return catalog.load_reader(kind, choices.system, country=choices.country, **how)
