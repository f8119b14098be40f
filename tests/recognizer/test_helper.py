"""A helper's surroundings, and how long it is waited for. This file is a helper itself, which answers what they are, and then each line
that it is sent after so many seconds."""

import json
import os
import sys
import threading
import time

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


def test_a_helper_is_waited_for_as_long_as_is_said_each_time() -> None:
    helper = Helper("tests.recognizer.test_helper", "")
    helper.hear(60.0)
    threads = threading.active_count()
    for patience in (50.0, 40.0, 60.0):
        helper.ask({"wait": 0.0})
        assert helper.hear(patience) == {"wait": 0.0}
    assert threading.active_count() == threads  # however often it is asked
    helper.ask({"wait": 50.0})
    begun = time.monotonic()
    with pytest.raises(EOFError):
        helper.hear(0.3)
    assert helper.overdue
    assert 0.3 <= time.monotonic() - begun < 20
    helper.end()


if __name__ == "__main__":
    answers = serving()
    answer(answers, dict(os.environ))
    for line in sys.stdin:
        time.sleep(json.loads(line)["wait"])
        answer(answers, json.loads(line))
