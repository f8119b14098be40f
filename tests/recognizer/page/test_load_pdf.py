"""Pages of PDF files."""

import threading

import numpy as np
import pytest
from PIL import Image

from recognizer.errors import InputError
from recognizer.page import load, load_pages
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
