"""PDF files and HEIC are drawn in a helper process with limits of time and memory.

A PDF is a program: a few hundred bytes may ask for hours or for all memory, and pdfium, which takes one thread at a time, would
keep every other file waiting; a damaged HEIC may end the process. Other pictures need no helper: what they cost is bounded by their
pixels and counted before they are decoded. A helper that has done its work waits for the next file, so that its start (a fifth of a
second) is paid once.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import NamedTuple

import numpy as np

from recognizer.errors import InputError
from recognizer.helper import Helper
from recognizer.pdf import Request
from recognizer.platform import DRAW_PDF

DEADLINE = 40.0  # s for a page, where the process is not ended for the time that it takes of the processor


class DrawnPage(NamedTuple):
    """A page."""

    pixels: np.ndarray  # grey levels (H, W) uint8, or (H, W, 4) of red, green, blue and how opaque
    dpi: float | None
    of: int  # pages of the file


def draw_pages(request: Request, data: bytes) -> Iterator[DrawnPage]:
    """The pages of a file one after the other. Raises InputError, and ValueError where the file is damaged."""
    helper = _ask(request, data)
    sound = False  # is the helper at the end of an answer?
    try:
        while answer := helper.hear(DEADLINE):
            if "shape" not in answer:
                break
            # As an array that can be written, which is what kernels are compiled for.
            pixels = bytearray(helper.read(int(np.prod(answer["shape"]))))
            yield DrawnPage(np.frombuffer(pixels, np.uint8).reshape(answer["shape"]), answer["dpi"], answer["of"])
        sound = "damage" not in answer  # which may have damaged the helper, too
    except EOFError:
        raise InputError(
            f"{request.name} takes too long or too much memory to be drawn, or is damaged: print it into a new PDF, or save it as "
            "a picture."
        ) from None
    finally:
        if sound:
            _put_back(helper)
        else:
            helper.end()
    if "error" in answer:
        raise InputError(answer["error"])
    if "damage" in answer:
        raise ValueError(answer["damage"])


_idle: list[Helper] = []  # one at most


def _ask(request: Request, data: bytes) -> Helper:
    """A helper that has been given the file: the one that waits, or a new one."""
    with suppress(IndexError):
        helper = _idle.pop()
        try:
            helper.ask(asdict(request), data)
            return helper
        except OSError:  # it has been ended meanwhile
            helper.end()
    helper = Helper("recognizer.pdf", DRAW_PDF)
    with suppress(BrokenPipeError):  # what it died of is heard
        helper.ask(asdict(request), data)
    return helper


def _put_back(helper: Helper) -> None:
    """Keep it for the next file, unless another one waits already."""
    if _idle:
        helper.end()
    else:
        _idle.append(helper)
