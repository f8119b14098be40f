"""Transcripts as a PDF that can be searched: the pages' images, and their words unseen where they stand."""

import ctypes
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from recognizer.pdfium import lock
from recognizer.transcripts.transcript import Transcript, Word

if TYPE_CHECKING:
    import numpy as np
    from pypdfium2 import PdfDocument, PdfPage

_POINTS = 72.0  # of PDF to an inch
_DPI = 300.0  # of images of which none is known
_QUALITY = 85  # of their JPEG
_FONT, _ADVANCE = b"Helvetica", 0.5  # that readers of PDF bring themselves; about how wide its letters are, in sizes


def as_pdf(transcripts: Sequence[Transcript]) -> bytes:
    """Pages as one PDF file."""
    import pypdfium2

    stream = BytesIO()
    with lock:
        document = pypdfium2.PdfDocument.new()
        for transcript in transcripts:
            _write_page(document, transcript)
        document.save(stream)
        document.close()
    return stream.getvalue()


def _write_page(document: "PdfDocument", transcript: Transcript) -> None:
    import pypdfium2

    scale = _POINTS / (transcript.dpi or _DPI)
    width, height = (side * scale for side in transcript.size)
    page = document.new_page(width, height)
    image = pypdfium2.PdfImage.new(document)
    image.load_jpeg(BytesIO(_jpeg(transcript.grey)), inline=True)
    image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    page.insert_obj(image)
    for line in transcript.lines:
        for place, word in enumerate(line.words):
            _write_word(document, page, word, place + 1 < len(line.words), scale, height)
    page.gen_content()
    page.close()


def _jpeg(grey: "np.ndarray") -> bytes:
    from PIL import Image

    stream = BytesIO()
    Image.fromarray(grey).save(stream, "JPEG", quality=_QUALITY)
    return stream.getvalue()


def _write_word(
    document: "PdfDocument", page: "PdfPage", word: Word, goes_on: bool, scale: float, height: float
) -> None:
    """A word as unseen text as wide and high as its box, and the space before the next one."""
    from pypdfium2 import raw

    left, top, right, foot = (side * scale for side in word.box)
    size = max(foot - top, 1.0)
    text = word.text + (" " if goes_on else "")
    handle = raw.FPDFPageObj_NewTextObj(document, _FONT, ctypes.c_float(size))
    coded = ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")
    raw.FPDFText_SetText(handle, ctypes.cast(coded, raw.FPDF_WIDESTRING))
    raw.FPDFTextObj_SetTextRenderMode(handle, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    stretch = (right - left) / max(_ADVANCE * size * len(word.text), 1e-6)
    raw.FPDFPageObj_Transform(handle, stretch, 0, 0, 1, left, height - foot)
    raw.FPDFPage_InsertObject(page, handle)
