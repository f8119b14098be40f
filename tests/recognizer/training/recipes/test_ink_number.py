"""The recipe of the pen number recogniser runs, resumes, and its model makes a reader that is evaluated."""

from pathlib import Path

import numpy as np
import pytest

from recognizer.errors import InputError
from recognizer.training.evaluation.ink_numbers import evaluate_ink_numbers
from recognizer.training.learning.loop import Schedule
from recognizer.training.recipes import ink_number as ink_recipe


def write_inkset(path: Path) -> None:
    """Twenty ones and twenty sevens of a training writer, as many of another; device units."""
    one = np.array([[0, 0], [2, 500], [0, 1000]])
    seven = np.array([[0, 0], [600, 0], [200, 1000]])
    shapes, labels = [one, seven] * 40, ["1", "7"] * 40
    generator = np.random.default_rng(0)
    points = [(shape + generator.normal(0, 15, shape.shape)).astype(np.int16) for shape in shapes]
    halves = [["train"] * 40 + ["val"] * 40, ["her"] * 40 + ["him"] * 40]
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(
        path,
        pts=np.concatenate(points),
        stroke_len=np.array([len(stroke) for stroke in points]),
        n_strokes=np.ones(80, int),
        label=np.array(labels),
        split=np.array(halves[0]),
        writer=np.array(halves[1]),
    )


def test_training_goes_on_where_it_stopped_and_makes_a_reader(tmp_path, monkeypatch):
    from recognizer.readers.catalog import load_reader

    for name in ink_recipe._SETS:
        write_inkset(tmp_path / "data" / name)
    monkeypatch.setattr(ink_recipe, "NUMBERS", 40)
    monkeypatch.setattr(ink_recipe, "VALIDATION_NUMBERS", 10)
    out, lines = tmp_path / "ink-number.safetensors", []
    for passes in (1, 2):
        monkeypatch.setattr(ink_recipe, "CYCLES", (Schedule(passes=passes, rate=1e-3),) * 2)
        ink_recipe.train_ink_number(tmp_path / "data", out, resume=True, report=lines.append)
    assert lines.count("resumed after pass 1") == 2
    reader = load_reader("number", models=out.parent)
    result = evaluate_ink_numbers(tmp_path / "data" / "unipen", "val", 5, reader)
    assert result["samples"] == 5
    assert 0 <= result["error"] <= 1
    assert result == evaluate_ink_numbers(tmp_path / "data" / "unipen" / "chars.npz", "val", 5, reader) | {
        name: result[name] for name in ("seconds", "median_seconds")
    }


def test_a_set_without_digits_is_refused(tmp_path):
    path = tmp_path / "chars.npz"
    write_inkset(path)
    with np.load(path) as archive:
        letters = dict(archive) | {"label": np.full(80, "a")}
    np.savez(path, **letters)
    with pytest.raises(InputError, match="digits"):
        evaluate_ink_numbers(path, "val", 5, reader=None)
