"""Small pictures: made in the background, of one size, and never too many of them."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.documents.papers import write_folder
from ui.model.documents import thumbnails as module
from ui.model.documents.result import DocumentPage
from ui.model.documents.thumbnails import SIZE, Thumbnails


def dark(thumbnails: Thumbnails, place: DocumentPage) -> int:
    """Pixels that are drawn."""
    image = thumbnails.of(place).pixmap(SIZE * 2).toImage()
    return sum(image.pixelColor(x, y).alpha() > 0 for x in range(image.width()) for y in range(image.height()))


def test_pages_and_ink_have_pictures_and_what_is_broken_has_none(qtbot: QtBot, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "papers")
    thumbnails = Thumbnails()
    places = [
        DocumentPage(folder / "a.png", 1),
        DocumentPage(folder / "c.tiff", 3),
        DocumentPage(folder / "d.inkml", 1),
    ]
    broken = DocumentPage(folder / "e.png", 1)
    assert dark(thumbnails, places[0]) == 0  # not yet
    qtbot.waitUntil(lambda: all(dark(thumbnails, place) > 100 for place in places), timeout=60_000)
    with qtbot.waitSignal(thumbnails.made, check_params_cb=lambda made: broken in made, timeout=60_000):
        thumbnails.of(broken)
    assert dark(thumbnails, broken) == 0
    thumbnails.stop()


def test_only_so_many_are_remembered(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REMEMBERED", 4)
    folder = write_folder(tmp_path / "papers")
    thumbnails = Thumbnails()
    for file in ("a.png", "b.png", "c.tiff", "d.inkml"):
        with qtbot.waitSignal(thumbnails.made, timeout=60_000):
            thumbnails.of(DocumentPage(folder / file, 1))
    remembered = [*(DocumentPage(folder / "c.tiff", page) for page in (1, 2, 3)), DocumentPage(folder / "d.inkml", 1)]
    assert all(dark(thumbnails, place) > 0 for place in remembered)
    assert [dark(thumbnails, DocumentPage(folder / file, 1)) for file in ("a.png", "b.png")] == [0, 0]
    thumbnails.stop()
