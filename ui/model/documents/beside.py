"""Files of a queue read by processes beside this one, as batches are."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from recognizer.batch.processes import Lost, Processes
from recognizer.batch.settings import Settings
from ui.model.documents.reader import Check, result_of
from ui.model.documents.result import Result


@dataclass(frozen=True)
class Beside:
    """Reads files in processes of their own."""

    processes: Processes
    settings: Settings

    def warm(self) -> None:
        """Have a process ready. Raises InputError, OSError where there can be none."""
        self.processes.warm(self.settings)

    def results(self, file: Path, after: int, check: Check) -> Iterator[Result]:
        """Those of the pages of a file after one. What ends a process is tried in another one, and then its result says why.

        Raises InputError and OSError where there can be no process, and what ``check`` raises.
        """
        for last in (False, True):
            with suppress(Lost):
                for row in self.processes.rows(self.settings, str(file), after, last):
                    check()
                    after += 1
                    yield result_of(file, row)
                return
            check()
