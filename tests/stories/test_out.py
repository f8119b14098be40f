"""Someone takes the drawing of the lattice out of the program."""

import errno
import os
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from PySide6.QtGui import QImage

from tests.stories.person import Person
from tests.stories.test_conditions import settle


@pytest.mark.parametrize("overview", [True, False])
def test_the_drawing_is_written_as_svg_pdf_and_png(person: Person, tmp_path: Path, overview: bool) -> None:
    person.draw_number(3)
    person.wait_for_answer()
    if not overview:
        person.lattice_pane.show_all()
    for ending in ("svg", "pdf", "png"):
        person.save_lattice(tmp_path / f"lattice.{ending}")
        settle(person)
        assert person.status() == f"Saved as lattice.{ending}"
    drawing = ElementTree.parse(tmp_path / "lattice.svg").getroot()
    words = {text.text.strip() for text in drawing.iter("{http://www.w3.org/2000/svg}text") if text.text}
    assert {"0", "1", "2"} <= words
    assert {"best path", "likely", "unlikely"} <= words if overview else any("penalty" in word for word in words)
    assert drawing.findtext("{http://www.w3.org/2000/svg}title") == "Lattice of 012"
    assert not list(drawing.iter("{http://www.w3.org/2000/svg}image")), "ink is lines at any size"
    image = QImage(str(tmp_path / "lattice.png"))
    assert image.text("Title") == "Lattice of 012"
    assert image.width() >= 1800
    document = pypdfium2.PdfDocument(tmp_path / "lattice.pdf")
    assert document.get_metadata_value("Title") == "Lattice of 012"
    page = document[0]
    assert not list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
    assert page.get_width() / page.get_height() == pytest.approx(image.width() / image.height(), rel=0.01)
    for picture in (page.render(scale=2).to_numpy(), _pixels(image)):
        dark = picture.min(axis=2) < 128
        assert 0.002 < dark.mean() < 0.5
        upper, lower = dark[: len(dark) // 3], dark[len(dark) // 2 :]
        assert upper.any()
        assert lower.any()


def _pixels(image: QImage) -> "object":
    import numpy as np

    rgb = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.width(), 4)[:, :, :3]


def test_what_cannot_be_written_is_told(person: Person, tmp_path: Path) -> None:
    person.save_lattice(tmp_path / "early.svg")
    assert "no lattice yet" in person.status()
    person.draw_number(2)
    person.wait_for_answer()
    (tmp_path / "old.svg").write_text("the old drawing")
    (tmp_path / "old.svg").chmod(0o400)
    person.save_lattice(tmp_path / "old.svg")
    settle(person)
    assert "old.svg is write-protected" in person.notice()
    assert (tmp_path / "old.svg").read_text() == "the old drawing"
    assert "Saved" not in person.status()


@pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
def test_on_a_full_disk_the_old_drawing_stays(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    person.draw_number(2)
    person.wait_for_answer()
    old = tmp_path / f"old.{ending}"
    old.write_text("the old drawing")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        person.save_lattice(old)
        settle(person)
    assert "No space left" in person.notice()
    assert "Saved" not in person.status()
    assert [(path, path.read_text()) for path in tmp_path.glob("*old*")] == [(old, "the old drawing")]
