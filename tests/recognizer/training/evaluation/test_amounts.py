"""What is counted when amounts are measured."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from recognizer.errors import InputError, NothingToRead
from recognizer.page import Page
from recognizer.training.evaluation import amounts
from recognizer.training.evaluation.amounts import evaluate_amounts
from recognizer.training.evaluation.tasks import Options


class _Answer:
    def __init__(self, text: str, confidence: float, currency: str | None = None) -> None:
        self.text, self.confidence, self.seconds, self.currency = text, confidence, 0.25, currency


class _Reader:
    """Answers by the page's grey level."""

    def __init__(
        self, kind: str, system: str | None = None, max_error: float = 0.01, country: str | None = None
    ) -> None:
        self.threshold = 0.95 if max_error < 0.005 else 0.75

    def read(self, page: Page) -> _Answer:
        answers = {10: ("12.50", 0.9, "USD"), 20: ("7", 0.8, "BRL"), 30: ("99", 0.7, None)}
        level = int(page.grey[0, 0])
        if level not in answers:
            raise NothingToRead("There is no writing here.")
        return _Answer(*answers[level])


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four amounts: one right but for its separators, one right, one wrong, one that cannot be read."""
    monkeypatch.setattr(amounts, "load_reader", _Reader)
    (tmp_path / "images").mkdir()
    for level in (10, 20, 30, 40):
        Image.fromarray(np.full((4, 9), level, np.uint8)).save(tmp_path / "images" / f"{level}.png")
    (tmp_path / "labels.csv").write_text('file,text\n10.png,"1.250"\n20.png,7\n30.png,98\n40.png,5\n')
    return tmp_path


def test_amounts_are_counted(data: Path) -> None:
    heard: list[tuple[int, int]] = []
    found = evaluate_amounts(data, Options(progress=lambda done, total: heard.append((done, total))))
    assert found["samples"] == 4
    assert found["compared"] == "digits"
    assert found["error"] == 0.5
    assert found["unread"] == 0.25
    assert found["seconds"] == 0.75
    assert found["median_seconds"] == 0.25
    assert found["curve"][0] == {"max_error": 0.0, "accepted": 0.5, "wrong": 0.0}
    assert [point["max_error"] for point in found["points"]] == [0.001, 0.005, 0.01]
    assert [point["refused"] for point in found["points"]] == [1.0, 0.5, 0.5]
    assert [point["correct"] for point in found["points"]] == [0.0, 0.5, 0.5]
    assert {total for _, total in heard} == {4}


def test_a_table_of_another_name_will_do(data: Path) -> None:
    (data / "labels.csv").rename(data / "some.csv")
    assert evaluate_amounts(data / "some.csv", Options())["samples"] == 4


def test_a_limit_takes_the_first(data: Path) -> None:
    found = evaluate_amounts(data, Options(limit=2))
    assert (found["samples"], found["error"]) == (2, 0.0)


TABLES = {
    "missing": None,
    "empty": b"",
    "heading only": b"file,text\n",
    "one column": b"file\n10.png\n",
    "no text": b"\xff\xfe\0",
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_is_none_gets_a_sentence(data: Path, name: str) -> None:
    content = TABLES[name]
    (data / "labels.csv").unlink()
    if content is not None:
        (data / "labels.csv").write_bytes(content)
    with pytest.raises(InputError, match=r"labels\.csv (does not exist|cannot be read|must have a heading)"):
        evaluate_amounts(data, Options())


def test_an_empty_line_at_the_end_is_no_row(data: Path) -> None:
    with (data / "labels.csv").open("a") as stream:
        stream.write("\n")
    assert evaluate_amounts(data, Options())["samples"] == 4


def test_an_image_that_is_missing_is_named(data: Path) -> None:
    (data / "images" / "20.png").unlink()
    with pytest.raises(InputError, match=r"20\.png"):
        evaluate_amounts(data, Options())


def test_a_label_with_cents_is_compared_by_value(data: Path) -> None:
    (data / "labels.csv").write_text("file,text\n10.png,12.50\n20.png,7.00\n30.png,9900.00\n")
    found = evaluate_amounts(data, Options())
    assert found["compared"] == "values"
    assert found["error"] == pytest.approx(1 / 3)  # 99 is not 9900.00, though 7 is 7.00
    (data / "labels.csv").write_text("file,text\n10.png,1250.00\n20.png,7\n")
    found = evaluate_amounts(data, Options())
    assert (found["compared"], found["error"]) == ("values and digits", 0.5)


def test_a_decimal_comma_without_quotes_is_refused_with_its_line(data: Path) -> None:
    """742,50 would be 742 in silence."""
    (data / "labels.csv").write_text('file,text\n10.png,"12,50"\n20.png,742,50\n')
    with pytest.raises(InputError, match=r"line 3: 3 columns where the heading has 2"):
        evaluate_amounts(data, Options())


def test_a_currency_that_is_told_counts(data: Path) -> None:
    """It is right of $12.50, wrong of $7, and not told of €99; nothing is known of what could not be read."""
    (data / "labels.csv").write_text(
        "file,text,written\n10.png,12.50,$12.50\n20.png,7,$7\n30.png,99,€99\n40.png,5,$5\n"
    )
    assert evaluate_amounts(data, Options())["currencies"] == {"written": 3, "right": 1, "wrong": 1}
    (data / "labels.csv").write_text("file,text,written\n20.png,7.00,7-\n")
    assert evaluate_amounts(data, Options())["currencies"] == {"written": 0, "right": 0, "wrong": 1}
    (data / "labels.csv").write_text("file,text\n20.png,7.00\n")
    assert "currencies" not in evaluate_amounts(data, Options())
