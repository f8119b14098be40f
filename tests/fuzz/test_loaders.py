"""Some damaged files over everything that loads one: an answer or a sentence, in bounded time. `make fuzz` tries many more."""

import faulthandler
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz.loaders import LOADERS
from tests.fuzz.trials import Trials

SECONDS = 0.5  # for each loader
LEAST = 20


@pytest.fixture(autouse=True)
def watched() -> Iterator[None]:
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.mark.parametrize("name", LOADERS)
def test_damaged_files_get_an_answer_or_a_sentence(tmp_path: Path, name: str) -> None:
    trials, end, number = Trials(name, tmp_path), time.monotonic() + SECONDS, 0
    while number < LEAST or time.monotonic() < end:
        fault = trials.fault(number)
        if fault is not None:
            raise AssertionError(f"file {number}: {trials.damaged(number)[:2000]!r}") from fault
        number += 1
