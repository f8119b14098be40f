"""Processes beside the window against the window's own reader, on real documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from recognizer.batch.processes import Processes
from tests.recognizer.page.text.test_composed import composed
from ui.locations import SAMPLES
from ui.model.documents.beside import Beside
from ui.model.documents.reader import read_file
from ui.model.documents.result import AMOUNT, CHEQUE, TEXT
from ui.model.readers import KINDS, PAGE


@pytest.fixture
def beside() -> Iterator[Beside]:
    processes, settings = Processes(), KINDS[PAGE].beside(None)
    assert settings is not None
    yield Beside(processes, settings)
    processes.end()


def test_they_read_the_same(beside: Beside, tmp_path: Path) -> None:
    blank = Image.new("L", (600, 400), 255)
    letter = Image.fromarray(composed(3, count=3).grey)
    letter.save(tmp_path / "letter.tiff", save_all=True, append_images=[blank, letter.rotate(180)])
    blank.save(tmp_path / "blank.png")
    samples = [next(SAMPLES.glob(name)) for name in ("cheque-*.jpg", "amount-*.png")]
    reader, kinds = KINDS[PAGE].load(None), []
    for file in (tmp_path / "letter.tiff", tmp_path / "blank.png", *samples):
        here = list(read_file(file, frozenset(), {}, "", lambda _kind: reader, lambda: None))
        assert list(beside.results(file, 0, lambda: None)) == here
        assert list(beside.results(file, 1, lambda: None)) == here[1:]
        kinds += [result.kind or result.blank for result in here]
        if len(here) == 3:
            assert (here[2].text, here[2].lines) == (here[0].text, here[0].lines)
            assert (here[0].turned, here[2].turned, here[2].flaws) == (0, 2, ("upside down",))
    assert kinds == [TEXT, True, TEXT, False, CHEQUE, AMOUNT]


def test_what_cannot_be_opened_is_told_in_a_sentence(beside: Beside, tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(b"\x89PNG broken")
    (result,) = beside.results(tmp_path / "broken.png", 0, lambda: None)
    assert result.error.startswith("The picture is damaged")


def test_a_model_of_the_users_is_not_known_to_them() -> None:
    from ui.model.choice import PageChoice

    assert KINDS[PAGE].beside(PageChoice(model="own.safetensors")) is None
    assert KINDS[PAGE].beside(PageChoice(country="us")).country == "us"  # type: ignore[union-attr]
