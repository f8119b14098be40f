"""Someone opens pictures and documents, good and bad."""

import struct
import time
import zlib
from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar

from tests.recognizer.test_answers import two_cheques
from tests.stories.person import Person
from ui.documents.arrangement import PAGE as PAGE_COLUMN
from ui.model.readers import INK, PAGE
from ui.page.chooser import PageChooser
from ui.theme.palette import LIGHT


def amount(bars: int = 3) -> Image.Image:
    grey = np.full((80, 400), 240, np.uint8)
    for bar in range(bars):
        grey[20:60, 40 + 60 * bar : 60 + 60 * bar] = 30
    return Image.fromarray(grey)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "amount.png"
    amount().save(path)
    return path


def test_a_picture_is_opened_read_and_looked_into(person: Person, picture: Path) -> None:
    person.open(picture)
    assert person.bench.current.kind == PAGE
    assert person.wait_for_answer() == "012"
    assert "amount.png" in person.window.windowTitle()
    person.point_at_arc(person.desk.answer.lattice.best[0])
    assert person.counts(person.page, LIGHT.lit) > 50


def test_pointing_at_the_ink_of_a_page_lights_its_arcs(person: Person, picture: Path) -> None:
    person.open(picture)
    person.wait_for_answer()
    x, y = person.desk.viewport.placement.to_view(110, 40)
    QTest.mouseMove(person.page, QPoint(5, 5))
    QTest.mouseMove(person.page, QPoint(round(x), round(y)))
    lattice = person.desk.answer.lattice
    assert person.desk.highlight.pointed == lattice.arcs_over(frozenset({1}))


def test_dropping_and_pasting(person: Person, picture: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(picture))])
    drop(person, dropped)
    assert person.wait_for_answer() == "012"
    image = np.asarray(amount(2))
    QGuiApplication.clipboard().setImage(QImage(image.data, 400, 80, 400, QImage.Format.Format_Grayscale8).copy())
    person.do("paste")
    person.qtbot.waitUntil(lambda: person.bench.pages.name == "pasted picture", timeout=60_000)
    assert person.wait_for_answer() == "01"


def drop(person: Person, data: QMimeData) -> None:
    entered = QDragEnterEvent(
        *(QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )
    person.window.dragEnterEvent(entered)
    assert entered.isAccepted()
    person.window.dropEvent(
        QDropEvent(
            *(QPointF(5, 5), Qt.DropAction.CopyAction, data),
            *(Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier),
        )
    )


def paste(person: Person, data: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(data)
    person.do("paste")


def of_browser(address: str, image: bool) -> QMimeData:
    """What a browser hands over of a picture: where it is from, words about it, and perhaps what one sees."""
    data = QMimeData()
    data.setUrls([QUrl(address)])
    data.setHtml(f'<img src="{address}">')
    if image:
        grey = np.asarray(amount(2))
        data.setImageData(QImage(grey.data, 400, 80, 400, QImage.Format.Format_Grayscale8).copy())
    return data


def written_out(encoded: bool) -> str:
    """A picture as an address that holds it."""
    file = BytesIO()
    amount(2).save(file, "PNG")
    held = b64encode(file.getvalue()).decode()
    return f"data:image/png;base64,{quote(held) if encoded else held}"


@pytest.mark.parametrize("take", [drop, paste])
@pytest.mark.parametrize(
    ("address", "image"),
    [
        ("https://example.org/amount.png", True),
        (written_out(encoded=False), True),
        (written_out(encoded=False), False),
        (written_out(encoded=True), False),
    ],
)
def test_a_picture_from_a_browser_is_opened(
    person: Person, take: Callable[[Person, QMimeData], None], address: str, image: bool
) -> None:
    take(person, of_browser(address, image))
    assert person.wait_for_answer() == "01"


@pytest.mark.parametrize("take", [drop, paste])
@pytest.mark.parametrize("rest", ["amount.png", "a" * 3000, "a%00%0A<b>.png"])
def test_an_address_alone_is_not_fetched_and_that_is_told(
    person: Person, take: Callable[[Person, QMimeData], None], rest: str
) -> None:
    take(person, of_browser(f"https://example.org/{rest}", image=False))
    assert "Nothing is fetched from https://example.org/a" in person.status()
    assert "save it first" in person.status()
    assert len(person.status()) < 200
    assert "\n" not in person.status()
    take(person, of_browser("data:image/png;base64,AAAA", image=False))
    person.qtbot.waitUntil(lambda: "is not a readable image" in person.notice(), timeout=60_000)


def test_turning_the_pages_of_a_document(person: Person, tmp_path: Path) -> None:
    path = tmp_path / "amounts.tiff"
    amount(1).save(path, save_all=True, append_images=[amount(2), amount(3)])
    person.open(path)
    assert person.wait_for_answer() == "0"
    person.do("next_page")
    assert person.wait_for_answer() == "01"
    person.do("next_page")
    assert person.wait_for_answer() == "012"
    assert not person.command("next_page").isEnabled()
    person.do("ink")
    assert person.bench.current.kind == INK


def huge_png(path: Path, side: int = 40_000) -> None:
    """A picture of a few kilobytes that claims 1.6 thousand million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)


ENTITIES = """<?xml version="1.0"?><!DOCTYPE ink [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><ink><trace>&c;</trace></ink>"""


def hostile(folder: Path) -> dict[str, Path]:
    paths = {name: folder / name for name in ("cut.tiff", "huge.png", "locked.pdf", "dtd.inkml", "noise.png")}
    amount().save(paths["cut.tiff"], compression="tiff_lzw")
    paths["cut.tiff"].write_bytes(paths["cut.tiff"].read_bytes()[:60])
    huge_png(paths["huge.png"])
    paths["locked.pdf"].write_bytes(LOCKED)
    paths["dtd.inkml"].write_text(ENTITIES)
    paths["noise.png"].write_bytes(bytes(range(256)))
    return paths


LOCKED = b"""%%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>> endobj
4 0 obj <</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>> endobj
trailer <</Root 1 0 R/Encrypt 4 0 R/ID[<0123456789abcdef0123456789abcdef><0123456789abcdef0123456789abcdef>]>>
""" % (b"5a" * 32, b"a5" * 32)


@pytest.mark.parametrize("name", ["cut.tiff", "huge.png", "locked.pdf", "dtd.inkml", "noise.png", "absent.png"])
def test_a_hostile_file_gets_a_sentence_and_the_program_goes_on(person: Person, tmp_path: Path, name: str) -> None:
    person.open(hostile(tmp_path).get(name, tmp_path / name))
    sentence = person.notice()
    assert sentence.endswith(".")
    assert name in sentence
    assert "Traceback" not in sentence
    person.press("Details")
    assert "Traceback" in person.notices.details.toPlainText()
    person.draw_number(2)
    assert person.wait_for_answer() == "01"


@pytest.mark.parametrize("size", [(1, 1), (300, 200)])
def test_a_page_without_writing_says_so_in_place_of_the_answer(
    person: Person, tmp_path: Path, size: tuple[int, int]
) -> None:
    Image.new("L", size, 255).save(tmp_path / "blank.png")
    person.open(tmp_path / "blank.png")
    person.qtbot.waitUntil(lambda: "no writing" in person.verdict(), timeout=60_000)
    assert person.notice() == ""


def test_opening_shows_progress_and_can_be_cancelled(
    person: Person, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(_source: object, _name: str, on_page: Callable[[int, int], None]) -> None:
        while True:
            on_page(1, 3)
            time.sleep(0.01)

    monkeypatch.setattr("ui.model.opening.open_source", endless)
    person.open_all([picture])
    progress = person.window.statusBar().findChild(QProgressBar)
    person.qtbot.waitUntil(lambda: progress.isVisible() and progress.maximum() == 3)
    person.press("Cancel")
    assert "cancelled" in person.status()
    assert not progress.isVisible()
    assert person.bench.current.kind == INK


def test_what_was_told_of_one_page_is_not_told_of_another(person: Person) -> None:
    person.bench.status.emit("There is no other place")
    person.bench.pages.show(None)
    assert person.status() == ""


def test_cheques_on_one_picture_are_no_pages(person: Person, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    two_cheques(tmp_path / "papers" / "sheet.png")
    person.open_all([tmp_path / "papers"])
    queue, model = person.bench.documents.queue, person.queue.model
    person.qtbot.waitUntil(lambda: len(queue.rows) == 2 and not queue.running, timeout=60_000)
    assert [model.index(row, PAGE_COLUMN).data() for row in range(2)] == ["cheque 1", "cheque 2"]


def test_the_bar_above_cheques_on_one_picture_calls_them_so(person: Person, tmp_path: Path) -> None:
    person.open(two_cheques(tmp_path / "sheet.png"))
    chooser = person.window.findChild(PageChooser)
    assert chooser is not None
    assert chooser.isVisible()
    assert [label.text() for label in chooser.findChildren(QLabel)] == ["Cheque", "of 2"]
