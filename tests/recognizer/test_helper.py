"""A helper's surroundings. This file is a helper itself, which answers what they are."""

import os

import pytest

from recognizer.helper import Helper, answer, serving


def test_a_helper_keeps_its_memory_whatever_its_parent_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MALLOC_TRIM_THRESHOLD_", "65536")  # as dask tells its workers
    monkeypatch.setenv("INKLATTICE_TOLD", "all the same")
    helper = Helper("tests.recognizer.test_helper", "")
    told = helper.hear(60.0)
    helper.end()
    assert int(told["MALLOC_TRIM_THRESHOLD_"]) == int(told["MALLOC_MMAP_THRESHOLD_"]) >= 2**28
    assert told["OMP_NUM_THREADS"] == "1"
    assert told["INKLATTICE_TOLD"] == "all the same"


if __name__ == "__main__":
    answer(serving(), dict(os.environ))
