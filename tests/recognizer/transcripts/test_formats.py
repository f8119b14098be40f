"""What other programs read of the files that are written, by parsers of theirs."""

from io import BytesIO
from xml.etree.ElementTree import Element

import numpy as np
import pytest
from defusedxml.ElementTree import fromstring
from pypdf import PdfReader

from recognizer.errors import InputError
from recognizer.page import load_pages
from recognizer.transcripts import FORMATS, WRITERS, Line, Transcript, Word

WORDS = ("Dear", "M&M", '"<x>"')
HOCR = "{http://www.w3.org/1999/xhtml}"
ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"
PAGE = "{http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15}"


def transcript(lines: int = 2, dpi: float | None = 100.0) -> Transcript:
    def line(k: int) -> Line:
        words = tuple(
            Word(text, 0.25 * (n + 1), (50 + 100 * n, 40 + 60 * k, 130 + 100 * n, 80 + 60 * k))
            for n, text in enumerate(WORDS)
        )
        box = (50, 40 + 60 * k, 330, 80 + 60 * k)
        return Line(" ".join(WORDS), 0.5, box, ((50, 75 + 60 * k), (330, 70 + 60 * k)), words)

    grey = np.full((300, 400), 230, np.uint8)
    grey[45:70, 60:300] = 30
    return Transcript('a "letter".png', grey, dpi, tuple(line(k) for k in range(lines)))


def in_title(element: Element, name: str) -> list[str]:
    return next(part.split()[1:] for part in element.attrib["title"].split("; ") if part.split()[0] == name)


def box_of(place: dict[str, str]) -> tuple[int, int, int, int]:
    left, top, wide, high = (int(place[name]) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    return left, top, left + wide, top + high


def test_hocr_tells_pages_lines_and_words_with_their_boxes() -> None:
    given = transcript()
    html = fromstring(WRITERS["hocr"]([given, transcript(0)]))
    pages = [each for each in html.iter(f"{HOCR}div") if each.attrib["class"] == "ocr_page"]
    assert [in_title(page, "bbox") for page in pages] == [["0", "0", "400", "300"]] * 2
    spans = list(html.iter(f"{HOCR}span"))
    rows = [each for each in spans if each.attrib["class"] == "ocr_line"]
    assert [tuple(map(int, in_title(row, "bbox"))) for row in rows] == [line.box for line in given.lines]
    for row, line in zip(rows, given.lines, strict=True):
        assert "".join(row.itertext()).strip() == line.text
        slope, below = map(float, in_title(row, "baseline"))
        x, y = line.base_line[-1]
        assert line.box[3] + below + slope * (x - line.box[0]) == pytest.approx(y, abs=1)
    words = [each for each in spans if each.attrib["class"] == "ocrx_word"]
    assert [int(in_title(word, "x_wconf")[0]) for word in words] == [25, 50, 75] * 2
    assert len({each.attrib["id"] for each in [*pages, *spans]}) == len(pages) + len(spans)


def test_alto_tells_them_too_and_names_what_its_schema_asks_for() -> None:
    given = transcript()
    alto = fromstring(WRITERS["alto"]([given, transcript(0)]))
    assert [child.tag for child in alto] == [f"{ALTO}Description", f"{ALTO}Layout"]
    assert alto.findtext(f"{ALTO}Description/{ALTO}MeasurementUnit") == "pixel"
    pages = alto.findall(f"{ALTO}Layout/{ALTO}Page")
    assert [page.attrib["PHYSICAL_IMG_NR"] for page in pages] == ["1", "2"]
    rows = list(alto.iter(f"{ALTO}TextLine"))
    assert [box_of(row.attrib) for row in rows] == [line.box for line in given.lines]
    for row, line in zip(rows, given.lines, strict=True):
        assert [child.tag for child in row] == [f"{ALTO}String", *[f"{ALTO}SP", f"{ALTO}String"] * (len(WORDS) - 1)]
        words = row.findall(f"{ALTO}String")
        assert [word.attrib["CONTENT"] for word in words] == [word.text for word in line.words]
        assert [box_of(word.attrib) for word in words] == [word.box for word in line.words]
        assert [float(word.attrib["WC"]) for word in words] == [word.confidence for word in line.words]
        assert row.attrib["BASELINE"] == " ".join(f"{x},{y}" for x, y in line.base_line)


def test_page_xml_tells_them_of_one_page() -> None:
    given = transcript()
    root = fromstring(WRITERS["page"]([given]))
    assert [child.tag for child in root] == [f"{PAGE}Metadata", f"{PAGE}Page"]
    assert [child.tag for child in root[0]] == [f"{PAGE}{name}" for name in ("Creator", "Created", "LastChange")]
    page = root[1]
    assert (page.attrib["imageWidth"], page.attrib["imageHeight"]) == ("400", "300")
    region = page.find(f"{PAGE}TextRegion")
    assert region is not None
    assert page.find(f"{PAGE}ReadingOrder/{PAGE}OrderedGroup/*").attrib["regionRef"] == region.attrib["id"]  # type: ignore[union-attr]
    for row, line in zip(region.findall(f"{PAGE}TextLine"), given.lines, strict=True):
        parts = [child.tag.removeprefix(PAGE) for child in row]
        assert parts == ["Coords", "Baseline", *["Word"] * len(WORDS), "TextEquiv"]
        assert row.findtext(f"{PAGE}TextEquiv/{PAGE}Unicode") == line.text
        words = row.findall(f"{PAGE}Word")
        assert [word.findtext(f"{PAGE}TextEquiv/{PAGE}Unicode") for word in words] == list(WORDS)
    with pytest.raises(InputError, match="one page a file"):
        WRITERS["page"]([given, given])


@pytest.mark.parametrize("dpi", [100.0, 300.0, None])
def test_a_pdf_is_searched_by_other_programs_and_shows_the_page(dpi: float | None) -> None:
    given = transcript(dpi=dpi)
    data = WRITERS["pdf"]([given, transcript(0, dpi)])
    pages = PdfReader(BytesIO(data)).pages
    assert pages[0].extract_text().split() == list(WORDS) * 2
    assert pages[1].extract_text() == ""
    assert float(pages[0].mediabox.width) == pytest.approx(400 * 72 / (dpi or 300), abs=0.1)
    seen = load_pages(data)[0].grey
    high, wide = seen.shape
    assert seen[round(0.19 * high), round(0.4 * wide)] < 60  # the ink of the image, and no text upon it
    assert seen[round(0.8 * high), round(0.4 * wide)] > 200
    assert (seen < 128).mean() == pytest.approx((given.grey < 128).mean(), abs=0.01)


def test_words_of_a_pdf_stand_where_they_were_read() -> None:
    places: list[tuple[str, float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            places.append((text.strip(), tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]))

    PdfReader(BytesIO(WRITERS["pdf"]([transcript(1)]))).pages[0].extract_text(visitor_text=visit)
    assert places
    for text, x, y in places:
        left, _, _, foot = next(word.box for word in transcript(1).lines[0].words if text.startswith(word.text))
        assert (x, y) == pytest.approx((left * 0.72, (300 - foot) * 0.72), abs=0.5)


def test_every_format_takes_a_page_without_lines() -> None:
    for name in FORMATS:
        assert len(WRITERS[name]([transcript(0)])) > 100
