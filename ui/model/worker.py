"""A thread of its own for things to do, one after the other."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

STOP_SECONDS = 5.0

Key = TypeVar("Key", bound=Hashable)
Job = TypeVar("Job")
Came = TypeVar("Came")


class Worker(Generic[Key, Job, Came]):
    """Begun at the first job. Of each key only what was put last waits. In the thread ``do``, which must not raise, is called with
    it, and what comes of that is told, unless the worker was stopped meanwhile.

    With ``most`` the newest comes first, and older ones than so many are forgotten.
    """

    def __init__(
        self, name: str, do: Callable[[Key, Job], Came], tell: Callable[[Key, Came], object], most: int | None = None
    ) -> None:
        self._name, self._do, self._tell, self._most = name, do, tell, most
        self._wake = threading.Condition()
        self._waiting: OrderedDict[Key, Job] = OrderedDict()
        self._thread: threading.Thread | None = None
        self._stopped = False

    def put(self, key: Key, job: Job) -> None:
        """Something is to be done."""
        with self._wake:
            self._waiting[key] = job
            self._waiting.move_to_end(key)
            while self._most is not None and len(self._waiting) > self._most:
                self._waiting.popitem(last=False)
            self._wake.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()

    def drop(self, key: Key) -> None:
        """It need not be done any more."""
        with self._wake:
            self._waiting.pop(key, None)

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
                key, job = self._waiting.popitem(last=self._most is not None)
            came = self._do(key, job)
            if not self._stopped:
                self._tell(key, came)
