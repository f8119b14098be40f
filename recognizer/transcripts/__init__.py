"""What was read of pages, written for other programs: hOCR, ALTO, PAGE XML and PDF. Knows no reader."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, get_args

from recognizer.errors import InputError
from recognizer.files import write_file
from recognizer.transcripts.alto import as_alto
from recognizer.transcripts.hocr import as_hocr
from recognizer.transcripts.page_xml import as_page_xml
from recognizer.transcripts.pdf import as_pdf
from recognizer.transcripts.transcript import Line, Transcript, Word

Format = Literal["hocr", "alto", "page", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)
WRITERS: dict[Format, Callable[[Sequence[Transcript]], bytes]] = {
    "hocr": as_hocr,
    "alto": as_alto,
    "page": as_page_xml,
    "pdf": as_pdf,
}


def write(transcripts: Sequence[Transcript], format: Format, out: Path) -> None:
    """Write pages to a file. Raises InputError where none has text, or the format does not hold them."""
    if not any(transcript.lines for transcript in transcripts):
        raise InputError("No page of text was read, so that there is nothing to write.")
    write_file(out, WRITERS[format](transcripts))


__all__ = ["FORMATS", "WRITERS", "Format", "Line", "Transcript", "Word", "write"]
