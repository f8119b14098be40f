"""Ink as files for other programs."""

from xml.etree import ElementTree

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from recognizer.errors import InputError
from recognizer.ink import read_inkml
from recognizer.page import load_pages
from ui.model.ink.document import Content, Stroke
from ui.model.ink.export import ENCODERS, MARGIN, encoder_of, image_of

TURN = np.linspace(0, 2 * np.pi, 60)
RING = np.stack([400 + 90 * np.cos(TURN), -50 + 60 * np.sin(TURN), TURN], 1).astype(np.float32)
INK = (Stroke(RING, None), Stroke(RING + np.array([250, 0, 9], np.float32), np.full(60, 0.7, np.float32)))


def test_inkml_gives_the_ink_back(qtbot: QtBot) -> None:
    back = read_inkml(encoder_of(".inkml")(Content(INK), 3.0))
    np.testing.assert_array_equal(back.strokes[1], INK[1].points)


@pytest.mark.parametrize("ending", [".png", ".pdf"])
def test_pictures_hold_all_the_ink_and_white_around_it(qtbot: QtBot, ending: str) -> None:
    (page,) = load_pages(encoder_of(ending)(Content(INK), 3.0))
    height, width = page.grey.shape
    assert width / height == pytest.approx((430 + 2 * MARGIN) / (120 + 2 * MARGIN), rel=0.03)
    dark = page.grey < 128
    columns = np.flatnonzero(dark.any(axis=0)) / width * (430 + 2 * MARGIN)
    assert columns[0] == pytest.approx(MARGIN, abs=3)
    assert columns[-1] == pytest.approx(430 + MARGIN, abs=3)
    assert not dark[: height // 12].any()
    assert dark.mean() < 0.1


def test_svg_is_a_drawing_of_the_size_of_the_ink(qtbot: QtBot) -> None:
    root = ElementTree.fromstring(encoder_of(".SVG")(Content(INK), 3.0))
    assert [float(v) for v in (root.get("viewBox") or "").split()] == pytest.approx(
        [0, 0, 430 + 2 * MARGIN, 120 + 2 * MARGIN], abs=0.5
    )
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) >= 2


def test_a_dot_is_a_picture_too(qtbot: QtBot) -> None:
    dot = (Stroke(np.array([[5, 5, 0]], np.float32), None),)
    assert min(image_of(dot, 3.0).width(), image_of(dot, 3.0).height()) >= 2 * MARGIN
    for encode in ENCODERS.values():
        assert encode(Content(dot), 3.0)


def test_an_enormous_page_makes_no_enormous_picture(qtbot: QtBot) -> None:
    far = (INK[0], Stroke(RING + np.array([400_000, 0, 0], np.float32), None))
    assert image_of(far, 3.0).width() <= 8192


def test_other_endings_get_a_sentence() -> None:
    with pytest.raises(InputError, match="not as"):
        encoder_of(".docx")
