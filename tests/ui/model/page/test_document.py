import numpy as np
from pytestqt.qtbot import QtBot

from recognizer.page import Page
from ui.model.opening import OpenedPages
from ui.model.page.document import PageDocument


def opened(count: int) -> OpenedPages:
    pages = tuple(Page(np.full((4, 6), 255 - number, np.uint8)) for number in range(count))
    return OpenedPages("a.tiff", pages, tuple((page.grey,) for page in pages))


def test_turning_pages_stays_within_the_document(qtbot: QtBot) -> None:
    document = PageDocument()
    assert (document.page, document.count, document.name, document.halvings) == (None, 0, "", ())
    document.show(opened(2))
    assert document.index == 0
    document.turn_to(1)
    assert document.page is not None
    assert document.page.grey[0, 0] == 254
    for beyond in (-1, 2):
        with qtbot.assertNotEmitted(document.changed):
            document.turn_to(beyond)
    document.show(opened(1))
    assert document.index == 0
