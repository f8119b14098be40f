"""Fields alone, at the resolution that they are read at."""

import numpy as np

from recognizer.page.fields import find_fields
from recognizer.page.layout import lay_out
from recognizer.page.rectify import rectify
from recognizer.page.window import cut_out
from tests.recognizer.page.test_fields import sheet


def _window(scale: int, pattern: float = 0.0):  # type: ignore[no-untyped-def]
    page = sheet(("12", 560, 140), ("34", 600, 168)).repeat(scale, 0).repeat(scale, 1)
    stripes = np.arange(len(page))[:, None] % (6 * scale) < 3 * scale
    page = (page - pattern * stripes).clip(0).astype(np.uint8)
    flat = rectify(page)
    layout = lay_out(flat.grey)
    fields = find_fields(layout)
    first = int(np.argmin(fields.boxes[:, 1]))
    return page, fields.boxes[first], cut_out(page, flat, layout, fields.parts[first][0])


def test_other_ink_is_painted_over() -> None:
    _, _, window = _window(2)
    dark = window.grey < 120
    rows = np.flatnonzero(dark.any(1))
    assert 0.9 < (rows[-1] - rows[0] + 1) / 40 < 1.2
    assert not dark[:3].any()
    assert not dark[-3:].any()


def test_what_is_printed_around_the_ink_is_painted_over() -> None:
    _, _, window = _window(2, pattern=60.0)
    darker = window.grey < window.grey.max() - 30
    assert 0.02 < darker.mean() < 0.25


def test_places_lead_back_to_the_page() -> None:
    for scale in (1, 2, 4):
        page, box, window = _window(scale)
        rows, columns = np.nonzero(window.grey < 120)
        inked = np.array([[columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]], float)
        assert np.abs(window.boxes_on_page(inked)[0] - scale * box).max() <= 3 * scale
        assert page.shape[1] == 800 * scale


def test_painting_on_the_page_covers_the_ink_and_keeps_what_is_there() -> None:
    page, _, window = _window(2)
    painted = np.full(page.shape, -1, np.int16)
    painted[:300, :1150] = 7
    before = painted.copy()
    window.paint_on_page(np.where(window.grey < 120, 3, -1), painted)
    assert np.array_equal(painted[before == 7], before[before == 7])
    new = painted == 3
    assert new.any()
    assert (page[new] < 200).mean() > 0.9
