"""What is watched for is read once it is whole, and what was read of a file stays until more is known."""

import threading
from pathlib import Path

import pytest

from recognizer.batch import arrivals
from recognizer.batch.columns import row
from recognizer.batch.listing import Source
from recognizer.batch.results import Results


class Clock:
    """Goes on by a second whenever it is looked at."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        self.now += 1.0
        return self.now


def test_a_file_is_read_when_it_has_kept_still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, stop = Clock(), threading.Event()
    monkeypatch.setattr(arrivals, "time", clock)
    grown = {"copied": 30.0, "scanned": 70.0, "sftp://host/sent": 50.0}  # s until which each grows

    def listing() -> list[Source]:
        """Every file stands still for five seconds between two pieces."""
        return [Source(file, int(min(clock.now, until) // 5), "") for file, until in grown.items()]

    read: dict[Source, float] = {}
    for chunk in arrivals.watched(listing, Results(tmp_path, "jsonl"), 3, stop):
        read |= dict.fromkeys(chunk, clock.now)
        if len(read) == len(grown) or clock.now > 500:
            stop.set()
    assert {source.file: source.size for source in read} == {file: until // 5 for file, until in grown.items()}
    for source, when in read.items():
        assert arrivals.QUIET <= when - grown[source.file] <= arrivals.QUIET + 3 * arrivals.PAUSE


def test_old_rows_of_a_file_stay_until_it_was_read_again(tmp_path: Path) -> None:
    def told(source: Source, text: str) -> dict[str, object]:
        return row(text=text, file=source.file, size=source.size, stamp=source.stamp, state="accepted")

    def rows() -> list[tuple[str, str]]:
        return [(each["file"], each["text"]) for _, part in results.parts for each in part]

    results = Results(tmp_path, "jsonl")
    half, whole, other = Source("a", 1, "1"), Source("a", 2, "2"), Source("b", 1, "1")
    results.claim([half, other])
    results.add([told(half, "half"), told(other, "other")])
    results.settle(now=True)
    assert results.claim([whole]) == [whole]
    results.settle(now=True)
    assert rows() == [("a", "half"), ("b", "other")], "what is stopped now has lost nothing"
    results.add([told(whole, "whole")])
    results.settle(now=True)
    assert sorted(rows()) == [("a", "whole"), ("b", "other")]
    assert results.summary.pages == 2
    assert results.claim([whole, half]) == [half], "it was replaced once more"
