"""Pages of PDF files."""

import threading
import time

import numpy as np
import pytest
from PIL import Image

from recognizer.errors import InputError
from recognizer.page import each_page, load, load_pages, pdf_helper
from tests.recognizer.page.test_load import encoded, far, only, pdf, picture


def test_pdf_pages_are_drawn_at_the_stated_dpi() -> None:
    pages = load_pages(pdf((72, 36), (36, 72)))
    assert [page.grey.shape for page in pages] == [(150, 300), (300, 150)]
    assert {page.dpi for page in pages} == {load.PDF_DPI}
    assert pages[0].grey[-1, 0] == 0
    assert pages[0].grey[0, -1] == 255


def test_scan_in_a_pdf() -> None:
    data = encoded(Image.fromarray(picture()), "PDF", resolution=300)
    assert far(only(load_pages(data)).grey, picture()) < 3


def test_huge_pdf_pages_are_drawn_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "MAX_PIXELS", 100_000)
    page = only(load_pages(pdf((14_400, 7_200))))
    assert 90_000 < page.grey.size <= 100_000
    assert page.dpi == pytest.approx(page.grey.shape[1] / 200, rel=0.01)


def test_what_is_filled_into_a_pdf_is_drawn() -> None:
    page = only(load_pages(pdf((72, 36), content="", field="0 0 20 10 re f")))
    np.testing.assert_array_equal(page.grey, only(load_pages(pdf((72, 36)))).grey)


def test_pdf_with_a_password() -> None:
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'41' * 32}>/U<{'42' * 32}>/P -4>>/ID[<00><00>]"
    with pytest.raises(InputError, match="asks for a password: save a copy without one"):
        load_pages(pdf((72, 72), encrypt=lock))


def test_pdf_from_two_threads_at_once() -> None:
    shapes: list[tuple[int, ...]] = []
    data = pdf((72, 72), (72, 72))
    threads = [threading.Thread(target=lambda: shapes.extend(p.grey.shape for p in load_pages(data))) for _ in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shapes == [(300, 300)] * 4


def hostile(name: str) -> bytes:
    """A small document whose page takes for ever, or all memory."""
    if name == "pattern":  # of steps of a hundredth of a unit
        pattern = (
            "<</PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .001/YStep .001/Resources<<>>/Length 10>>"
        )
        resources, rest = "/Pattern<</P 5 0 R>>", [f"{pattern}stream\n0 0 1 1 re f\nendstream"]
        content = "/Pattern cs /P scn 0 0 9999 9999 re f"
    else:  # forms that draw ten others, nine deep
        resources, rest, content = "/XObject<</X 5 0 R>>", [], "/X Do"
        for depth in range(9):
            inside = f"/Resources<</XObject<</X {6 + depth} 0 R>>>>" if depth < 8 else ""
            drawn = "/X Do " * 10 if depth < 8 else "0 0 9 9 re f " * 10
            form = f"<</Type/XObject/Subtype/Form/BBox[0 0 999 999]{inside}/Length {len(drawn)}>>"
            rest.append(f"{form}stream\n{drawn}\nendstream")
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 999 999]/Contents 4 0 R/Resources<<{resources}>>>>"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page]
    objects += [f"<</Length {len(content)}>>stream\n{content}\nendstream", *rest]
    body = "%PDF-1.4\n" + "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in enumerate(objects, 1))
    return f"{body}trailer<</Root 1 0 R/Size {len(objects) + 1}>>\n%%EOF\n".encode()


@pytest.mark.parametrize("name", ["pattern", "forms"])
def test_a_page_without_end_is_ended_and_the_next_file_is_read(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(load, "PDF_SECONDS", 0.5)
    begin = time.monotonic()
    with pytest.raises(InputError, match="takes too long or too much memory to be drawn"):
        load_pages(hostile(name))
    assert time.monotonic() - begin < 10
    assert len(load_pages(pdf((72, 36)))) == 1


def test_a_helper_that_was_ended_while_it_waited_is_replaced() -> None:
    load_pages(pdf((72, 36)))
    (helper,) = pdf_helper._idle
    helper._process.kill()
    helper._process.wait()
    assert len(load_pages(pdf((72, 36), (36, 72)))) == 2
    assert pdf_helper._idle != [helper]


def test_whoever_looks_at_the_first_page_only_leaves_nothing_behind() -> None:
    pages = each_page(pdf((72, 36), (36, 72)))
    next(pages)
    pages.close()
    assert [page.grey.shape for page in load_pages(pdf((36, 72)))] == [(300, 150)]
    assert len(pdf_helper._idle) == 1


def test_a_jpeg_of_endless_scans_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(Image.fromarray(picture()), "JPEG", progressive=True)
    assert len(load_pages(data)) == 1
    scan = data[data.rindex(b"\xff\xda") : -2]
    with pytest.raises(InputError, match="more scans than any camera makes"):
        load_pages(data[:-2] + scan * (load.MAX_SCANNED // picture().size) + data[-2:])
