"""What is measured of images of writing: lines and whole pages with their texts, those that cannot be read included."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from recognizer.ink import read_inkml
from recognizer.platform import resources_folder
from recognizer.training.evaluation.scans import evaluate_scans
from recognizer.training.evaluation.tasks import Options
from recognizer.training.synthesis.glyphs import paint

SAMPLE = resources_folder() / "samples" / "text-pack-my-box.inkml"


def image_of(path: Path, margin: int = 20) -> np.ndarray:
    """The ink of a file on white paper, (H, W) uint8."""
    ink = read_inkml(path)
    left, top, right, bottom = ink.bounds
    canvas = np.zeros((int(bottom - top) + 2 * margin, int(right - left) + 2 * margin), np.float32)
    points = ink.points[:, :2] + np.float32(margin) - np.array([left, top], np.float32)
    starts = np.cumsum([0, *(len(stroke) for stroke in ink.strokes[:-1])])
    radii = np.full(len(points), 2.0, np.float32)
    paint(canvas, np.zeros(canvas.shape, np.int8), points, starts, radii, 0)
    grey: np.ndarray = np.round(255 * (1 - canvas)).astype(np.uint8)
    return grey


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    (tmp_path / "images").mkdir()
    Image.fromarray(image_of(SAMPLE)).save(tmp_path / "images" / "1.png")
    Image.fromarray(np.full((80, 400), 255, np.uint8)).save(tmp_path / "images" / "2.png")
    (tmp_path / "labels.csv").write_text("file,text,split\n1.png,pack my box with,val\n2.png,gone,blank\n")
    return tmp_path


def test_a_sample_that_was_drawn_is_read_and_timed(lines: Path) -> None:
    found = evaluate_scans(lines, Options())
    assert found["samples"] == 1
    assert found["unread"] == 0
    assert found["character_error"] < 0.2
    assert found["median_seconds"] > 0


def test_what_cannot_be_read_is_all_wrong(lines: Path) -> None:
    found = evaluate_scans(lines, Options(split="blank"))
    assert found["unread"] == found["error"] == found["character_error"] == found["word_error"] == 1


def test_of_some_evenly_drawn_ones_the_errors_are_told(lines: Path) -> None:
    assert evaluate_scans(lines, Options(split="all", limit=1))["samples"] == 1
    assert evaluate_scans(lines, Options(split="all"))["samples"] == 2
