"""The results of a batch while it runs: rows on their way into parts, what is known by them, and how many came to what."""

import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from recognizer.batch.columns import UNREACHABLE, Row
from recognizer.batch.known import IN_FLIGHT, Known
from recognizer.batch.listing import Source
from recognizer.batch.parts import Parts
from recognizer.batch.review import take_decisions
from recognizer.batch.summary import Summary

MOST_ROWS = 5_000  # of a part
MOST_SECONDS = 30.0  # of work that a kill may cost


class Results:
    """Opened on a folder that is held; what is in its parts counts, and nothing else."""

    def __init__(self, folder: Path, form: str) -> None:
        self.summary, self.parts, self._known = Summary(), Parts(folder, form), Known()
        self._rows: list[Row] = []  # not in a part yet
        self._outdated: dict[
            str, int
        ] = {}  # files that were replaced and are read again, and the parts that hold their old rows
        self._since = 0.0  # when the first of them came
        take_decisions(folder, self.parts)
        for number, rows in self.parts:
            self._take_part(number, rows)

    def claim(self, sources: Sequence[Source]) -> list[Source]:
        """Those of the sources that are to be read, which are asked for only once. Rows of files that were replaced stay in their parts
        until there are new ones."""
        new = self._known.new(sources)
        self._outdated |= self._known.parts_of(new)
        self._known.add(new, IN_FLIGHT)
        return new

    def new(self, sources: Sequence[Source]) -> list[Source]:
        """The same sources, none of which is claimed yet."""
        return self._known.new(sources)

    def add(self, rows: Sequence[Row]) -> None:
        """All rows of some files. Raises OSError."""
        if rows and not self._rows:
            self._since = time.monotonic()
        self._rows += rows
        self.summary.add(rows)
        self.settle()

    def settle(self, now: bool = False) -> None:
        """Write what has come, if it is much, or old, or wanted ``now``. Raises OSError."""
        old = time.monotonic() - self._since > MOST_SECONDS
        if self._rows and (now or old or len(self._rows) >= MOST_ROWS):
            self._drop_outdated()
            number = self.parts.add(self._rows)
            self._known.add(_sources_of(self._rows), number)
            self._rows = []

    def close(self) -> None:
        """Forget what is known; it stands in the parts."""
        self._known.close()

    def _drop_outdated(self) -> None:
        """Of the files whose new rows go into a part now."""
        parts: dict[int, set[str]] = defaultdict(set)
        for file in {row["file"] for row in self._rows} & self._outdated.keys():
            parts[self._outdated.pop(file)].add(file)
        for part, files in parts.items():
            self.summary.add(self.parts.drop(part, files), -1)

    def _take_part(self, number: int, rows: list[Row]) -> None:
        """What could not be reached is read again."""
        again = {row["file"] for row in rows if row["reason"] == UNREACHABLE}
        if again:
            self.parts.drop(number, again)
        done = [row for row in rows if row["file"] not in again]
        self._known.add(_sources_of(done), number)
        self.summary.add(done)


def _sources_of(rows: Sequence[Row]) -> list[Source]:
    return [Source(row["file"], row["size"], row["stamp"]) for row in rows]
