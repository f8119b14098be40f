"""Transcripts as hOCR 1.2: HTML whose classes and titles tell what was read where (T. Breuel, "The hOCR microformat")."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from recognizer.transcripts.transcript import Box, Line, Transcript

_DOCTYPE = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    b'"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
)


def as_hocr(transcripts: Sequence[Transcript]) -> bytes:
    """Pages as one hOCR file."""
    html = Element("html", {"xmlns": "http://www.w3.org/1999/xhtml", "lang": "en"})
    head = SubElement(html, "head")
    SubElement(head, "title").text = transcripts[0].name if transcripts else ""
    SubElement(head, "meta", {"http-equiv": "Content-Type", "content": "text/html; charset=utf-8"})
    SubElement(head, "meta", name="ocr-system", content="Inklattice")
    SubElement(head, "meta", name="ocr-capabilities", content="ocr_page ocr_carea ocr_line ocrx_word")
    body = SubElement(html, "body")
    for number, transcript in enumerate(transcripts, 1):
        width, height = transcript.size
        title = f'image "{transcript.name.replace(chr(34), "")}"; {_bbox((0, 0, width, height))}; ppageno {number - 1}'
        page = SubElement(body, "div", {"class": "ocr_page", "id": f"page_{number}", "title": title})
        if not transcript.lines:
            continue
        area = SubElement(page, "div", {"class": "ocr_carea", "id": f"area_{number}", "title": _bbox(transcript.box)})
        for place, line in enumerate(transcript.lines, 1):
            _write_line(area, line, f"{number}_{place}")
    return _DOCTYPE + tostring(html, encoding="utf-8")


def _write_line(area: Element, line: Line, number: str) -> None:
    title = f"{_bbox(line.box)}; {_baseline(line)}"
    row = SubElement(area, "span", {"class": "ocr_line", "id": f"line_{number}", "title": title})
    for place, word in enumerate(line.words, 1):
        title = f"{_bbox(word.box)}; x_wconf {round(100 * word.confidence)}"
        span = SubElement(row, "span", {"class": "ocrx_word", "id": f"word_{number}_{place}", "title": title})
        span.text, span.tail = word.text, " "


def _bbox(box: Box) -> str:
    return "bbox {} {} {} {}".format(*box)


def _baseline(line: Line) -> str:
    """The slope, and how far below the lower left corner of the box it begins, as hOCR tells a straight base line."""
    (x0, y0), (x1, y1) = line.base_line[0], line.base_line[-1]
    slope = (y1 - y0) / max(x1 - x0, 1)
    return f"baseline {slope:.4f} {y0 + slope * (line.box[0] - x0) - line.box[3]:.0f}"
