"""What is counted when cheques are measured."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from recognizer.errors import InputError, NothingToRead
from recognizer.training.evaluation import cheques
from recognizer.training.evaluation.cheques import evaluate_cheques
from recognizer.training.evaluation.tasks import Options

TEXTS = {10: ("5", 0.99), 20: ("7.50", 0.9), 30: ("1000.00", 0.5)}


class FakeReader:
    """Answers by the grey of the page; accepts from a confidence of 0.8 on, or of 0.95 if hardly anything may be wrong."""

    def __init__(self, kind: str, max_error: float = 0.01, country: str | None = None) -> None:
        self.threshold = 0.95 if max_error < 0.005 else 0.8

    def read(self, page: Any) -> Any:
        if page.grey[0, 0] not in TEXTS:
            raise NothingToRead("Nothing.")
        text, confidence = TEXTS[page.grey[0, 0]]
        return SimpleNamespace(text=text, confidence=confidence)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cheques, "load_reader", FakeReader)
    (tmp_path / "images").mkdir()
    for grey in (10, 20, 30, 40):
        Image.fromarray(np.full((20, 30), grey, np.uint8)).save(tmp_path / "images" / f"{grey}.png")
    (tmp_path / "labels.csv").write_text('file,amount\n10.png,5.00\n20.png,7.05\n30.png,"$1,000"\n40.png,1.00\n')
    return tmp_path


def test_values_count_and_not_how_they_are_written(folder: Path) -> None:
    figures = evaluate_cheques(folder, Options())
    assert figures["samples"] == 4
    assert figures["error"] == 0.5  # one read wrong and one not at all
    assert figures["unread"] == 0.25
    assert [point["accepted"] for point in figures["curve"] if point["max_error"] == 0.0] == [0.25]
    assert figures["median_seconds"] > 0


def test_the_stored_thresholds_decide_what_is_refused(folder: Path) -> None:
    strict, _, usual = evaluate_cheques(folder, Options())["points"]
    assert strict == {"max_error": 0.001, "threshold": 0.95, "correct": 0.25, "error": 0.0, "refused": 0.75}
    assert usual == {"max_error": 0.01, "threshold": 0.8, "correct": 0.25, "error": 0.25, "refused": 0.5}


def test_a_label_that_is_no_amount_gets_a_sentence(folder: Path) -> None:
    (folder / "labels.csv").write_text("file,amount\n10.png,five\n")
    with pytest.raises(InputError, match="'five' is no amount"):
        evaluate_cheques(folder, Options())
