"""Pages of PDF files, and of HEIC, as pictures, drawn in a process of its own: `page/pdf_helper.py` says why, and asks it.

A request is a line of JSON, what `Request` names, and the file. The answer is, for each page, a line of JSON with ``shape``, ``dpi``
and ``of`` (pages of the file) and the pixels; at the end a line that holds ``error`` (a sentence), ``damage`` (the reason why
the file could not be read on), or nothing.
"""

import json
import math
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from recognizer.errors import InputError
from recognizer.heif import decode, is_heif
from recognizer.helper import answer, serving

if TYPE_CHECKING:
    import numpy as np
    from pypdfium2 import PdfDocument

MAX_MEMORY = 1_500_000_000  # bytes of the process
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD


@dataclass(frozen=True)
class Request:
    """A file to be drawn."""

    name: str  # of the file, as messages call it
    size: int  # bytes
    dpi: float  # very large pages are drawn at less, so that they keep to ``max_pixels``
    max_pixels: int  # of a page
    max_pages: int
    seconds: float  # of the processor for a page


def serve() -> int:
    """Answer requests from the standard input on the standard output until there are no more."""
    answers = serving()
    _limit()
    while line := sys.stdin.buffer.readline():
        request = Request(**json.loads(line))
        data = sys.stdin.buffer.read(request.size)
        answer(answers, _last_word(answers, request, data))
    return 0


def _last_word(answers: BinaryIO, request: Request, data: bytes) -> dict[str, str]:
    """Draw the pages of a file, and say how it ended."""
    try:
        _watch(request.seconds)
        for pixels, dpi, count in draw(request, data):
            _watch(0)
            answer(answers, {"shape": pixels.shape, "dpi": dpi, "of": count}, pixels.tobytes())
            _watch(request.seconds)
    except InputError as error:
        return {"error": str(error)}
    except Exception as error:  # broken files make the wrappers of libraries raise nearly anything
        return {"damage": str(error) or type(error).__name__}
    finally:
        _watch(0)
    return {}


def _limit() -> None:
    """Let the system end this process where it takes too much."""
    try:
        import resource
    except ImportError:  # Windows knows no such limits; the deadline of who asks holds there
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def _watch(seconds: float) -> None:
    """Let the system end this process after so many seconds of the processor; 0: no more."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def draw(request: Request, data: bytes) -> "Iterator[tuple[np.ndarray, float | None, int]]":
    """Grey levels (H, W) uint8 of each page, of HEIC as `decode` gives them, its dpi, if it is known, and the number of pages.

    Raises InputError, and whatever pdfium and libheif do.
    """
    if is_heif(data):
        yield decode(data, request.max_pixels), None, 1
        return
    document = _open(request, data)
    count = len(document)
    if not count:
        raise InputError(f"{request.name} has no pages.")
    if count > request.max_pages:
        raise InputError(f"{request.name} has {count:,} pages; at most {request.max_pages} can be read: split it.")
    for number in range(count):
        yield *_draw_page(document, number, request), count
    document.close()


def _open(request: Request, data: bytes) -> "PdfDocument":
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD_ERROR:
            raise InputError(f"{request.name} asks for a password: save a copy without one.") from error
        raise
    document.init_forms()  # so that what is filled in is drawn
    return document


def _draw_page(document: "PdfDocument", number: int, request: Request) -> "tuple[np.ndarray, float]":
    import numpy as np

    page = document[number]
    width, height = page.get_size()  # in 1/72 inch
    scale = min(request.dpi / 72, _fitting_scale(width, height, request.max_pixels))
    scale *= 1 - 1e-6  # sizes are rounded up, and a scan's is a whole number but for float's error: stay below it
    bitmap = page.render(scale=scale, grayscale=True)
    grey = np.array(bitmap.to_numpy(), np.uint8).reshape(bitmap.height, bitmap.width)
    bitmap.close()
    page.close()
    return grey, round(scale * 72, 2)


def _fitting_scale(width: float, height: float, max_pixels: int) -> float:
    """The scale s at which (s width + 1) (s height + 1) = ``max_pixels``, so that sizes rounded up do not exceed it."""
    area, half = width * height, (width + height) / 2
    return (math.sqrt(half * half + area * (max_pixels - 1)) - half) / area


if __name__ == "__main__":
    sys.exit(serve())
