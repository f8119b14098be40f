"""Transcripts as ALTO 4.4 (Library of Congress): layout and text of pages, in pixels."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from recognizer.transcripts.transcript import Box, Line, Transcript

_NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def as_alto(transcripts: Sequence[Transcript]) -> bytes:
    """Pages as one ALTO file."""
    alto = Element(
        "alto",
        {
            "xmlns": _NAMESPACE,
            "xmlns:xsi": _XSI,
            "xsi:schemaLocation": f"{_NAMESPACE} http://www.loc.gov/standards/alto/v4/alto-4-4.xsd",
        },
    )
    description = SubElement(alto, "Description")
    SubElement(description, "MeasurementUnit").text = "pixel"
    source = SubElement(description, "sourceImageInformation")
    SubElement(source, "fileName").text = transcripts[0].name if transcripts else ""
    processing = SubElement(description, "Processing", ID="processing")
    software = SubElement(processing, "processingSoftware")
    SubElement(software, "softwareName").text = "Inklattice"
    layout = SubElement(alto, "Layout")
    for number, transcript in enumerate(transcripts, 1):
        width, height = transcript.size
        size = {"HEIGHT": str(height), "WIDTH": str(width)}
        page = SubElement(layout, "Page", {"ID": f"page_{number}", "PHYSICAL_IMG_NR": str(number), **size})
        space = SubElement(page, "PrintSpace", _place((0, 0, width, height)))
        if transcript.lines:
            block = SubElement(space, "TextBlock", {"ID": f"block_{number}", **_place(transcript.box)})
            for place, line in enumerate(transcript.lines, 1):
                _write_line(block, line, f"{number}_{place}")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(alto, encoding="utf-8")


def _write_line(block: Element, line: Line, number: str) -> None:
    baseline = " ".join(f"{x},{y}" for x, y in line.base_line)
    row = SubElement(block, "TextLine", {"ID": f"line_{number}", "BASELINE": baseline, **_place(line.box)})
    for place, word in enumerate(line.words, 1):
        if place > 1:
            before = line.words[place - 2].box
            SubElement(row, "SP", _place((before[2], line.box[1], max(word.box[0], before[2]), line.box[3])))
        attributes = {"ID": f"word_{number}_{place}", "CONTENT": word.text, "WC": f"{word.confidence:.3f}"}
        SubElement(row, "String", attributes | _place(word.box))


def _place(box: Box) -> dict[str, str]:
    left, top, right, foot = box
    return {"HPOS": str(left), "VPOS": str(top), "WIDTH": str(right - left), "HEIGHT": str(foot - top)}
