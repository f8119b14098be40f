"""Small computations off the GUI thread: of each name only what was asked for last is answered."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

STOP_SECONDS = 5.0


class Background(QObject):
    """One thread, begun at the first job. Answers arrive in the GUI thread."""

    _done = Signal(str, int, object, object)  # name, number, answer, error

    def __init__(self) -> None:
        super().__init__()
        self._wake = threading.Condition()
        self._waiting: dict[str, tuple[int, Callable[[], Any]]] = {}
        self._receivers: dict[str, tuple[int, Callable[[Any], None], Callable[[Exception], None]]] = {}
        self._count = 0
        self._stopped = False
        self._thread: threading.Thread | None = None
        self._done.connect(self._deliver)

    @property
    def busy(self) -> bool:
        """Is something asked for that has not been answered?"""
        return bool(self._receivers)

    def ask(
        self, name: str, job: Callable[[], Any], then: Callable[[Any], None], fail: Callable[[Exception], None]
    ) -> None:
        """Compute ``job``, then hand the answer or the error over; a job of the same name that is not done is forgotten."""
        self._count += 1
        self._receivers[name] = self._count, then, fail
        with self._wake:
            self._waiting[name] = self._count, job
            self._wake.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="background", daemon=True)
            self._thread.start()

    def forget(self, name: str) -> None:
        """Nobody wants the answer any more."""
        self._receivers.pop(name, None)
        with self._wake:
            self._waiting.pop(name, None)

    def stop(self) -> None:
        """End the thread after what it is doing."""
        with self._wake:
            self._stopped = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)

    def _work(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._stopped or bool(self._waiting))
                if self._stopped:
                    return
                name = next(iter(self._waiting))
                number, job = self._waiting.pop(name)
            answer: Any = None
            error: Exception | None = None
            try:
                answer = job()
            except Exception as caught:  # told to whoever asked
                error = caught
            self._say(name, number, answer, error)

    def _say(self, name: str, number: int, answer: Any, error: Exception | None) -> None:
        if not self._stopped:
            self._done.emit(name, number, answer, error)

    def _deliver(self, name: str, number: int, answer: Any, error: Exception | None) -> None:
        wanted = self._receivers.get(name)
        if wanted is None or wanted[0] != number:
            return
        del self._receivers[name]
        if error is None:
            wanted[1](answer)
        else:
            wanted[2](error)
