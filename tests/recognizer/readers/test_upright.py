"""How pages of text lie; by the model that comes with the program."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from recognizer import cli
from recognizer.page import Page
from recognizer.readers.catalog import load_reader
from recognizer.readers.protocol import SeesHowPagesLie
from recognizer.readers.upright import read_by
from tests.recognizer.page.text.test_composed import composed


@pytest.fixture(scope="module")
def reader() -> SeesHowPagesLie:
    found = load_reader("scan", "displacement")
    assert isinstance(found, SeesHowPagesLie)
    return found


@pytest.mark.parametrize("quarters", range(4))
def test_a_page_of_text_is_brought_upright(reader: SeesHowPagesLie, quarters: int) -> None:
    grey = np.rot90(composed(3, "ruled", count=6).grey, -quarters)
    assert (reader.quarters(Page(np.ascontiguousarray(grey))) + quarters) % 4 == 0


def test_what_is_no_page_of_text_stays(reader: SeesHowPagesLie) -> None:
    assert reader.quarters(Page(np.full((600, 400), 255, np.uint8))) == 0
    noise = np.random.default_rng(0).integers(0, 256, (300, 400)).astype(np.uint8)
    assert reader.quarters(Page(noise)) == 0


def test_a_page_that_somebody_turned_is_read_as_it_lies() -> None:
    reader = load_reader("scan", "displacement")
    upright = Page(composed(3, "ruled", count=3).grey)
    text = reader.read(upright).text
    reading, page = read_by(reader, Page(upright.turned(2).grey))
    assert (reading.text, reading.flaws) == (text, ("upside down",))
    assert isinstance(page, Page)
    np.testing.assert_array_equal(page.grey, upright.grey)
    turned = upright.turned(2)
    assert read_by(reader, turned)[1] is turned


def test_json_tells_how_a_page_was_turned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = composed(3, "ruled", count=3)
    answers = []
    for degrees in (0, 90):
        path = tmp_path / f"{degrees}.png"
        Image.fromarray(page.grey).rotate(degrees, expand=True).save(path)  # to the left
        assert cli.main(["read", "--system", "displacement", "--json", str(path)]) == 0
        answers.append(json.loads(capsys.readouterr().out))
    assert "turned" not in answers[0]
    assert answers[1]["turned"] == 90
    assert answers[1]["flaws"] == ["on its side"]
    assert answers[1]["lines"] == answers[0]["lines"]
