"""The recipe of the pen number recogniser resumes, and its model makes a reader that is evaluated."""

from dataclasses import replace
from pathlib import Path

import pytest

from recognizer.errors import InputError
from recognizer.training.evaluation.ink_numbers import errors_of
from recognizer.training.evaluation.tasks import Options
from recognizer.training.learning.loop import Run, Schedule
from recognizer.training.recipes.ink_number import SETTINGS, train_ink_number
from tests.recognizer.training.toys import write_data, write_inks


def test_training_goes_on_where_it_stopped_and_makes_a_reader(tmp_path: Path) -> None:
    from recognizer.readers.catalog import load_reader

    toys = write_data(tmp_path / "toys")
    out, lines = tmp_path / "ink-number.safetensors", []
    for passes in (1, 2):
        cycles = (Schedule(passes=passes, rate=1e-3),) * 2
        settings = replace(SETTINGS, numbers=40, validation=10, cycles=cycles)
        train_ink_number(Run(toys, out, True, lines.append), settings)
    assert lines.count("resumed after pass 1") == 2
    reader = load_reader("number", models=out.parent)
    result = errors_of(reader, toys / "unipen", Options(limit=5))
    assert result["samples"] == 5
    assert 0 <= result["error"] <= 1
    again = errors_of(reader, toys / "unipen" / "chars.npz", Options(limit=5))
    assert result == again | {name: result[name] for name in ("seconds", "median_seconds")}


def test_a_set_without_digits_is_refused(tmp_path: Path) -> None:
    write_inks(tmp_path / "chars.npz", {"train": "ab", "val": "cd"})
    with pytest.raises(InputError, match="digits"):
        errors_of(reader=None, data=tmp_path, options=Options(limit=5))
