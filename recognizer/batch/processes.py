"""Processes that read pages, so that one that crashes, hangs or eats memory takes nothing else with it; used by any thread."""

import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from threading import Event, Lock
from typing import Any

from recognizer.batch.columns import Row, failed
from recognizer.batch.settings import Settings
from recognizer.errors import InputError
from recognizer.helper import Helper
from recognizer.platform import READ_PAGES

START_SECONDS = 300.0  # for loading, and for compiling where nothing is compiled yet
STARTS = 5  # times that it is tried, since whoever kills processes may meet one that begins
GRACE = 10.0  # s that a process which should have ended itself is waited for
OUT_OF_MEMORY = 3  # the exit status that says so
MOST_LOST = 3  # pages of a file; the rest is not read then


class Lost(Exception):
    """The process that read a page has ended, or was ended: a sentence, and the ``reason`` as results tell it."""

    def __init__(self, sentence: str, reason: str) -> None:
        super().__init__(sentence)
        self.reason = reason


class Processes:
    """As many as have ever read files at once; one that is free is kept for the next file."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._free: list[_PagesProcess] = []
        self._all: set[_PagesProcess] = set()
        self._ended = Event()

    @property
    def ready(self) -> bool:
        """Is there one that is free?"""
        with self._lock:
            return any(process.alive() for process in self._free)

    def warm(self, settings: Settings) -> None:
        """Have one ready, which takes some seconds. Raises InputError, Lost as `rows` does."""
        self._give_back(self._take(settings))

    def rows(self, settings: Settings, file: str, after: int = 0, last: bool = True) -> Iterator[Row]:
        """The rows of a file's pages that come after one, as they are read.

        A page that ends the process has a row that says why where it is the ``last`` time; else Lost is raised. Raises InputError where
        no process can be started.
        """
        done, page, pages, lost = after, 0, 0, 0  # page and pages: of the last one that was begun
        while True:
            try:
                for message in self._messages(settings, file, done):
                    if "begun" in message:
                        page, pages = message["begun"], message["of"]
                    else:
                        done += 1
                        yield message["row"]
                return
            except Lost as why:
                if not last or self._ended.is_set():
                    raise
                lost += 1
                decoded = page > done
                done += 1
                yield failed(done, why.reason, str(why), pages=pages or done)
                if not decoded or page >= pages or lost == MOST_LOST:
                    return

    def end(self) -> None:
        """End all of them; whoever hears one is told that it is Lost."""
        self._ended.set()
        with self._lock:
            for process in self._all:
                process.kill()
            free, self._free = self._free, []
        for process in free:
            self._drop(process)

    def _messages(self, settings: Settings, file: str, after: int) -> Iterator[dict[str, Any]]:
        process = self._take(settings)
        try:
            yield from process.read(file, after)
        except BaseException:  # nobody listens any more, too: it would go on with the file
            self._drop(process)
            raise
        self._give_back(process)

    def _take(self, settings: Settings) -> "_PagesProcess":
        while True:
            with self._lock:
                process = self._free.pop() if self._free else None
            if process is None:
                return self._started(settings)
            if process.settings == settings and process.alive():
                return process
            self._drop(process)

    def _started(self, settings: Settings) -> "_PagesProcess":
        for _ in range(STARTS):
            with self._lock:
                if self._ended.is_set():
                    break
                process = _PagesProcess(settings)
                self._all.add(process)
            models = process.begin()
            if models == settings.models:
                return process
            self._drop(process)
            if models:
                raise InputError(
                    f"A worker has other models ({models}) than this program ({settings.models}): install the same."
                )
        raise InputError("The process that reads pages does not start: see whether `main.py read` works there.")

    def _give_back(self, process: "_PagesProcess") -> None:
        with self._lock:
            ended = self._ended.is_set()
            if not ended:
                self._free.append(process)
        if ended:
            self._drop(process)

    def _drop(self, process: "_PagesProcess") -> None:
        process.end()
        with self._lock:
            self._all.discard(process)


class _PagesProcess:
    """A process that reads one file at a time."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._helper = Helper("recognizer.batch.child", READ_PAGES)

    def begin(self) -> str:
        """The models that it has, once it is ready; nothing where it has ended."""
        with suppress(EOFError, OSError):
            self._helper.ask(asdict(self.settings))
            models: str = self._helper.hear(START_SECONDS)["models"]
            return models
        return ""

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

    def kill(self) -> None:
        """End it, whatever it does; who reads by it still has to `end` it."""
        self._helper.kill()

    def end(self) -> None:
        """It is of no more use."""
        self._helper.end()

    def _lost(self) -> Lost:
        seconds, status = self.settings.page_seconds, self._helper.end(1.0)
        if self._helper.overdue or (hasattr(signal, "SIGALRM") and status == -signal.SIGALRM):
            return Lost(f"Reading took longer than {seconds:g} s.", "deadline")
        if status == OUT_OF_MEMORY:
            return Lost(f"Reading took more memory than {self.settings.page_memory:g} GB.", "memory")
        if status == -getattr(signal, "SIGKILL", 0):
            return Lost("The system ended the process, as it does where memory is short.", "memory")
        with suppress(ValueError):
            return Lost(f"The process ended by {signal.Signals(-status).name}.", "crash")
        return Lost(f"The process ended with status {status}.", "crash")
