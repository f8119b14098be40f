"""Words, rules and fields of sheets made of words of known places."""

import numpy as np
import pytest

from recognizer.errors import NothingToRead
from recognizer.page import Page
from recognizer.page.fields import FEATURES, find_fields, given_field, shows_cheque
from recognizer.page.layout import lay_out
from tests.recognizer.writing import write

HEIGHT = 20


def sheet(*words: tuple[str, int, int], rows: int = 360) -> np.ndarray:
    """Words, each at the left and top that it is given with, on a sheet of white paper."""
    grey = np.full((rows, 800), 235, np.uint8)
    for text, left, top in words:
        ink = write(text, HEIGHT, 3, paper=235, ink=40)
        view = grey[top : top + ink.shape[0], left : left + ink.shape[1]]
        view[:] = np.minimum(view, ink[: view.shape[0], : view.shape[1]])
    return grey


def cheque_like() -> np.ndarray:
    rows = [40, 90, 140, 190, 240, 290]
    return sheet(*(("1234", left, top) for top in rows for left in (60, 300, 560)))


def test_each_word_is_a_field_and_neighbours_are_one_together() -> None:
    fields = find_fields(lay_out(sheet(("12", 560, 140), ("423", 640, 140), ("1", 100, 260))))
    spans = {(int(round(left, -1)), int(round(right, -1))) for left, _, right, _ in fields.boxes}
    lefts = sorted({left for left, _ in spans})
    assert len(lefts) == 3
    assert any(right - left > 100 for left, right in spans)  # both words of the upper line
    assert not any(left < 200 and right > 500 for left, right in spans)
    assert fields.features.shape == (len(fields), len(FEATURES))
    assert np.isfinite(fields.features).all()


def test_rules_are_no_ink_of_fields() -> None:
    plain = sheet(("1234", 560, 140))
    ruled = plain.copy()
    ruled[172:174, 100:780] = 60
    ruled[120:122, 540:700] = ruled[200:202, 540:700] = 60
    ruled[120:202, 540:542] = ruled[120:202, 698:700] = 60
    expected, found = (lay_out(grey) for grey in (plain, ruled))
    assert found.rules.sum() > 900
    tall = found.boxes[found.boxes[:, 3] - found.boxes[:, 1] >= 10]
    assert len(tall) == len(expected.boxes)
    assert np.abs(tall - expected.boxes).max() <= 3


def test_fields_know_where_they_are() -> None:
    fields = find_fields(lay_out(sheet(("1234", 600, 140))))
    names = dict(zip(FEATURES, fields.features[0], strict=True))
    _, top, right, foot = fields.boxes[0]
    assert names["right"] == pytest.approx(10 * (right / 800 - 0.9), abs=1e-3)
    assert names["down off"] == pytest.approx(abs(10 * ((top + foot) / 720 - 0.42)), abs=1e-3)
    assert names["rule below"] == 0


@pytest.mark.parametrize("raised", [False, True])
def test_cents_apart_and_raised_cents_are_parts_of_their_own(raised: bool) -> None:
    grey = sheet(("413", 560, 140))
    cents = write("12", 10 if raised else HEIGHT, 2, paper=235, ink=40)
    top = 146 if raised else 140
    left = 560 + write("413", HEIGHT, 3).shape[1] + (0 if raised else 6)
    grey[top : top + cents.shape[0], left : left + cents.shape[1]] = cents
    fields = find_fields(lay_out(grey))
    apart = [parts for parts in fields.parts if len(parts) == 2]
    assert apart
    boxes = lay_out(grey).boxes
    assert all(boxes[cents - 1, 0].min() >= left - 2 for _, cents in apart)


@pytest.mark.parametrize(
    "grey",
    [
        np.full((300, 800), 200, np.uint8),
        np.zeros((300, 800), np.uint8),
        np.random.default_rng(0).integers(0, 256, (300, 800), dtype=np.uint8),
        np.tile(np.array([[0, 255], [255, 0]], np.uint8).repeat(6, 0).repeat(6, 1), (25, 66)),
    ],
)
def test_where_nothing_is_written_there_is_nothing_to_read(grey: np.ndarray) -> None:
    with pytest.raises(NothingToRead):
        find_fields(lay_out(grey))


def test_a_cheque_is_told_from_an_amount() -> None:
    assert shows_cheque(Page(cheque_like()))
    assert not shows_cheque(Page(write("1234", 40, 5)))
    assert not shows_cheque(Page(sheet(("1234", 560, 140), ("42", 100, 140))))
    assert not shows_cheque(Page(np.full((2, 900), 255, np.uint8)))


def test_a_frame_that_reaches_over_a_whole_cheque_does_not_make_an_amount_of_it() -> None:
    grey = np.pad(cheque_like(), ((40, 40), (60, 60)), constant_values=235)
    grey[20:-20, 10:22] = grey[20:-20, -22:-10] = 30
    assert shows_cheque(Page(grey))


def test_a_given_field_is_the_ink_in_its_rectangle_and_no_other() -> None:
    layout = lay_out(sheet(("12 5", 560, 140), ("42", 640, 60), ("7051", 100, 220)))
    found = find_fields(layout)
    for box in found.boxes:
        given = given_field(layout, box + np.array([-5, -5, 5, 5]))
        assert (given.boxes == box).all()
    with pytest.raises(NothingToRead, match=r"rectangle.*\.$"):
        given_field(layout, np.array([5, 300, 60, 340]))
    with pytest.raises(NothingToRead, match=r"rectangle.*\.$"):
        given_field(layout, np.array([-90.0, -50, -20, -10]))
