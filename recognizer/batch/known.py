"""Which sources a batch has dealt with; on the disk and not in memory, since there may be tens of millions."""

from collections.abc import Iterable, Sequence

from recognizer.batch.listing import Source

IN_FLIGHT = 0  # in place of the number of a part


class Known:
    """A table that is gone when it is closed: the parts of the results say the same and are what counts."""

    def __init__(self) -> None:
        import sqlite3  # which a bundle has not: the command says there what batches need

        self._table = sqlite3.connect("")  # a file without a name
        self._table.execute(
            "CREATE TABLE sources (file TEXT PRIMARY KEY, size INTEGER, stamp TEXT, part INTEGER) WITHOUT ROWID"
        )

    def add(self, sources: Iterable[Source], part: int) -> None:
        """Their pages stand in this part, or are being read."""
        rows = ((source.file, source.size, source.stamp, part) for source in sources)
        self._table.executemany("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?)", rows)

    def new(self, sources: Sequence[Source]) -> list[Source]:
        """Those that were never read, or were replaced since; none of them twice."""
        return [source for source in {source.file: source for source in sources}.values() if self._is_new(source)]

    def parts_of(self, sources: Sequence[Source]) -> dict[str, int]:
        """The part that holds rows of each file of these names, where one does."""
        found = ((source.file, self._find(source.file)) for source in sources)
        return {file: state[2] for file, state in found if state and state[2] != IN_FLIGHT}

    def close(self) -> None:
        """Forget all."""
        self._table.close()

    def _is_new(self, source: Source) -> bool:
        found = self._find(source.file)
        if found is None:
            return True
        size, stamp, part = found
        return part != IN_FLIGHT and (size, stamp) != (source.size, source.stamp)

    def _find(self, file: str) -> tuple[int, str, int] | None:
        cursor = self._table.execute("SELECT size, stamp, part FROM sources WHERE file = ?", (file,))
        found: tuple[int, str, int] | None = cursor.fetchone()
        return found
