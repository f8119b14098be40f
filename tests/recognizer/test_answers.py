"""Which reader reads what the command line is given, and what is heard of it while it reads."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from recognizer import cli
from recognizer.answers import Choices, answers, load_reader
from recognizer.errors import InputError
from recognizer.interrupt import STOPPED
from recognizer.printing import print_answer
from recognizer.readers.catalog import SYSTEMS, System
from recognizer.readers.lines import LinesReader
from tests.recognizer.test_cli import FakeReader


@pytest.fixture(autouse=True)
def _fake_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recognizer.readers.catalog.load_reader", FakeReader)
    monkeypatch.setattr("recognizer.platform.set_threads", lambda count: None)
    load_reader.cache_clear()


@pytest.mark.parametrize("system", [None, *SYSTEMS])
def test_text_is_read_by_every_system(system: System | None) -> None:
    assert load_reader("text", Choices(system=system)).system == system  # type: ignore[union-attr]


def test_numbers_have_one_system_and_no_lexicon() -> None:
    assert load_reader("number", Choices(system="segmentation")) is not None
    for wrong in (Choices(system="displacement"), Choices(system="joined"), Choices(lexicon="words.txt")):
        with pytest.raises(InputError, match="leave"):
            load_reader("number", wrong)
    with pytest.raises(InputError, match="leave"):
        load_reader("amount", Choices(lexicon="words.txt"))


class ThreeLines(LinesReader[Any, Any]):
    """Reads a page of three lines."""

    def read(self, source: Any, on_stage: object = None, on_line: Any = None) -> Any:
        for done in range(3):
            on_line(done, 3)
        return FakeReader("text").read(source)


def test_pages_and_lines_are_heard_of_before_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from recognizer.readers.catalog import load_reader as fake

    monkeypatch.setattr("recognizer.readers.catalog.load_reader", lambda *_, **_how: ThreeLines(list, fake("text")))
    path = tmp_path / "ink.inkml"
    path.write_text('<ink xmlns="http://www.w3.org/2003/InkML"><trace>1 2, 3 4</trace></ink>')
    heard: list[tuple[int, int]] = []
    told = [*answers(path, Choices(), lambda *_page: None, lambda *line: heard.append(line))]
    assert [answer["text"] for answer in told] == ["42"]
    assert heard == [(0, 3), (1, 3), (2, 3)]


def test_an_interrupt_in_a_kernel_is_no_fault_of_the_program_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupted(FakeReader):
        def read(self, source: Any) -> Any:
            raise SystemError("a kernel returned a result with an exception set") from KeyboardInterrupt()

    monkeypatch.setattr("recognizer.readers.catalog.load_reader", Interrupted)
    path = str(two_cheques(tmp_path / "sheet.png"))
    assert cli.main(["read", path, path]) == STOPPED
    assert capsys.readouterr() == ("", "")


def two_cheques(path: Path) -> Path:
    """A sheet with a cheque above another one, and a page after it."""
    sheet = np.full((400, 400), 255, np.uint8)
    sheet[20:150, 30:350] = 180
    sheet[200:340, 30:370] = 170
    page = np.full((400, 400), 255, np.uint8)
    page[100:120, 100:105] = 0
    if path.suffix == ".tif":
        Image.fromarray(sheet).save(path, save_all=True, append_images=[Image.fromarray(page)])
    else:
        Image.fromarray(sheet).save(path)
    return path


@pytest.mark.parametrize(
    ("name", "pages", "cheques", "places"),
    [
        ("sheet.png", [1, 2], [1, 2], [" (cheque 1)", " (cheque 2)"]),
        ("sheet.tif", [1, 2, 3], [1, 2, None], [" (cheque 1)", " (cheque 2)", " (page 3)"]),
    ],
)
def test_cheques_on_one_picture_are_called_so(
    name: str,
    pages: list[int],
    cheques: list[int],
    places: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = two_cheques(tmp_path / name)
    told = [*answers(path, Choices(kind="amount"), lambda *_page: None, lambda *_line: None)]
    assert [answer["page"] for answer in told] == pages
    assert [answer.get("cheque") for answer in told] == cheques
    for answer, place in zip(told, places, strict=True):
        print_answer(answer, as_json=False)
        assert capsys.readouterr().out.startswith(f"{path}{place}: 42\n")
