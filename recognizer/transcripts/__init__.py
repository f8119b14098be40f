"""What was read of pages, written for other programs: hOCR, ALTO, PAGE XML and PDF. Knows no reader."""

from collections.abc import Callable, Sequence
from typing import Literal, get_args

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

__all__ = ["FORMATS", "WRITERS", "Format", "Line", "Transcript", "Word", "as_alto", "as_hocr", "as_page_xml", "as_pdf"]
