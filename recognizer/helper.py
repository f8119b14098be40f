"""A process beside this one that answers what it is asked: for work that may take for ever or all memory, or end its process."""

import json
import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from recognizer.platform import is_bundle

# Memory is kept for the next page: dask lets its workers, and all that they start, give back what is free at once, which makes
# reading take twice as long.
_KEPT = str(256 * 2**20)  # bytes
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_TRIM_THRESHOLD_": _KEPT,
    "MALLOC_MMAP_THRESHOLD_": _KEPT,
}
_ROOT = Path(__file__).resolve().parents[1]


def serving() -> BinaryIO:
    """Called once by a process that helps: where its answers go, which nothing else is written to any more. An interrupted program
    tells by closing the pipe, so the signal itself is not heeded."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever libraries print is no answer
    return answers


def answer(answers: BinaryIO, words: dict[str, Any], data: bytes = b"") -> None:
    """Answer a line, and what goes with it. Raises OSError where nobody listens any more."""
    answers.write(json.dumps(words).encode() + b"\n")
    answers.write(data)
    answers.flush()


class Helper:
    """Asked on its standard input and heard on its standard output, by lines of JSON and bytes after them.

    ``module`` is what it runs, ``argument`` what makes a bundle, which has no modules to run, do the same.
    """

    def __init__(self, module: str, argument: str) -> None:
        command = [sys.executable, argument] if is_bundle() else [sys.executable, "-m", module]
        paths = os.pathsep.join([str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | _ENVIRONMENT | {"PYTHONPATH": paths},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout
        self.overdue = False  # was it ended because it took too long?
        self._watch = _Watch(self._give_up)

    def ask(self, words: dict[str, Any], data: bytes = b"") -> None:
        """Hand over a line, and what goes with it. Raises OSError where the helper has ended."""
        self._to.write(json.dumps(words).encode() + b"\n")
        self._to.write(data)
        self._to.flush()

    def hear(self, patience: float) -> dict[str, Any]:
        """The next line of its answer. Raises EOFError where the helper ends, which it is made to after so many seconds."""
        with self._watch.within(patience):
            line = self._from.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _give_up(self) -> None:
        self.overdue = True
        self.kill()

    def kill(self) -> None:
        """End it, whatever it does: who hears it gets an EOFError, and still has to `end` it."""
        self._process.kill()

    def read(self, count: int) -> bytes:
        """So many bytes of its answer. Raises EOFError."""
        data = self._from.read(count)
        if len(data) < count:
            raise EOFError
        return data

    def alive(self) -> bool:
        """Has it not ended yet?"""
        return self._process.poll() is None

    def end(self, patience: float = 0.0) -> int:
        """It is of no more use, but may end by itself for so many seconds; how it ended: its exit status, or less than 0 where a
        signal ended it."""
        self._watch.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        self._process.kill()
        with suppress(OSError):
            self._to.close()
        self._from.close()
        return self._process.wait()


class _Watch:
    """Acts where something takes too long: one thread, however often it is asked, since to start one takes longer than to hear a line."""

    def __init__(self, act: Callable[[], None]) -> None:
        self._act, self._changed, self._is_closed = act, threading.Condition(), False
        self._end = self._awaited = math.inf  # when it acts, and until when its thread waits [s]
        self._thread: threading.Thread | None = None

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Acts, once, where what is done under it takes longer."""
        with self._changed:
            self._end = time.monotonic() + seconds
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            elif self._end < self._awaited:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._end = math.inf

    def close(self) -> None:
        """End the thread; nothing is watched any more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while not self._is_closed:
                if time.monotonic() >= self._end:
                    self._end = math.inf
                    self._act()
                self._awaited = self._end
                self._changed.wait(None if self._end == math.inf else max(0.0, self._end - time.monotonic()))
