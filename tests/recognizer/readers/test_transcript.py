"""What was read of a page, with its places; by the models that come with the program."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from recognizer import cli
from recognizer.page import Page
from recognizer.readers.catalog import load_reader
from recognizer.readers.sources import kind_of
from recognizer.readers.transcript import transcript_of
from recognizer.transcripts.transcript import DOUBT
from tests.recognizer.page.text.test_composed import composed


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(composed(3, "ruled", count=3).grey, 150.0)


@pytest.fixture(scope="module")
def file(page: Page, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "letter.png"
    Image.fromarray(page.grey).save(path)
    return str(path)


def test_lines_and_words_have_the_places_where_they_stand(page: Page) -> None:
    assert kind_of(page) == "scan"
    reading = load_reader("scan").read(page)
    told = transcript_of(reading, page, "letter.png")
    assert "\n".join(line.text for line in told.lines) == reading.text
    assert [line.box for line in told.lines] == [line.box for line in page.text.lines]
    for line, of_line in zip(told.lines, reading.lines, strict=True):
        assert line.confidence == of_line.confidence
        assert [word.text for word in line.words] == line.text.split()
        left, top, right, foot = line.box
        for word in line.words:
            assert left <= word.box[0] < word.box[2] <= right
            assert top <= word.box[1] < word.box[3] <= foot
            assert 0 <= word.confidence <= 1
        starts = [word.box[0] for word in line.words]
        assert starts == sorted(starts)
        assert all(np.diff([x for x, _ in line.base_line]) > 0)


def test_a_page_is_read_as_json_with_its_lines_and_written_for_other_programs(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "there" / "letter.pdf"
    assert cli.main(["read", "--json", "--format", "pdf", "--out", str(out), file]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert "\n".join(line["text"] for line in answer["lines"]) == answer["text"]
    words = [word["text"] for line in answer["lines"] for word in line["words"]]
    assert PdfReader(out).pages[0].extract_text().split() == words
    assert all(len(part["box"]) == 4 for line in answer["lines"] for part in (line, *line["words"]))


@pytest.mark.parametrize("given", [["--format", "hocr"], ["--out", "a.xml"]])
def test_a_format_needs_a_file_and_a_file_a_format(
    given: list[str], file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["read", *given, file]) == 1
    assert "give both or none" in capsys.readouterr().err


def test_where_no_text_was_read_no_file_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blank, out = tmp_path / "blank.png", tmp_path / "a.xml"
    Image.new("L", (300, 200), 255).save(blank)
    assert cli.main(["read", "--as", "text", "--format", "alto", "--out", str(out), str(blank)]) == 1
    assert "blank" in capsys.readouterr().err
    assert not out.exists()


def test_a_page_without_text_is_written_too(file: str, tmp_path: Path) -> None:
    blank, out = tmp_path / "blank.png", tmp_path / "both.pdf"
    Image.new("L", (300, 200), 255).save(blank)
    cli.main(["read", "--as", "text", "--format", "pdf", "--out", str(out), str(blank), file])
    first, second = PdfReader(out).pages
    assert not first.extract_text()
    assert second.extract_text()


def test_a_page_is_not_refused_as_a_whole_but_its_doubtful_words_are_told(
    page: Page, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reading = load_reader("scan").read(page)
    told = transcript_of(reading, page, "letter.png")
    lowest, highest = (of(word.confidence for word in told.words) for of in (min, max))
    assert lowest <= told.confidence <= highest
    assert cli.main(["read", file]) == 0
    printed = capsys.readouterr().out
    assert "refused" not in printed
    for number, line in enumerate(told.lines, 1):
        row = next(row for row in printed.splitlines() if row.startswith(f"    line {number}:"))
        assert f"{line.confidence:.1%}" in row
        doubtful = [f"{word.text} {word.confidence:.1%}" for word in line.words if word.confidence < DOUBT]
        assert row.partition(", doubtful: ")[2] == ", ".join(doubtful)
