"""What a worker does: it has files read by a process of its own, and says what became of each page."""

import signal
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

from recognizer.batch.child import OUT_OF_MEMORY
from recognizer.batch.columns import Row, failed
from recognizer.batch.listing import Source
from recognizer.batch.settings import Settings
from recognizer.errors import InputError
from recognizer.helper import Helper
from recognizer.platform import READ_PAGES

START_SECONDS = 300.0  # for loading, and for compiling where nothing is compiled yet
STARTS = 5  # times that it is tried, since whoever kills processes may meet one that begins
GRACE = 10.0  # s that a process which should have ended itself is waited for
MOST_LOST = 3  # pages of a file; the rest is not read then


@dataclass
class Done:
    """What became of the files of a task."""

    where: str  # the worker
    rows: list[Row] = field(default_factory=list)  # of the files that are done
    lost: list[Source] = field(default_factory=list)  # those that are to be tried elsewhere


class Lost(Exception):
    """The process that read a page has ended, or was ended."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


def read_files(settings: Settings, sources: Sequence[Source], last: bool) -> Done:
    """Read the files of a task; ``last``: what is lost now is not tried again, and its row says why.

    Raises InputError where this machine has other models.
    """
    from distributed import get_worker

    done = Done(get_worker().address)
    for source in sources:
        rows = read_file(settings, source, last)
        if rows is None:
            done.lost.append(source)
        else:
            done.rows += rows
    return done


def read_file(settings: Settings, source: Source, last: bool) -> list[Row] | None:
    """The rows of a file; None where reading it ended the process and it is not the ``last`` time."""
    rows: list[Row] = []
    page, pages, lost = 0, 0, 0  # page and pages: of the last one that was begun
    while True:
        reader = _take_reader(settings)
        try:
            for message in reader.read(source.file, page):
                if "begun" in message:
                    page, pages = message["begun"], message["of"]
                else:
                    rows.append(message["row"] | asdict(source))
            _idle.append(reader)
            return rows
        except Lost as why:
            if not last:
                return None
            lost += 1
            decoded = page > len(rows)
            rows.append(failed(len(rows) + 1, why.reason, str(why), pages=pages or 1) | asdict(source))
            if not decoded or page >= pages or lost == MOST_LOST:
                return rows


class PagesProcess:
    """A process that reads pages."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._helper, models = self._started()
        if models != settings.models:
            self._helper.end()
            raise InputError(
                f"A worker has other models ({models}) than this program ({settings.models}): install the same."
            )

    def _started(self) -> tuple[Helper, str]:
        """The process, and the models that it has."""
        for _ in range(STARTS):
            helper = Helper("recognizer.batch.child", READ_PAGES)
            with suppress(EOFError, OSError):
                helper.ask(asdict(self.settings))
                return helper, helper.hear(START_SECONDS)["models"]
            helper.end()
        raise InputError("The process that reads pages does not start: see whether `main.py read` works there.")

    def read(self, file: str, after: int) -> Iterator[dict[str, Any]]:
        """What it answers about a file's pages after one. Raises Lost."""
        try:
            self._helper.ask({"file": file, "after": after})
            while message := self._helper.hear(self.settings.page_seconds + GRACE):
                yield message
        except (EOFError, OSError):
            raise self._lost() from None

    def alive(self) -> bool:
        """Has it not ended itself for want of work?"""
        return self._helper.alive()

    def end(self) -> None:
        """It is of no more use."""
        self._helper.end()

    def _lost(self) -> Lost:
        seconds, status = self.settings.page_seconds, self._helper.end(1.0)
        if self._helper.overdue or (hasattr(signal, "SIGALRM") and status == -signal.SIGALRM):
            return Lost("deadline", f"Reading took longer than {seconds:g} s.")
        if status == OUT_OF_MEMORY:
            return Lost("memory", f"Reading took more memory than {self.settings.page_memory:g} GB.")
        if status == -getattr(signal, "SIGKILL", 0):
            return Lost("memory", "The system ended the process, as it does where memory is short.")
        with suppress(ValueError):
            return Lost("crash", f"The process ended by {signal.Signals(-status).name}.")
        return Lost("crash", f"The process ended with status {status}.")


_idle: list[PagesProcess] = []  # as many as this process has ever read files at once


def _take_reader(settings: Settings) -> PagesProcess:
    while _idle:
        reader = _idle.pop()
        if reader.settings == settings and reader.alive():
            return reader
        reader.end()
    return PagesProcess(settings)
