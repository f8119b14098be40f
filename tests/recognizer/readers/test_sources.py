"""The front door: what files hold, which reader suits it, and that nothing is done twice to find out."""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recognizer.errors import InputError
from recognizer.ink import Ink, write_inkml
from recognizer.page import Page, load_pages
from recognizer.platform import resources_folder
from recognizer.readers.catalog import Kind, load_reader
from recognizer.readers.chosen_field import amount_reading
from recognizer.readers.sources import kind_of, read, sources_in, suited
from tests.recognizer.training.evaluation.test_scans import image_of

SAMPLES = resources_folder() / "samples"
STEPS = {"rectify", "lay_out", "inked", "segment_inked"}
INK = Ink((np.array([[0, 0, 0], [5, 9, 1]], np.float32),))


@pytest.mark.parametrize("file", sorted(SAMPLES.glob("*-*")), ids=lambda file: file.name)
def test_the_reader_of_each_sample_is_seen_from_it(file: Path) -> None:
    (source,) = sources_in(file)
    named = file.stem.partition("-")[0]
    assert kind_of(source) == {"number": "text"}.get(named, named)  # ink does not show that it is a number
    assert kind_of(sources_in(file.read_bytes())[0]) == kind_of(source)


def test_a_page_whose_amount_is_pointed_out_is_for_the_reader_of_cheques() -> None:
    blank = Page(np.full((60, 200), 255, np.uint8))
    assert kind_of(blank) == "amount"
    assert kind_of(blank.with_field((2, 2, 50, 40))) == "cheque"


def test_what_a_file_is_said_to_hold_is_looked_for_there(tmp_path: Path) -> None:
    path = tmp_path / "ink"
    path.write_bytes(write_inkml(INK))
    assert isinstance(sources_in(path)[0], Ink)
    with pytest.raises(InputError):
        sources_in(path, "amount")
    with pytest.raises(InputError, match="an amount"):
        sources_in(SAMPLES / "amount-60135.png", "number")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Kind, Any]]:
    """What the readers of each kind were given."""
    given: list[tuple[Kind, Any]] = []

    class Fake:
        def __init__(self, kind: Kind) -> None:
            self.kind = kind

        def read(self, source: Any) -> str:
            given.append((self.kind, source))
            return self.kind

    monkeypatch.setattr("recognizer.readers.sources._reader", Fake)
    return given


def test_files_pages_ink_and_arrays_are_read_alike(asked: list[tuple[Kind, Any]]) -> None:
    page = load_pages(SAMPLES / "amount-60135.png")[0]
    sources = [SAMPLES / "amount-60135.png", str(SAMPLES / "amount-60135.png"), page, page.grey]
    assert [read(source) for source in sources] == [["amount"]] * 4
    assert all(np.array_equal(source.grey, page.grey) for _, source in asked)
    assert read(INK) == read(list(INK.strokes)) == ["text"]
    assert read(INK, "number") == ["number"]
    with pytest.raises(InputError, match="dict"):
        read({})  # type: ignore[arg-type]


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What is done to find documents, their ink and its pieces, and to what, wherever that is called."""
    calls: list[tuple[str, Any]] = []

    def noted(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def call(given: Any, *others: Any, **named: Any) -> Any:
            calls.append((name, given))
            return act(given, *others, **named)

        return call

    for name, module in [*sys.modules.items()]:
        if name.startswith(("recognizer.page.", "recognizer.readers.")):
            for step in STEPS & vars(module).keys():
                monkeypatch.setattr(module, step, noted(step, getattr(module, step)))
    return calls


def _times(done: list[tuple[str, Any]], step: str) -> Counter[int]:
    """How often a step was done to each thing."""
    return Counter(id(given) for name, given in done if name == step)


def test_a_cheque_is_brought_straight_once_and_no_field_is_cut_twice(done: list[tuple[str, Any]]) -> None:
    (page,) = sources_in(SAMPLES / "cheque-90.00.jpg")
    reading = amount_reading(load_reader(kind_of(page)).read(page))
    assert reading.text == "90.00"
    for step in STEPS:
        assert set(_times(done, step).values()) == {1}, step
    again = page.with_field(reading.fields[0].box)
    assert (again.sheet, again.layout) == (page.sheet, page.layout)
    assert len(_times(done, "rectify")) == len(_times(done, "lay_out")) == 1


def test_the_ink_of_an_amount_is_found_once_for_both_systems(done: list[tuple[str, Any]]) -> None:
    (page,) = sources_in(SAMPLES / "amount-60135.png")
    assert load_reader("amount").read(page).text == "60135"
    assert [len(_times(done, step)) for step in ("inked", "segment_inked")] == [2, 1]  # upright, and on its head
    assert _times(done, "inked").total() == 2


def test_text_may_be_ink_or_on_an_image() -> None:
    ink, page = Ink(()), Page(np.full((40, 60), 255, np.uint8))
    assert [suited("text", source) for source in (ink, page)] == ["text", "scan"]
    assert suited("amount", page) == "amount"
    assert isinstance(sources_in(SAMPLES / "text-pack-my-box.inkml", "text")[0], Ink)
    assert isinstance(sources_in(SAMPLES / "amount-60135.png", "text")[0], Page)


def test_an_image_is_read_as_text_where_that_is_said() -> None:
    (reading,) = read(image_of(SAMPLES / "text-pack-my-box.inkml"), "text")
    assert "box" in reading.text
    boxes = reading.trace.segments.boxes
    assert (np.diff(reading.trace.segments.cuts) >= 0).all()
    assert boxes[:, 0].min() < 40


def test_a_page_of_lines_is_told_from_a_cheque_and_each_line_is_read_where_it_stands() -> None:
    line = image_of(SAMPLES / "text-liquor-jugs.inkml")
    sheet = np.full((1300, 1000), 250, np.uint8)
    tops = [100 + 220 * k for k in range(5)]
    for top in tops:
        sheet[top : top + line.shape[0], 60 : 60 + line.shape[1]] = np.minimum(line, 250)
    page = Page(sheet)
    assert kind_of(page) == "scan"
    (reading,) = read(page)
    assert len(reading.lines) == len(reading.text.splitlines()) == 5
    assert sum("jugs" in each for each in reading.text.splitlines()) >= 4
    for top, each in zip(tops, reading.lines, strict=True):
        boxes = each.trace.segments.boxes
        middle = float(np.median((boxes[:, 1] + boxes[:, 3]) / 2))
        assert top < middle < top + line.shape[0]
