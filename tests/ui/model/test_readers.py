"""Pages go to the reader that they are for."""

from types import SimpleNamespace

import numpy as np

from recognizer.page import Page
from tests.recognizer.page.test_fields import cheque_like
from tests.recognizer.page.text.test_composed import composed
from ui.model.readers import PageReader


class Named:
    """Answers with its name; its trace is that of an amount."""

    def __init__(self, name: str) -> None:
        self.name = name

    def read(self, source, on_stage=None):  # type: ignore[no-untyped-def]
        return SimpleNamespace(text=self.name, trace=SimpleNamespace(names=("segmentation",)))


def test_whole_cheques_are_read_as_such() -> None:
    reader = PageReader(Named("amount"), Named("cheque"), lambda: Named("text"))
    assert reader.read(Page(cheque_like())).text == "cheque"
    assert reader.read(Page(np.full((60, 200), 255, np.uint8))).text == "amount"


def test_a_page_whose_amount_is_pointed_out_is_read_as_a_cheque_whatever_it_looks_like() -> None:
    reader = PageReader(Named("amount"), Named("cheque"), lambda: Named("text"))
    assert reader.read(Page(np.full((60, 200), 255, np.uint8), field=(2, 2, 50, 40))).text == "cheque"


def test_a_page_of_text_is_read_as_such() -> None:
    reader = PageReader(Named("amount"), Named("cheque"), lambda: Named("text"))
    assert reader.read(Page(composed(3, count=6).grey)).text == "text"
