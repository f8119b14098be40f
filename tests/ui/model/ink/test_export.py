"""Ink as files for other programs."""

from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from recognizer.errors import InputError
from recognizer.ink import read_inkml, read_labelled_inkml
from recognizer.page import load_pages
from ui.model.ink.document import Content, Pen, Stroke, content_of
from ui.model.ink.export import ENCODERS, MARGIN, encoder_of, image_of, inkml
from ui.model.ink.geometry import Similarity
from ui.model.ink.leaves import HEIGHT

TURN = np.linspace(0, 2 * np.pi, 60)
RING = np.stack([400 + 90 * np.cos(TURN), -50 + 60 * np.sin(TURN), TURN], 1).astype(np.float32)
INK = (Stroke(RING, None), Stroke(RING + np.array([250, 0, 9], np.float32), np.full(60, 0.7, np.float32)))


def test_inkml_gives_the_ink_back(qtbot: QtBot) -> None:
    back = read_inkml(encoder_of(".inkml")(Content(INK)))
    np.testing.assert_array_equal(back.strokes[1], INK[1].points)


@pytest.mark.parametrize("ending", [".png", ".pdf"])
def test_pictures_hold_all_the_ink_and_white_around_it(qtbot: QtBot, ending: str) -> None:
    (page,) = load_pages(encoder_of(ending)(Content(INK)))
    height, width = page.grey.shape
    assert width / height == pytest.approx((430 + 2 * MARGIN) / (120 + 2 * MARGIN), rel=0.03)
    dark = page.grey < 128
    columns = np.flatnonzero(dark.any(axis=0)) / width * (430 + 2 * MARGIN)
    assert columns[0] == pytest.approx(MARGIN, abs=3)
    assert columns[-1] == pytest.approx(430 + MARGIN, abs=3)
    assert not dark[: height // 12].any()
    assert dark.mean() < 0.1


def test_svg_is_a_drawing_of_the_size_of_the_ink(qtbot: QtBot) -> None:
    root = ElementTree.fromstring(encoder_of(".SVG")(Content(INK)))
    assert [float(v) for v in (root.get("viewBox") or "").split()] == pytest.approx(
        [0, 0, 430 + 2 * MARGIN, 120 + 2 * MARGIN], abs=0.5
    )
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) >= 2


def test_inkml_gives_the_pens_back(qtbot: QtBot) -> None:
    pens = Pen("#b3261e", 5.0), Pen("", 1.5)
    strokes = tuple(replace(stroke, pen=pen) for stroke, pen in zip(INK, pens, strict=True))
    assert tuple(stroke.pen for stroke in content_of(*read_labelled_inkml(inkml(Content(strokes)))).strokes) == pens
    assert b"brush" not in inkml(Content(INK))


def test_a_picture_has_the_colours_and_widths_of_the_pens(qtbot: QtBot) -> None:
    thin, thick = (image_of((replace(INK[0], pen=Pen("#ff0000", width)),)) for width in (2.0, 12.0))
    reds = [
        sum(image.pixelColor(x, image.height() // 2).green() < 100 for x in range(image.width()))
        for image in (thin, thick)
    ]
    assert reds[1] > 4 * reds[0] > 0
    assert "#ff0000" in {thick.pixelColor(x, thick.height() // 2).name() for x in range(thick.width())}


def test_every_page_that_is_written_on_is_a_page_of_the_file(qtbot: QtBot) -> None:
    below = Similarity(dy=2 * HEIGHT).of(INK[1])
    pages = load_pages(encoder_of(".pdf")(Content((*INK, below))))
    assert [bool((page.grey < 128).any()) for page in pages] == [True, True]


def test_a_dot_is_a_picture_too(qtbot: QtBot) -> None:
    dot = (Stroke(np.array([[5, 5, 0]], np.float32), None),)
    assert min(image_of(dot).width(), image_of(dot).height()) >= 2 * MARGIN
    for encode in ENCODERS.values():
        assert encode(Content(dot))


def test_an_enormous_page_makes_no_enormous_picture(qtbot: QtBot) -> None:
    far = (INK[0], Stroke(RING + np.array([400_000, 0, 0], np.float32), None))
    assert image_of(far).width() <= 8192


def test_other_endings_get_a_sentence() -> None:
    with pytest.raises(InputError, match="not as"):
        encoder_of(".docx")
