"""A sheet of any number of strokes is drawn as at once, in frames that do not keep the window from answering."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from ui.bench.canvas import page
from ui.ink import strokes_picture
from ui.ink.strokes_picture import TOGETHER, Look, StrokesPicture
from ui.model.ink.document import Stroke
from ui.model.viewport import Placement
from ui.theme.palette import LIGHT

SIZE = QSize(300, 200)


@pytest.fixture
def look(qtbot: QtBot) -> Look:
    return Look(SIZE, 1.0, Placement(), LIGHT, False, frozenset())


def drawn(picture: StrokesPicture, strokes: tuple[Stroke, ...], look: Look) -> np.ndarray:
    image = QImage(SIZE, QImage.Format.Format_Grayscale8)
    painter = QPainter(image)
    picture.draw(painter, strokes, look)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(SIZE.height(), -1)[:, : SIZE.width()].copy()


def frames(strokes: tuple[Stroke, ...], look: Look, picture: StrokesPicture) -> Iterator[np.ndarray]:
    """Until all is there."""
    yield drawn(picture, strokes, look)
    while not picture.whole:
        yield drawn(picture, strokes, look)


def test_frames_without_time_come_to_the_same_picture(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    strokes = page(5 * TOGETHER, SIZE.width(), SIZE.height())
    monkeypatch.setattr(strokes_picture, "MOST_SECONDS", 60.0)
    (at_once,) = frames(strokes, look, StrokesPicture())
    monkeypatch.setattr(strokes_picture, "MOST_SECONDS", 1e-9)
    several = list(frames(strokes, look, StrokesPicture()))
    assert len(several) == 5
    assert (several[-1] == at_once).all()
    ink = [(255 - frame.astype(int)).sum() for frame in several]
    assert ink == sorted(ink)


def test_a_sheet_that_moves_is_never_empty(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    strokes, picture = page(5 * TOGETHER, SIZE.width(), SIZE.height()), StrokesPicture()
    *_, before = frames(strokes, look, picture)
    monkeypatch.setattr(strokes_picture, "MOST_SECONDS", 1e-9)
    moved = Look(**{**vars(look), "placement": Placement().moved(20, 0)})
    first, *_, last = frames(strokes, moved, picture)
    assert (first[:, 20:] == before[:, :-20]).all()
    assert (last[:, 20:] == before[:, :-20]).mean() > 0.99


def test_another_sheet_does_not_show_the_one_before(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    strokes, picture = page(4 * TOGETHER, SIZE.width(), SIZE.height()), StrokesPicture()
    list(frames(strokes[: 2 * TOGETHER], look, picture))
    monkeypatch.setattr(strokes_picture, "MOST_SECONDS", 1e-9)
    first, last = frames(strokes[2 * TOGETHER :], look, picture)
    assert (first[: SIZE.height() // 3] == 255).all()
    assert (last[-SIZE.height() // 4 :] != 255).any()
