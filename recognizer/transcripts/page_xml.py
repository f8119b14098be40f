"""A transcript as PAGE XML 2019-07-15 (S. Pletschacher, A. Antonacopoulos, "The PAGE format framework", ICPR 2010)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from recognizer.errors import InputError
from recognizer.transcripts.transcript import Box, Line, Transcript, Word

_NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"


def as_page_xml(transcripts: Sequence[Transcript]) -> bytes:
    """One page as a PAGE file. Raises InputError for several, which the format does not hold."""
    if len(transcripts) != 1:
        raise InputError(f"PAGE XML holds one page a file, not {len(transcripts)}: take ALTO, hOCR or PDF for several.")
    transcript = transcripts[0]
    root = Element("PcGts", {"xmlns": _NAMESPACE})
    metadata = SubElement(root, "Metadata")
    SubElement(metadata, "Creator").text = "Inklattice"
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    SubElement(metadata, "Created").text = now
    SubElement(metadata, "LastChange").text = now
    width, height = transcript.size
    size = {"imageWidth": str(width), "imageHeight": str(height)}
    page = SubElement(root, "Page", {"imageFilename": transcript.name, **size})
    if transcript.lines:
        group = SubElement(SubElement(page, "ReadingOrder"), "OrderedGroup", id="order")
        SubElement(group, "RegionRefIndexed", index="0", regionRef="region_1")
        region = SubElement(page, "TextRegion", id="region_1")
        _write_coords(region, transcript.box)
        for place, line in enumerate(transcript.lines, 1):
            _write_line(region, line, f"line_{place}")
        _add_text(region, "\n".join(line.text for line in transcript.lines), None)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8")


def _write_line(region: Element, line: Line, number: str) -> None:
    row = SubElement(region, "TextLine", id=number)
    _write_coords(row, line.box)
    SubElement(row, "Baseline", points=" ".join(f"{x},{y}" for x, y in line.base_line))
    for place, word in enumerate(line.words, 1):
        _write_word(row, word, f"{number}_word_{place}")
    _add_text(row, line.text, line.confidence)


def _write_word(row: Element, word: Word, number: str) -> None:
    part = SubElement(row, "Word", id=number)
    _write_coords(part, word.box)
    _add_text(part, word.text, word.confidence)


def _write_coords(element: Element, box: Box) -> None:
    left, top, right, foot = box
    corners = ((left, top), (right, top), (right, foot), (left, foot))
    SubElement(element, "Coords", points=" ".join(f"{x},{y}" for x, y in corners))


def _add_text(element: Element, text: str, confidence: float | None) -> None:
    attributes = {} if confidence is None else {"conf": f"{confidence:.3f}"}
    SubElement(SubElement(element, "TextEquiv", attributes), "Unicode").text = text
